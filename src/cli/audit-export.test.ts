import assert from 'node:assert/strict'
import { test } from 'node:test'
import { parse } from 'csv-parse/sync'
import { createUser } from '#usecases/users.ts'
import { ADMIN } from '../../test/world.ts'
import { commandLine } from '../../test/command-line.ts'

const csvRows = (text: string) => parse(text, { columns: true, bom: true }) as readonly Record<string, string>[]
const jsonRows = (text: string) =>
  text
    .split('\n')
    .filter((each) => each !== '')
    .map((each) => JSON.parse(each) as Record<string, unknown>)

test('the log is exported whole, in either order and format, past the size of a page', async () => {
  const line = await commandLine()
  for (let index = 0; index < 600; index += 1)
    await createUser(line.ports, { ...ADMIN, site: 'acme', username: `user${index}`, fields: {} })
  const trail = (await line.ports.store.audit(line.site.id, { limit: 10_000 })).map(({ seq }) => seq).toReversed()
  assert.ok(trail.length > 600)
  const jsonl = await line.run('--site acme audit export --format jsonl')
  assert.deepEqual(
    jsonRows(jsonl.out).map(({ seq }) => seq),
    trail,
  )
  const csv = await line.run('--site acme audit export --format csv --newest-first')
  assert.deepEqual(
    csvRows(csv.out).map(({ seq }) => Number(seq)),
    trail.toReversed(),
  )
  const [row] = csvRows(csv.out)
  assert.deepEqual(
    [row?.['time'], row?.['user'], row?.['action'], row?.['target_name']],
    ['2026-11-02T09:00:00.000Z', 'test', 'User created: user599', 'user599'],
  )
  await line.close()
})

test('an export takes the filters of the list', async () => {
  const line = await commandLine()
  await line.run('--site acme users unlock kim')
  await line.run('--site acme users unlock sam')
  const { out } = await line.run('--site acme audit export --format jsonl --event factor.unlocked --subject kim')
  const [row, ...others] = jsonRows(out)
  assert.deepEqual([row?.['action'], others], ['Second step unlocked: kim', []])
  assert.equal((await line.run('--site acme audit export --format csv --event factor.unlock')).code, 2)
  const pdf = await line.run('--site acme audit export --format cvs')
  assert.deepEqual([pdf.code, /Did you mean csv\?/.test(pdf.err)], [2, true])
  assert.equal((await line.run('--site acme audit export')).code, 2)
  assert.equal((await line.run('--site nowhere audit export --format csv')).code, 3)
  await line.close()
})

test('[S0.22] what somebody chose as a name is no formula in the exported file', async () => {
  const line = await commandLine()
  const username = '=cmd|"/c"!a1,'
  await createUser(line.ports, { ...ADMIN, site: 'acme', username, fields: {} })
  const { out } = await line.run('--site acme audit export --format csv --event user.created --newest-first')
  const row = csvRows(out)[0] ?? {}
  assert.equal(row['target_name'], `'${username}`)
  for (const cell of Object.values(row)) assert.doesNotMatch(cell, /^[=+\-@\t\r]/)
  const { out: raw } = await line.run('--site acme audit export --format jsonl --event user.created --newest-first')
  const [first = assert.fail()] = jsonRows(raw)
  assert.equal((first['target'] as { name: string }).name, username)
  await line.close()
})
