import assert from 'node:assert/strict'
import { test } from 'node:test'
import { DEMO_SITE } from '#cli/demo-site.ts'
import { Secret } from '#domain/secret.ts'
import { days, hours, seconds } from '#domain/time.ts'
import { presetSettings } from '#policy/presets.ts'
import { startEnrolment } from '#usecases/enrol.ts'
import { changeSettings } from '#usecases/settings.ts'
import { createUser } from '#usecases/users.ts'
import { codeOf } from '../phone.ts'
import { opened, otherThan, page, rows, signInWithCode, siteFor, standingOf, type, visit, waiting } from '../steps.ts'
import { ADMIN, HOME } from '../world.ts'

test('[S0.1] after the right password a code is asked, and nothing is open until it passes', async (t) => {
  const at = await siteFor(t, 'manufacturing')

  const kim = waiting(await at.password('kim'))
  const shown = await page(at, kim)
  assert.equal(shown?.method, 'email')
  assert.equal(shown?.digits, 6)
  assert.equal(await standingOf(at, kim), 'no-session')

  const wrong = await type(at, kim, otherThan(at.codeFor('kim')))
  assert.equal(wrong.kind, 'refused')
  assert.deepEqual(await rows(at, 'session.created'), [])

  const token = opened(await type(at, kim, at.codeFor('kim')))
  assert.equal(await standingOf(at, token), 'granted')
  assert.equal(await standingOf(at, kim), 'no-session')
})

test('[R-220] [S0.2] the record names the person, the method, the moment, the address and the application', async (t) => {
  const at = await siteFor(t, 'manufacturing')
  const kim = waiting(await at.password('kim'))
  at.clock.pass(seconds(20))
  const passedAt = at.clock.now()
  const access = await visit(at, opened(await type(at, kim, at.codeFor('kim'))))

  const [passed, ...more] = await rows(at, 'auth.factor.ok')
  assert.deepEqual(more, [])
  assert.equal(passed?.actor.name, 'kim')
  assert.equal(passed?.data['method'], 'email')
  assert.equal(passed?.at, passedAt)
  assert.equal(passed?.origin.address, HOME.address)
  assert.equal(passed?.application, 'web')

  assert.ok(access.kind === 'granted')
  assert.equal(access.user.username, 'kim')
  assert.deepEqual(access.amr, ['pwd', 'email'])
  // A mailbox is not something a person has: the session does not claim two factors.
  assert.equal(access.acr, 'aal1')
})

test('[S0.3] with two-factor authentication off the password alone opens a session, and nothing is sent', async (t) => {
  const at = await siteFor(t, 'manufacturing')
  await at.set({ 'two_factor.enabled': false })

  const access = await visit(at, opened(await at.password('kim')))
  assert.ok(access.kind === 'granted')
  assert.deepEqual(access.amr, ['pwd'])
  assert.deepEqual(at.messages(), [])
  assert.equal((await rows(at, 'session.created'))[0]?.data['2fa'], 'off')
})

test('[S0.5] the switch of the site decides over the next sign-in of everyone, on and off', async (t) => {
  const at = await siteFor(t, 'manufacturing')
  const outcomes = async () => {
    const said: Record<string, string> = {}
    for (const who of ['root', 'sam', 'kim', 'op', 'web']) said[who] = (await at.password(who)).kind
    return new Set(Object.values(said))
  }
  assert.deepEqual(await outcomes(), new Set(['pending']))
  await at.set({ 'two_factor.enabled': false })
  assert.deepEqual(await outcomes(), new Set(['signed-in']))
  await at.set({ 'two_factor.enabled': true })
  assert.deepEqual(await outcomes(), new Set(['pending']))
})

test('[S0.6] a new site of this preset asks every 168 hours', async (t) => {
  const at = await siteFor(t, 'manufacturing')
  const file = await at.ports.store.siteFile(DEMO_SITE)
  assert.equal(file?.settings['challenge.interval_hours'], 168)
  // Not by the accident of a default: the presets that ask each time say 0.
  assert.equal(presetSettings('scheduling')['challenge.interval_hours'], 0)
})

