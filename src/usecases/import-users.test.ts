import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readCsv } from '#csv/read-csv.ts'
import { siteFor } from '../../test/steps.ts'
import { ADMIN } from '../../test/world.ts'
import { type ImportProgress, importUsers } from './import-users.ts'

function tableOf(text: string) {
  const read = readCsv(text)
  assert.ok(read.kind === 'table')
  return read.table
}

test('how far an import is, is told every 250 rows, at the end of each stage, and never beyond it', async (t) => {
  const at = await siteFor(t, 'manufacturing', { races: false })
  const rows = Array.from({ length: 501 }, (_, index) => `user${index}`)
  const told: ImportProgress[] = []
  const table = tableOf(`username\n${rows.join('\n')}\n`)
  const order = { ...ADMIN, site: 'acme', table, onProgress: (each: ImportProgress) => void told.push(each) }
  assert.deepEqual(await importUsers(at.ports, { ...order, dryRun: true }), { kind: 'importable', users: 501 })
  const checking = [0, 250, 500, 501].map((done) => ({ stage: 'checking', done, total: 501 }))
  assert.deepEqual(told.splice(0), checking)
  assert.deepEqual(await importUsers(at.ports, { ...order, dryRun: false }), { kind: 'imported', users: 501 })
  assert.deepEqual(told, [...checking, ...[0, 501].map((done) => ({ stage: 'saving', done, total: 501 }))])
})

test('a name that comes twice, in whatever letters, and one that is here are named with their lines', async (t) => {
  const at = await siteFor(t, 'manufacturing')
  const table = tableOf('username\nAda\nada\nKim\n')
  const outcome = await importUsers(at.ports, { ...ADMIN, site: 'acme', table, dryRun: false })
  assert.ok(outcome.kind === 'refused')
  assert.deepEqual(
    outcome.problems.map(({ line, problem }) => [line, problem]),
    [
      [3, 'stands on line 2 already'],
      [4, 'there is a user "kim" at acme already'],
    ],
  )
  assert.equal(outcome.rows, 3)
  const nothing = await importUsers(at.ports, { ...ADMIN, site: 'acme', table: tableOf('username\n'), dryRun: false })
  assert.deepEqual(nothing, { kind: 'imported', users: 0 })
  const nowhere = await importUsers(at.ports, { ...ADMIN, site: 'nowhere', table, dryRun: true })
  assert.deepEqual(nowhere, { kind: 'unknown-site' })
})
