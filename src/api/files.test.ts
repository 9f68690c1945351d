import assert from 'node:assert/strict'
import { test, type TestContext } from 'node:test'
import { type ApiWorld, apiWorld } from '../../test/api-world.ts'
import { AdoptionReport, BypassReport, DeliveryReport } from './report-schemas.ts'

async function site(t: TestContext): Promise<ApiWorld> {
  const made = await apiWorld({ preset: 'fleet' })
  t.after(made.close)
  return made
}

const CSV = { 'content-type': 'text/csv' }

test('users are imported from CSV, all of them or none, and a dry run makes nobody', async (t) => {
  const { api, keys, trail } = await site(t)
  const token = keys.admin
  const send = (raw: string, query = '') => api(`POST /users/import${query}`, { token, raw, headers: CSV })
  const good = 'username,email,roles\nlee,lee@acme.test,HR Manager\nmax,,\n'
  const dry = await send(good, '?dry_run=true')
  assert.deepEqual([dry.status, dry.body], [200, { dry_run: true, rows: 2, imported: 0 }])
  assert.equal((await api('GET /users/lee', { token })).status, 404)
  const before = (await trail()).length

  const refused = await send('username,email\nann,ann@acme.test\nb b,nowhere\nkim,\n')
  assert.deepEqual([refused.status, refused.body.code], [400, 'import_refused'])
  assert.deepEqual(
    refused.body.errors.map(({ line, pointer }: { line: number; pointer: string }) => [line, pointer]),
    [
      [3, '/username'],
      [3, '/email'],
      [4, '/username'],
    ],
  )
  assert.equal((await api('GET /users/ann', { token })).status, 404)
  assert.equal((await send('')).body.code, 'import_refused')
  assert.equal((await send('username\n"open\n')).body.errors[0].line >= 1, true)
  assert.equal((await trail()).length, before)

  const done = await send(`\ufeff${good.replaceAll(',', ';')}`)
  assert.deepEqual([done.status, done.body], [201, { dry_run: false, rows: 2, imported: 2 }])
  assert.deepEqual((await api('GET /users/lee', { token })).body.roles, ['HR Manager'])
  assert.equal((await send(good)).body.code, 'import_refused')
  assert.equal((await api('POST /users/import', { token, body: {} })).body.code, 'unsupported_media_type')
})

test('an import may be longer than other bodies, and not without end', async (t) => {
  const { api, keys } = await site(t)
  const rows = Array.from({ length: 3000 }, (_, index) => `user${index},User number ${index} of a long list`)
  const raw = ['username,display_name', ...rows].join('\n')
  assert.ok(raw.length > 64 * 1024)
  const done = await api('POST /users/import', { token: keys.admin, raw, headers: CSV })
  assert.equal(done.body.imported, 3000)
  const longer = await api('POST /users/import', { token: keys.admin, raw: 'x'.repeat(5_300_000), headers: CSV })
  assert.deepEqual([longer.status, longer.body.code], [413, 'body_too_large'])
})

test('nobody imports users who may do more than they', async (t) => {
  const { api, keys } = await site(t)
  const scopes = ['users:write']
  const script = (await api('POST /api-keys', { token: keys.admin, body: { name: 'script', scopes } })).body.key
  const send = (raw: string) => api('POST /users/import', { token: script, raw, headers: CSV })
  assert.equal((await send('username,roles\nmole,"HR Manager,Administrator"\n')).status, 403)
  assert.equal((await send('username,roles\nmole,HR Manager\n')).status, 201)
})

test('somebody called import has an address like everybody', async (t) => {
  const { api, keys } = await site(t)
  const token = keys.admin
  assert.equal((await api('POST /users', { token, body: { username: 'import' } })).status, 201)
  assert.equal((await api('GET /users/import', { token })).body.username, 'import')
  assert.equal((await api('PATCH /users/import', { token, body: { language: 'de' } })).body.language, 'de')
  assert.equal((await api('DELETE /users/import', { token })).status, 204)
  const put = await api('PUT /users/import', { token, body: {} })
  assert.deepEqual([put.status, put.headers.get('allow')], [405, 'POST'])
})

test('[IV-09] the audit log leaves as CSV and as JSON lines, and no cell of it runs in a spreadsheet', async (t) => {
  const { api, keys, trail } = await site(t)
  const token = keys.admin
  await api('POST /users', { token, body: { username: '=hyperlink("http://evil.test")' } })
  const csv = await api('GET /audit/export?format=csv', { token })
  assert.match(csv.headers.get('content-type') ?? '', /^text\/csv; charset=utf-8/)
  assert.equal(csv.headers.get('content-disposition'), 'attachment; filename="audit-acme.csv"')
  const length = (await trail()).length
  assert.equal(csv.text.split('\r\n').length, length + 2)
  assert.doesNotMatch(csv.text, /(?:^|,|")=hyperlink/m)
  assert.match(csv.text, /,"'=hyperlink/)

  const lines = await api('GET /audit/export?format=jsonl&action=apikey.created', { token })
  assert.equal(lines.headers.get('content-type'), 'application/x-ndjson')
  const records = lines.text
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as { event: string })
  assert.deepEqual(
    records.map(({ event }) => event),
    ['apikey.created', 'apikey.created'],
  )
  assert.deepEqual(records[0], (await api('GET /audit?action=apikey.created', { token })).body.items[0])
  for (const wrong of ['', '?format=pdf']) assert.equal((await api(`GET /audit/export${wrong}`, { token })).status, 400)
})

test('reports have the shape that is documented, and are tables too', async (t) => {
  const { api, keys, session } = await site(t)
  const token = keys.admin
  await session('kim')
  await api('PUT /users/op/bypass', { token, body: { reason: 'shared_workstation' } })
  const reports = [
    ['adoption', AdoptionReport, 6],
    ['delivery', DeliveryReport, 6],
    ['bypasses', BypassReport, 1],
  ] as const
  for (const [name, shape, rows] of reports) {
    const told = await api(`GET /reports/${name}`, { token })
    assert.equal(told.status, 200, name)
    assert.deepEqual(shape.parse(told.body), told.body, name)
    const table = await api(`GET /reports/${name}?format=csv`, { token })
    assert.equal(table.text.trimEnd().split('\r\n').length, rows + 1, name)
    assert.match(table.headers.get('content-disposition') ?? '', new RegExp(`"${name}-acme\\.csv"$`))
    assert.equal((await api(`GET /reports/${name}?format=pdf`, { token })).status, 400)
  }
})
