import assert from 'node:assert/strict'
import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test, type TestContext } from 'node:test'
import { Secret } from '#domain/secret.ts'
import { rfc3339, seconds } from '#domain/time.ts'
import { signIn } from '#usecases/sign-in.ts'
import { BACKUP_TAKEN_AT, markRestored } from '#usecases/mark-restored.ts'
import { verifyAudit } from '#usecases/verify-audit.ts'
import { openStore } from '../../src/store/open.ts'
import { backupSqlite } from '../../src/store/sqlite-backup.ts'
import { seededRandom } from '../../src/system/random.ts'
import { appCode, withApp } from '../enrolment-steps.ts'
import { freePort, startNode, writeKey } from '../nodes/node-process.ts'
import { opened, rows, signInWithCode, standingOf, type, waiting } from '../steps.ts'
import { ADMIN, HOME, type World, world } from '../world.ts'
import { countersign } from './demo-process.ts'

function folderFor(t: TestContext): string {
  const folder = mkdtempSync(join(tmpdir(), 'countersign-backup-'))
  t.after(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

/** The same people and the same clock at a copy of their database. */
async function atCopy(t: TestContext, site: World, path: string): Promise<World> {
  const store = await openStore(`sqlite:${path}`, seededRandom('copy'))
  t.after(() => store.close())
  const ports = { ...site.ports, store }
  return {
    ...site,
    ports,
    password: (username) =>
      signIn(ports, {
        site: site.site.id,
        username,
        password: new Secret(`${username}-demo-password`),
        surface: 'form',
        origin: HOME,
      }),
    trail: async () => (await ports.store.audit(site.site.id, { limit: 1000 })).toReversed(),
  }
}

test('[ST-12] [ST-13] a restored database revives no session, no remembered browser and no code, and tells of the gap', async (t) => {
  const folder = folderFor(t)
  const database = join(folder, 'countersign.db')
  const site = await world({ preset: 'erp', database: `sqlite:${database}` })
  t.after(site.close)
  await site.set({ 'enrolment.channel': 'screen' })
  const secret = await withApp(site, 'sam')
  const session = opened(await type(site, waiting(await site.password('sam')), appCode(site, secret)))
  site.clock.pass(seconds(60))
  const pending = waiting(await site.password('sam'))
  const takenAt = site.clock.now()
  for (const name of ['marked.db', 'unmarked.db'])
    assert.equal(
      (await backupSqlite({ database, to: join(folder, name), at: takenAt, takenAtName: BACKUP_TAKEN_AT })).kind,
      'done',
    )
  site.clock.pass(seconds(30))
  const spent = appCode(site, secret)
  opened(await type(site, waiting(await site.password('sam')), spent))

  const forgetful = await atCopy(t, site, join(folder, 'unmarked.db'))
  assert.equal(await standingOf(forgetful, session), 'granted')
  opened(await type(forgetful, pending, spent))

  const copy = await atCopy(t, site, join(folder, 'marked.db'))
  const head = await copy.ports.store.auditHead(site.site.id)
  const outcome = await markRestored(copy.ports, ADMIN)
  assert.equal(outcome.kind, 'marked')
  assert.notEqual(await standingOf(copy, session), 'granted')
  assert.notEqual((await type(copy, pending, spent)).kind, 'signed-in')
  for (const steps of [-1, 0, 1]) {
    const again = waiting(await copy.password('sam'))
    assert.notEqual((await type(copy, again, appCode(copy, secret, steps))).kind, 'signed-in', `${steps}`)
  }
  const [told, ...more] = await rows(copy, 'system.restored')
  assert.deepEqual(more, [])
  assert.deepEqual(
    [told?.data['backup_taken_at'], told?.data['last_entry'], told?.data['last_entry_hash']],
    [rfc3339(takenAt), head?.seq, head?.hash],
  )
  assert.equal((await verifyAudit(copy.ports, { site: site.site.name })).kind, 'ok')

  copy.clock.pass(seconds(90))
  opened(await type(copy, waiting(await copy.password('sam')), appCode(copy, secret)))
})

test('[ST-12] a browser that was remembered is asked again, and the next sent code is another one', async (t) => {
  const site = await world({ preset: 'manufacturing' })
  t.after(site.close)
  const { deviceToken } = await signInWithCode(site, 'kim')
  const counter = async (): Promise<number | undefined> =>
    (await site.ports.store.personFile(site.site.id, 'kim', site.clock.now()))?.counters.nextCounter
  const before = await counter()
  assert.equal((await markRestored(site.ports, ADMIN)).kind, 'marked')
  assert.ok(before !== undefined && ((await counter()) ?? 0) > before + 1_000)
  assert.equal((await site.password('kim', deviceToken === null ? {} : { deviceToken })).kind, 'pending')
})

test('[ST-12] backup while the server runs, restore when it is stopped; nothing is written over', async (t) => {
  const folder = folderFor(t)
  const database = join(folder, 'countersign.db')
  writeKey(folder)
  const site = await world({ preset: 'erp', database: `sqlite:${database}` })
  await site.set({ 'two_factor.enabled': false })
  await site.close()
  const environment = { COUNTERSIGN_DATABASE: `sqlite:${database}`, COUNTERSIGN_KEY_FILE: join(folder, 'key') }
  const origin = `http://127.0.0.1:${await freePort()}`
  const node = () => startNode({ folder, database: environment.COUNTERSIGN_DATABASE, origin })
  const file = join(folder, 'copy.db')
  const run = (words: string) => countersign([...words.split(' '), file], environment)

  const running = await node()
  t.after(() => running.stop('SIGKILL'))
  const login = { body: { username: 'web', password: 'web-demo-password' } }
  const { token } = (await running.ask('POST /login', login)).body.session
  const made = await run('backup')
  assert.equal(made.code, 0, made.err)
  assert.equal(statSync(file).mode & 0o777, 0o600)
  assert.deepEqual(
    readdirSync(folder).filter((name) => name.startsWith('copy')),
    ['copy.db'],
    'one file',
  )
  const again = await run('backup')
  assert.equal(again.code, 4)
  assert.match(again.err, /not written over/)
  assert.equal((await running.ask('GET /session', { token })).status, 200)
  const inUse = await run('restore --replace')
  assert.equal(inUse.code, 4)
  assert.match(inUse.err, /stop the server/)
  assert.equal((await running.ask('GET /session', { token })).status, 200)

  assert.equal(await running.stop(), 0)
  const kept = await run('restore')
  assert.equal(kept.code, 4)
  assert.match(kept.err, /--replace/)
  const restored = await run('--json restore --replace')
  assert.equal(restored.code, 0, restored.err)
  const told = JSON.parse(restored.out)
  assert.ok(statSync(told.aside).size > 0, 'the database of before is put aside')
  assert.notEqual(told.backup_taken_at, null)
  assert.equal(statSync(database).mode & 0o777, 0o600)

  const after = await node()
  t.after(() => after.stop('SIGKILL'))
  assert.equal((await after.ask('GET /session', { token })).status, 401)
  assert.equal((await after.ask('POST /login', login)).body.status, 'signed_in')
  assert.equal(await after.stop(), 0)

  writeFileSync(file, 'no database')
  const damaged = await run('restore --replace')
  assert.equal(damaged.code, 4)
  assert.match(damaged.err, /copy\.db/)
  const elsewhere = await countersign(['backup', file], { ...environment, COUNTERSIGN_DATABASE: 'postgres://a@b/c' })
  assert.match(elsewhere.err, /pg_dump/)
})
