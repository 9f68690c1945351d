import assert from 'node:assert/strict'
import { test, type TestContext } from 'node:test'
import type { Scope } from '#domain/api-key.ts'
import { hours, seconds } from '#domain/time.ts'
import { createApiKey } from '#usecases/api-keys.ts'
import { changeUser } from '#usecases/users.ts'
import { type ApiWorld, apiWorld } from '../../test/api-world.ts'
import { appCode } from '../../test/enrolment-steps.ts'
import { otherThan, rows } from '../../test/steps.ts'
import { ADMIN } from '../../test/world.ts'

async function shop(t: TestContext, preset: 'manufacturing' | 'erp' | 'retail' = 'manufacturing') {
  const at = await apiWorld({ preset })
  t.after(at.close)
  const key = await keyWith(at, ['challenges'])
  const ask = (username: string, more: Record<string, unknown> = {}) =>
    at.api('POST /challenges', { token: key, body: { username, ...more } })
  const answer = (token: string, code: string, more: Record<string, unknown> = {}) =>
    at.api('POST /login/verify', { token, body: { code, ...more } })
  const sessions = () => at.ports.store.countSessions(at.site.id, null, at.clock.now())
  return { ...at, key, ask, answer, sessions }
}

async function keyWith(at: ApiWorld, scopes: readonly Scope[]): Promise<string> {
  const made = await createApiKey(at.ports, { ...ADMIN, site: at.site.name, name: 'shop', scopes, expiresAt: null })
  return made.kind === 'created' ? made.text : assert.fail(made.kind)
}

test('a passed challenge answers allow with what was shown here, and opens no session', async (t) => {
  const at = await shop(t)
  const asked = await at.ask('kim', { address: '203.0.113.9' })
  assert.deepEqual([asked.status, asked.body.outcome, asked.body.challenge.method], [202, 'challenge', 'email'])
  assert.equal(asked.body.decision.outcome, 'challenge')
  const { token } = asked.body.pending
  const wrong = await at.answer(token, otherThan(at.codeFor('kim')))
  assert.deepEqual([wrong.status, wrong.body.code, wrong.body.failed_codes], [401, 'invalid_code', 1])
  const passed = await at.answer(token, at.codeFor('kim'))
  // The password was checked elsewhere: a mailbox is all that was shown here.
  assert.deepEqual(passed.body, { outcome: 'allow', acr: 'aal1', amr: ['external', 'email'] })
  assert.deepEqual((await at.answer(token, at.codeFor('kim'))).status, 410)
  assert.equal(await at.sessions(), 0)
})

test('the log names the key that asked, the user it was about, and the address it named', async (t) => {
  const at = await shop(t)
  await at.ask('kim', { address: '203.0.113.9' })
  const [vouched] = await rows(at, 'auth.vouched')
  const [issued] = await rows(at, 'auth.challenge.issued')
  for (const row of [vouched, issued]) {
    assert.deepEqual([row?.actor.type, row?.actor.name, row?.subject?.name], ['api_key', 'shop', 'kim'])
    assert.equal(row?.origin.address, '203.0.113.9')
  }
})

test('[R-003] a code for the second factor alone opens no sign-in, and the code of a sign-in allows nothing elsewhere', async (t) => {
  const at = await shop(t)
  const asked = (await at.ask('kim')).body.pending.token
  const alone = at.codeFor('kim')
  const login = (await at.login('kim')).body.pending.token
  const ofLogin = at.codeFor('kim')
  assert.notEqual(alone, ofLogin)
  assert.equal((await at.answer(login, alone)).body.code, 'invalid_code')
  assert.equal((await at.answer(asked, ofLogin)).body.code, 'invalid_code')
  assert.equal((await at.answer(asked, alone)).body.outcome, 'allow')
  assert.equal((await at.answer(login, ofLogin)).body.status, 'signed_in')
})

test('the same policy decides: whom nothing is required of is allowed at once, and why is said', async (t) => {
  const at = await shop(t)
  await at.set({ 'two_factor.require_all': false })
  const free = await at.ask('kim')
  assert.deepEqual([free.status, free.body.outcome, free.body.decision.rule], [200, 'allow', 'not_required'])
  await at.set({ 'two_factor.require_all': true, 'network.trusted': ['203.0.113.0/24'] })
  assert.equal((await at.ask('kim', { address: '203.0.113.9' })).body.decision.rule, 'trusted_network')
  // Where the application's own server stands says nothing about the person.
  await at.set({ 'network.trusted': ['198.51.100.0/24'] })
  assert.equal((await at.ask('kim')).body.outcome, 'challenge')
})