test('[S0.7] a change counts from the moment it is saved, and the record keeps the old and the new value', async (t) => {
  const at = await siteFor(t, 'manufacturing')
  const before = (await rows(at, 'policy.changed')).length

  // Refused as a whole: the switch in it was never saved.
  const patch = { 'two_factor.enabled': false, 'challenge.interval_hours': -1 }
  const refused = await changeSettings(at.ports, { ...ADMIN, site: DEMO_SITE, patch })
  assert.equal(refused.kind, 'invalid')
  assert.equal((await at.password('kim')).kind, 'pending')
  assert.equal((await rows(at, 'policy.changed')).length, before)

  at.clock.pass(seconds(40))
  await at.set({ 'two_factor.enabled': false })
  assert.equal((await at.password('kim')).kind, 'signed-in')
  const saved = (await rows(at, 'policy.changed')).slice(before)
  assert.deepEqual(
    saved.map(({ data }) => data),
    [{ changes: [{ key: 'two_factor.enabled', from: true, to: false }] }],
  )
  assert.equal(saved[0]?.at, at.clock.now())
  assert.equal(saved[0]?.actor.name, ADMIN.actor.name)
})

test('[S0.8] switched on for all means administrators and operators too', async (t) => {
  const at = await siteFor(t, 'manufacturing')
  for (const who of ['root', 'sam', 'op']) {
    assert.equal(await standingOf(at, waiting(await at.password(who))), 'no-session')
    assert.match(at.codeFor(who, 'email'), /^\d{6}$/)
  }
})

test('[S0.18] work goes on: no change of a two-factor setting ends a running session', async (t) => {
  const at = await siteFor(t, 'manufacturing')
  await at.set({ 'two_factor.enabled': false })
  const sam = opened(await at.password('sam'))
  await at.set({ 'two_factor.enabled': true })
  const kim = await signInWithCode(at, 'kim')

  const changes: readonly Record<string, unknown>[] = [
    { 'challenge.interval_hours': 0 },
    { 'methods.allowed': ['app'] },
    { 'methods.allowed': ['sms'], 'delivery.primary': 'sms' },
    { 'delivery.when_unconfigured': 'block' },
    { 'code.ttl_seconds': 60, 'code.max_attempts': 3 },
    { 'two_factor.require_all': false },
    { 'two_factor.require_all': true },
    { 'two_factor.enabled': false },
    { 'two_factor.enabled': true },
  ]
  for (const change of changes) {
    at.clock.pass(hours(9))
    await at.set(change)
    assert.equal(await standingOf(at, sam), 'granted', JSON.stringify(change))
    assert.equal(await standingOf(at, kim.token), 'granted', JSON.stringify(change))
  }
  // It is the sessions that are spared, not the next sign-in.
  assert.equal((await at.password('sam')).kind, 'pending')
})

test('[S0.23] switching off stops asking and keeps what is enrolled; on again needs no new enrolment', async (t) => {
  const at = await siteFor(t, 'manufacturing')
  await at.set({ 'methods.allowed': ['app', 'email'] })
  const pat = { email: null, displayName: 'Pat' }
  const password = new Secret('pat-demo-password')
  await createUser(at.ports, { ...ADMIN, site: DEMO_SITE, username: 'pat', password, fields: pat })
  const signIn = () => at.password('pat', { password: password.reveal() })

  const pendingToken = waiting(await signIn())
  const shown = await startEnrolment(at.ports, { site: at.site.id, pendingToken, origin: HOME })
  assert.ok(shown.kind === 'shown', shown.kind)
  opened(await type(at, pendingToken, codeOf(shown.secret, at.clock.now())))

  await at.set({ 'two_factor.enabled': false })
  at.clock.pass(days(30))
  opened(await signIn())

  await at.set({ 'two_factor.enabled': true })
  const again = waiting(await signIn())
  assert.equal((await page(at, again))?.method, 'app')
  opened(await type(at, again, codeOf(shown.secret, at.clock.now())))
  assert.equal((await rows(at, 'factor.enrolled')).length, 1)
})
