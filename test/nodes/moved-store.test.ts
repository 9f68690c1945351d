import assert from 'node:assert/strict'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { openDatabase, openStore } from '../../src/store/open.ts'
import { appCode, withApp } from '../enrolment-steps.ts'
import { startPostgres, withoutPostgres } from '../postgres.ts'
import { countersign } from '../process/demo-process.ts'
import { opened, standingOf, type, waiting } from '../steps.ts'
import { everything } from '../contracts/store-rows.ts'
import { seededRandom } from '../../src/system/random.ts'
import { world } from '../world.ts'

test('a site moves from SQLite to PostgreSQL, row by row the same, and only into an empty database', {
  skip: withoutPostgres(18),
}, async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'countersign-moved-'))
  const cluster = await startPostgres()
  t.after(async () => {
    await cluster.stop()
    rmSync(folder, { recursive: true, force: true })
  })
  const path = join(folder, 'countersign.db')
  const from = `sqlite:${path}`
  const to = await cluster.emptyDatabase()
  const site = await world({ preset: 'erp', database: from })
  await site.set({ 'enrolment.channel': 'screen' })
  const secret = await withApp(site, 'sam')
  const session = opened(await type(site, waiting(await site.password('sam')), appCode(site, secret)))
  const move = () => countersign(['migrate-store', '--json', '--from', from, '--to', to])
  const inUse = await move()
  assert.deepEqual([inUse.code, inUse.out], [4, ''])
  assert.match(inUse.err, /stop the server/)
  await site.close()

  const moved = await move()
  assert.equal(moved.code, 0, moved.err)
  assert.match(moved.err, /COUNTERSIGN_DATABASE/)
  const told = JSON.parse(moved.out) as { tables: { table: string; rows: number }[]; sites: string[] }
  assert.deepEqual(told.sites, ['acme'])
  const [old, fresh] = [await openDatabase(from, { migrate: false }), await openDatabase(to, { migrate: false })]
  const [before, after] = [await everything(old), await everything(fresh)]
  await Promise.all([old.close(), fresh.close()])
  assert.deepEqual(after, before)
  const counts = Object.fromEntries(told.tables.map(({ table, rows }) => [table, rows]))
  assert.deepEqual(counts, Object.fromEntries(Object.entries(before).map(([table, rows]) => [table, rows.length])))
  assert.ok(existsSync(path), 'the old database stays')

  const store = await openStore(to, seededRandom('moved'))
  t.after(() => store.close())
  assert.equal(await standingOf({ ...site, ports: { ...site.ports, store } }, session), 'granted')
  const again = await move()
  assert.equal(again.code, 4)
  assert.match(again.err, /not empty/)
})
