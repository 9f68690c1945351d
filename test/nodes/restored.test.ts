import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { seconds } from '#domain/time.ts'
import { openStore } from '../../src/store/open.ts'
import { seededRandom } from '../../src/system/random.ts'
import { appCode, withApp } from '../enrolment-steps.ts'
import { startPostgres, withoutPostgres } from '../postgres.ts'
import { countersign } from '../process/demo-process.ts'
import { opened, type, waiting } from '../steps.ts'
import { world } from '../world.ts'
import { writeKey } from './node-process.ts'

const PROGRAMS = '/usr/lib/postgresql/15/bin'

function postgres(program: 'pg_dump' | 'pg_restore', words: readonly string[]): void {
  const env = { ...process.env, PGOPTIONS: '-c countersign.site=*' }
  const { status, stderr } = spawnSync(join(PROGRAMS, program), words, { env, encoding: 'utf8' })
  assert.equal(status, 0, stderr)
}

test('[ST-12] pg_dump, pg_restore and "restore --mark", as the manual has them', {
  skip: withoutPostgres(15),
}, async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'countersign-restored-'))
  const cluster = await startPostgres(15)
  const [url, other] = [await cluster.database(), await cluster.emptyDatabase()]
  const site = await world({ preset: 'erp', database: url })
  t.after(async () => {
    await site.close()
    await cluster.stop()
    rmSync(folder, { recursive: true, force: true })
  })
  writeKey(folder)
  await site.set({ 'enrolment.channel': 'screen' })
  const secret = await withApp(site, 'sam')
  const session = opened(await type(site, waiting(await site.password('sam')), appCode(site, secret)))
  const dump = join(folder, 'copy.dump')
  postgres('pg_dump', ['--enable-row-security', '--format=custom', '--file', dump, url])
  postgres('pg_restore', ['--no-owner', '--dbname', other, dump])
  const env = { COUNTERSIGN_DATABASE: other, COUNTERSIGN_KEY_FILE: join(folder, 'key') }
  const marked = await countersign(['restore', '--mark', '--json'], env)
  assert.equal(marked.code, 0, marked.err)
  const last = await site.ports.store.auditHead(site.site.id)
  assert.deepEqual(
    JSON.parse(marked.out).sites.map((each: { last_entry: number }) => each.last_entry),
    [last?.seq],
  )

  const store = await openStore(other, seededRandom('restored'))
  t.after(() => store.close())
  assert.equal(await store.countSessions(site.site.id, null, site.clock.now() + seconds(1)), 0)
  assert.notEqual(await site.ports.store.countSessions(site.site.id, null, site.clock.now() + seconds(1)), 0, session)
  const [told] = await store.audit(site.site.id, { ev: 'system.restored', limit: 1 })
  assert.equal(told?.data['last_entry_hash'], last?.hash)
  const again = await countersign(['--site', 'acme', 'audit', 'verify'], env)
  assert.equal(again.code, 0, again.err)
})
