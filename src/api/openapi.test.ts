import assert from 'node:assert/strict'
import { globSync, readFileSync } from 'node:fs'
import { test } from 'node:test'
import { PROBLEMS, problem, type ProblemCode } from '#http/problems.ts'
import { docsPage } from './docs.ts'
import { apiDoors, openApi } from './openapi.ts'
import { OPERATIONS } from './operations.ts'
import { apiWorld } from '../../test/api-world.ts'

// oxlint-disable-next-line typescript/no-explicit-any -- a document is walked, not typed
const document = openApi({ address: 'https://login.example.com/acme', name: 'acme' }) as any
const CODES = Object.keys(PROBLEMS) as ProblemCode[]

test('every problem is in the document with its sentence, and the document has no other', () => {
  const { oneOf } = document.components.schemas.Problem.properties.code
  assert.deepEqual(
    oneOf.map((each: { const: string }) => each.const),
    CODES,
  )
  for (const { const: code, description } of oneOf) assert.equal(description, PROBLEMS[code as ProblemCode].says)
  const page = docsPage({ address: 'https://login.example.com/acme', name: 'acme' })
  for (const code of CODES) assert.ok(page.includes(`<dt id="${code}">`), code)
})

test('every problem that the source answers with is in the list of its operations', () => {
  const used = new Set<string>()
  for (const path of globSync('src/{api,http}/*.ts', { exclude: ['**/*.test.ts'] })) {
    const source = readFileSync(path, 'utf8')
    for (const [, code = ''] of source.matchAll(/\b(?:problem|refuse)\((?:\w+, )?'(\w+)'/g)) used.add(code)
  }
  assert.ok(used.size > 25)
  const listed = new Set<string>(Object.values(OPERATIONS).flatMap(({ problems }) => [...problems]))
  const anywhere = ['not_found', 'method_not_allowed', 'body_too_large', 'misdirected', 'internal', 'unavailable']
  for (const code of used) {
    assert.ok(code in PROBLEMS, code)
    assert.ok(listed.has(code) || anywhere.includes(code), `${code} is answered, but no operation says so`)
  }
})

test('a problem has the form of RFC 9457', async () => {
  for (const code of CODES) {
    const response = problem(code, { requestId: 'req_1' })
    assert.equal(response.headers.get('content-type'), 'application/problem+json')
    const { type, title, status, detail, instance } = (await response.json()) as Record<string, unknown>
    assert.equal(type, `urn:countersign:problem:${code}`)
    assert.equal(status, response.status)
    assert.ok(typeof title === 'string' && typeof detail === 'string' && /[.]$/.test(detail), code)
    assert.equal(instance, code === 'code_locked' ? undefined : 'req_1')
  }
  const forever = problem('code_locked', { retryAt: Number.POSITIVE_INFINITY, now: 0 })
  assert.equal(((await forever.json()) as { retry_at: unknown }).retry_at, null)
  assert.equal(forever.headers.get('retry-after'), null)
})

test('every door of the API is an operation, and every reference leads somewhere', () => {
  const ids = new Set<string>()
  for (const { name, method, path } of apiDoors()) {
    const place = path.slice('/api/v1'.length).replaceAll(/:(\w+)/g, '{$1}')
    const operation = document.paths[place][method.toLowerCase()]
    assert.ok(operation, name)
    assert.ok(!ids.has(operation.operationId), operation.operationId)
    ids.add(operation.operationId)
    assert.ok(
      Object.keys(operation.responses).some((status) => status.startsWith('2')),
      name,
    )
    assert.ok(operation.responses['500'], name)
  }
  for (const [, name = ''] of JSON.stringify(document).matchAll(/"\$ref":"#\/components\/schemas\/(\w+)"/g)) {
    assert.ok(document.components.schemas[name], name)
  }
  assert.doesNotMatch(JSON.stringify(document), /"\$ref":"#\/\$defs/)
  const { Login, Verify, SettingsChange } = document.components.schemas
  assert.deepEqual(Login.required, ['username', 'password'])
  assert.equal(Login.additionalProperties, false)
  assert.deepEqual(Object.keys(Verify.properties), ['code', 'passkey', 'remember_device'])
  assert.equal(Verify.properties.code.type, 'string')
  assert.equal(SettingsChange.required, undefined)
})

test('both are served, and the page asks for nothing else', async (t) => {
  const { api, close } = await apiWorld()
  t.after(close)
  const served = await api('GET /openapi.json')
  assert.equal(served.body.servers[0].url, 'http://localhost:4180/acme/api/v1')
  const docs = await api('GET /docs')
  assert.equal(docs.headers.get('content-type'), 'text/html; charset=utf-8')
  assert.doesNotMatch(docs.text, /<(?:script|link|img|style|iframe)\b|\bsrc=|\bstyle=/)
  for (const [, target = ''] of docs.text.matchAll(/href="#([^"]+)"/g))
    assert.ok(docs.text.includes(`id="${target}"`), target)
})
