import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test, type TestContext } from 'node:test'
import { checkAccess } from '#usecases/check-access.ts'
import { clearSessions } from '#usecases/sessions.ts'
import { ADMIN, HOME, type World, world } from '../../test/world.ts'
import { remembering } from './remembered.ts'
import { EVERY_SITE } from './database.ts'

/** A site where nobody is asked, with a session of Kim's. */
async function signedIn(t: TestContext, at: World) {
  t.after(() => at.close())
  await at.set({ 'two_factor.enabled': false })
  const outcome = await at.password('kim')
  assert.ok(outcome.kind === 'signed-in')
  const digest = at.ports.vault.digest(outcome.token)
  const look = async () => at.ports.store.accessFile(at.site.id, digest, at.clock.now(), { fresh: false })
  return { at, token: outcome.token, digest, look }
}

test('a session that was looked at is at hand the next time, until something about it is written', async (t) => {
  const { at, look } = await signedIn(t, await world())
  assert.equal((await look()).fresh, true)
  assert.equal((await look()).fresh, false)
  await at.password('sam')
  assert.equal((await look()).fresh, false)
  await at.password('kim')
  assert.equal((await look()).fresh, true)
  assert.equal((await look()).fresh, false)
  await at.set({ 'lock.after': 7 })
  const { file, fresh } = await look()
  assert.deepEqual([fresh, file?.settings['lock.after']], [true, 7])
})

test('whoever asks for it gets what is there now', async (t) => {
  const { at, digest } = await signedIn(t, await world())
  const ask = (fresh: boolean) => at.ports.store.accessFile(at.site.id, digest, at.clock.now(), { fresh })
  await ask(false)
  assert.equal((await ask(true)).fresh, true)
  assert.equal((await ask(false)).fresh, false)
})

test('[R-153] an ended session is refused at the next request, whoever ended it', async (t) => {
  const { at, token, look } = await signedIn(t, await world())
  const access = () =>
    checkAccess(at.ports, { site: at.site.id, sessionToken: token, application: null, address: HOME.address })
  assert.equal((await access()).kind, 'granted')
  assert.equal((await look()).fresh, false)
  await clearSessions(at.ports, { ...ADMIN, site: 'acme', devices: false })
  assert.deepEqual(await access(), { kind: 'refused', why: 'ended' })
})

test('what another process has written to the file is seen at the next request', async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'countersign-remembered-'))
  t.after(() => rmSync(folder, { recursive: true }))
  const database = `sqlite:${join(folder, 'test.db')}`
  const { token, at } = await signedIn(t, await world({ database }))
  const access = () =>
    checkAccess(at.ports, { site: at.site.id, sessionToken: token, application: null, address: HOME.address })
  assert.equal((await access()).kind, 'granted')
  const { openSqlite } = await import('./sqlite.ts')
  const other = openSqlite({ path: join(folder, 'test.db') })
  const { run } = await import('./database.ts')
  await other.together(
    'write',
    () => run('UPDATE users SET status = ? WHERE username = ?', 'disabled', 'kim'),
    EVERY_SITE,
  )
  await other.close()
  assert.deepEqual(await access(), { kind: 'refused', why: 'disabled' })
})

test('nobody is refused on what is kept at hand', async (t) => {
  const { at, token } = await signedIn(t, await world())
  const { store } = at.ports
  let asked: boolean[] = []
  const stale = {
    ...store,
    accessFile: async (...given: Parameters<typeof store.accessFile>) => {
      asked = [...asked, given[3].fresh]
      const { file } = await store.accessFile(...given)
      // As another node would have it that has not yet heard of the sign-in.
      return given[3].fresh || file === null
        ? { file, fresh: true }
        : { file: { ...file, user: { ...file.user, sessionEpoch: 99 } }, fresh: false }
    },
  }
  const query = { site: at.site.id, sessionToken: token, application: null, address: null }
  assert.equal((await checkAccess({ ...at.ports, store: stale }, query)).kind, 'granted')
  assert.deepEqual(asked, [false, true])
})

test('what was read while something was written is not kept', async (t) => {
  const { at, digest } = await signedIn(t, await world())
  const { store } = at.ports
  const reading = Promise.withResolvers<void>()
  const slow = remembering(
    {
      ...store,
      sessionFile: async (...given: Parameters<typeof store.sessionFile>) => {
        const file = await store.sessionFile(...given)
        await reading.promise
        return file
      },
    },
    () => 'nothing',
  )
  const asking = slow.accessFile(at.site.id, digest, at.clock.now(), { fresh: false })
  const event = { ev: 'authz.denied', actor: ADMIN.actor, subject: null, application: null, data: {} } as const
  await slow.commit({ site: at.site.id, at: at.clock.now(), origin: HOME, changes: [], events: [event] })
  reading.resolve()
  await asking
  assert.equal((await slow.accessFile(at.site.id, digest, at.clock.now(), { fresh: false })).fresh, true)
})

test('changes elsewhere make everything, or one site, be read anew', async (t) => {
  const { at, digest } = await signedIn(t, await world())
  let changed: ReturnType<Parameters<typeof remembering>[1]> = 'nothing'
  const store = remembering({ ...at.ports.store }, () => changed)
  const look = async () => (await store.accessFile(at.site.id, digest, at.clock.now(), { fresh: false })).fresh
  assert.deepEqual([await look(), await look()], [true, false])
  changed = new Set(['site_other'] as const)
  assert.equal(await look(), false)
  changed = new Set([at.site.id])
  assert.equal(await look(), true)
  changed = 'anything'
  assert.equal(await look(), true)
  changed = 'nothing'
  assert.equal(await look(), false)
})
