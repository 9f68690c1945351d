import assert from 'node:assert/strict'
import { test, type TestContext } from 'node:test'
import { hours } from '#domain/time.ts'
import { Secret } from '#domain/secret.ts'
import { ADMIN, type World, world } from '../../test/world.ts'
import { setServerChannel } from './channels.ts'
import { examineSite } from './examine-site.ts'
import { sealAudit } from './seal-audit.ts'
import { changeUser, createUser } from './users.ts'

async function small(t: TestContext): Promise<World> {
  const at = await world()
  t.after(() => at.close())
  return at
}

const about = async (at: World, what: string) =>
  (await examineSite(at.ports, 'acme')).filter(({ about: each }) => each === what)

test('a site that is well says so, and a channel that was never proved is a note with the command that proves it', async (t) => {
  const at = await small(t)
  const found = await examineSite(at.ports, 'acme')
  assert.deepEqual(
    found.filter(({ state }) => state === 'wrong'),
    [],
  )
  const [email] = await about(at, 'email')
  assert.ok(email?.state === 'warning')
  assert.match(email.todo, /--site acme delivery test email/)
  assert.deepEqual(await examineSite(at.ports, 'nowhere'), [])
})

test('[R-061] a site that allows SMS and nothing better is told that SMS is restricted, and what to add', async (t) => {
  const at = await small(t)
  await at.set({ 'methods.allowed': ['sms', 'email'] })
  const [finding] = await about(at, 'restricted method')
  assert.ok(finding?.state === 'warning')
  assert.match(finding.says, /^SMS is restricted: a number can be taken over/)
  assert.match(finding.todo, /^Add app or passkey to methods\.allowed/)
  for (const methods of [['sms', 'app'], ['sms', 'passkey'], ['email']]) {
    await at.set({ 'methods.allowed': methods })
    assert.deepEqual(await about(at, 'restricted method'), [], methods.join())
  }
})

test('armed, not enforced: allow with no channel set up is wrong, in these words', async (t) => {
  const at = await small(t)
  for (const channel of ['email', 'sms'] as const) await setServerChannel(at.ports, channel, null)
  const [finding] = await about(at, 'two-factor')
  assert.ok(finding?.state === 'wrong')
  assert.match(finding.says, /^Armed, not enforced: \d+ users/)
})

test('a channel that cannot send is wrong, with the last error in the words of the server', async (t) => {
  const at = await small(t)
  await at.mailbox.setBehaviour({ email: 'reject' })
  await at.password('kim')
  await at.pump()
  const [finding] = await about(at, 'email')
  assert.ok(finding?.state === 'wrong', JSON.stringify(finding))
  assert.match(finding.says, /^Failing: ./)
})

test('a site that no administrator can get into is wrong', async (t) => {
  const at = await small(t)
  const { store } = at.ports
  const locked = { ...store, administrators: async () => [] }
  const found = await examineSite({ ...at.ports, store: locked }, 'acme')
  assert.equal(found.find(({ about: each }) => each === 'administrators')?.state, 'wrong')
})

test('a log that is not sealed for an hour is a note, and a changed one is wrong', async (t) => {
  const at = await small(t)
  await sealAudit(at.ports, 'acme')
  assert.equal((await about(at, 'audit log'))[0]?.state, 'ok')
  await at.password('kim')
  at.clock.pass(hours(2))
  assert.equal((await about(at, 'audit log'))[0]?.state, 'warning')
  const { store } = at.ports
  const bent = {
    ...store,
    async *auditLog(...given: Parameters<typeof store.auditLog>) {
      for await (const item of store.auditLog(...given))
        yield 'entry' in item ? { ...item, entry: item.entry.replace('site.created', 'site.deleted') } : item
    },
  }
  const found = await examineSite({ ...at.ports, store: bent }, 'acme')
  assert.equal(found.find(({ about: each }) => each === 'audit log')?.state, 'wrong')
})

test('an administrator counts who is active, has a password and is not disabled by wrong codes', async (t) => {
  const at = await small(t)
  const can = async () => (await about(at, 'administrators'))[0]?.says
  const make = (username: string, more: object = {}) =>
    createUser(at.ports, { ...ADMIN, site: 'acme', username, fields: { roles: ['Administrator'] }, ...more })
  assert.equal(await can(), '1 can sign in.')
  await make('nobody-yet')
  assert.equal(await can(), '1 can sign in.', 'who has no password cannot')
  await make('ada', { password: new Secret('a long enough password') })
  assert.equal(await can(), '2 can sign in.')
  const fields = { status: 'disabled' } as const
  await changeUser(at.ports, { ...ADMIN, site: 'acme', username: 'ada', fields })
  assert.equal(await can(), '1 can sign in.')
})

test('users without any way in are counted, and what would give them one is said', async (t) => {
  const at = await small(t)
  assert.deepEqual(await about(at, 'ways in'), [])
  await at.mailbox.setBehaviour({ email: 'unconfigured', sms: 'unconfigured' })
  await at.set({ 'delivery.when_unconfigured': 'block' })
  const [finding] = await about(at, 'ways in')
  assert.ok(finding?.state === 'wrong')
  assert.match(finding.says, /^4 users have no way in/)
  assert.match(finding.todo, /enrol_app/)
  await at.set({ 'delivery.when_unconfigured': 'enrol_app' })
  assert.deepEqual(await about(at, 'ways in'), [])
})