test('a remembered device is spared until the interval has gone, and only with its token', async (t) => {
  const at = await shop(t)
  const { token } = (await at.ask('kim')).body.pending
  const passed = await at.answer(token, at.codeFor('kim'), { remember_device: true })
  const device_token = passed.body.device_token
  assert.match(device_token, /^dt_/)
  assert.equal((await at.ask('kim', { device_token })).body.decision.rule, 'remembered_device')
  assert.equal((await at.ask('sam', { device_token })).body.outcome, 'challenge')
  at.clock.pass(hours(168) + seconds(1))
  assert.equal((await at.ask('kim', { device_token })).body.outcome, 'challenge')
})

test('whoever has no authenticator yet sets one up by the same token, is allowed, and gets no session by it', async (t) => {
  const at = await shop(t, 'erp')
  await at.set({ 'enrolment.channel': 'screen', 'two_factor.enabled': true })
  const asked = await at.ask('kim')
  assert.deepEqual([asked.status, asked.body.outcome, asked.body.enrolment.channel], [202, 'enrol', 'screen'])
  const { token } = asked.body.pending
  const shown = await at.api('POST /login/enrol', { token })
  const confirmed = await at.api('POST /login/enrol/confirm', { token, body: { code: appCode(at, shown.body.secret) } })
  assert.deepEqual(confirmed.body, { outcome: 'allow', acr: 'aal1', amr: ['external', 'otp'] })
  assert.equal(await at.sessions(), 0)
  at.clock.pass(seconds(60))
  const next = await at.ask('kim')
  assert.equal(next.body.challenge.method, 'app')
  const again = await at.answer(next.body.pending.token, appCode(at, shown.body.secret))
  assert.equal(again.body.outcome, 'allow')
})

test('nobody is let in who is not an active user of this site', async (t) => {
  const at = await shop(t)
  const stranger = await at.ask('nobody')
  assert.deepEqual([stranger.status, stranger.body.code, stranger.body.outcome], [403, 'denied', 'deny'])
  await changeUser(at.ports, { ...ADMIN, site: 'acme', username: 'kim', fields: { status: 'disabled' } })
  const disabled = await at.ask('kim')
  assert.equal(disabled.status, 403)
  assert.deepEqual({ ...disabled.body, instance: '' }, { ...stranger.body, instance: '' })
  const failed = await rows(at, 'auth.external.fail')
  assert.deepEqual(
    failed.map(({ actor }) => actor.name),
    ['shop', 'shop'],
  )
})

test("guesses and messages count with those of sign-ins: the lock and the caps are the user's", async (t) => {
  const at = await shop(t)
  await at.set({ 'lock.after': 4, 'delivery.max_sends_per_user_hour': 2 })
  const login = (await at.login('kim')).body.pending.token
  const asked = (await at.ask('kim')).body.pending.token
  assert.equal((await at.ask('kim')).body.challenge.delivery, 'not_sent')
  assert.equal(at.messages('email').length, 2)
  const wrong = otherThan(at.codeFor('kim'))
  for (const token of [login, asked, login, asked]) await at.answer(token, wrong)
  assert.equal((await at.answer(asked, at.codeFor('kim'))).body.code, 'code_locked')
  assert.equal((await at.ask('kim')).body.code, 'code_locked')
})

test('a second right password is not waited for where another application takes the password', async (t) => {
  const at = await shop(t, 'retail')
  await at.set({ 'two_factor.enabled': true, 'methods.allowed': ['email'], 'delivery.primary': 'email' })
  assert.equal((await at.login('kim')).body.status, 'password_again')
  assert.equal((await at.ask('kim')).body.challenge.delivery, 'accepted')
})

test('it takes a key with the scope challenges, and neither another key nor an administrator', async (t) => {
  const at = await shop(t)
  const body = { username: 'kim' }
  const other = await keyWith(at, ['users:write'])
  await at.set({ 'two_factor.require_all': false })
  for (const token of [other, await at.session('root')]) {
    const refused = await at.api('POST /challenges', { token, body })
    assert.deepEqual([refused.status, refused.body.code], [403, 'forbidden'])
  }
  assert.equal((await at.api('POST /challenges', { body })).status, 401)
  for (const more of [{ address: 'home' }, { nonsense: 1 }, { application: 'nothing' }])
    assert.equal((await at.ask('kim', more)).status, 400)
})
