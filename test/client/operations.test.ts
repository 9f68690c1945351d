import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { openApi } from '#api/openapi.ts'
import { PROBLEMS } from '#http/problems.ts'
import { createClient, PROBLEM_CODES } from '../../client/countersign.js'
import { LEFT_OUT, operationsModule, operationsTypes } from '../../scripts/client/operations.ts'

test('the client knows the API as it is (else: node bin/run.mjs scripts/client.ts)', () => {
  assert.equal(readFileSync('client/operations.js', 'utf8'), operationsModule())
  assert.equal(readFileSync('client/operations.d.ts', 'utf8'), operationsTypes())
})

test('every operation of the API has a method of its name, but those that are left out by name', () => {
  const { paths } = openApi({ address: 'https://login.example.com/acme', name: 'acme' }) as {
    paths: Record<string, Record<string, { operationId: string }>>
  }
  const ids = Object.values(paths).flatMap((methods) => Object.values(methods).map(({ operationId }) => operationId))
  const client = createClient({ origin: 'https://login.example.com', site: 'acme' })
  const methods = Object.entries(client).filter(([name, value]) => name !== 'each' && typeof value === 'function')
  assert.deepEqual(methods.map(([name]) => name).toSorted(), ids.filter((id) => !(id in LEFT_OUT)).toSorted())
  for (const id of Object.keys(LEFT_OUT)) assert.ok(ids.includes(id), `${id} is left out and does not exist`)
})

test('the codes of the client are those of the server', () => {
  assert.deepEqual([...PROBLEM_CODES], Object.keys(PROBLEMS))
})

test('it brings nothing along: no dependency, and no import but of its own files', () => {
  const manifest = JSON.parse(readFileSync('client/package.json', 'utf8')) as Record<string, unknown>
  for (const kind of ['dependencies', 'peerDependencies', 'optionalDependencies', 'scripts'])
    assert.equal(manifest[kind], undefined, kind)
  for (const file of ['countersign.js', 'errors.js', 'fake.js', 'operations.js', 'webhook.js']) {
    const source = readFileSync(`client/${file}`, 'utf8')
    for (const [, from = ''] of source.matchAll(/\bfrom '([^']+)'/g)) assert.match(from, /^\.\/[\w]+\.js$/, file)
    assert.doesNotMatch(source, /\bprocess\b|\brequire\(|\bBuffer\b|node:/, file)
  }
})
