import assert from 'node:assert/strict'
import { test } from 'node:test'
import { URI } from 'otpauth'
import { DEMO_SITE } from '#cli/demo-site.ts'
import { hours, seconds } from '#domain/time.ts'
import { setRole } from '#usecases/roles.ts'
import { sendCode } from '#usecases/send-code.ts'
import { changeUser } from '#usecases/users.ts'
import { linkStanding } from '#usecases/enrol.ts'
import { appCode, linkFor, look, shown, withApp } from '../enrolment-steps.ts'
import { opened, otherThan, page, signInWithCode, siteFor, standingOf, type, waiting } from '../steps.ts'
import { proveAddress } from '#usecases/prove-address.ts'
import { ADMIN, HOME } from '../world.ts'

test('[S2.9] email codes go to the registered address, at each sign-in', async (t) => {
  const at = await siteFor(t, 'erp')
  await at.set({ 'methods.allowed': ['email'] })
  let token = ''
  for (let count = 1; count <= 3; count += 1) {
    token = (await signInWithCode(at, 'sam')).token
    const codes = at.messages().filter(({ text }) => /\b\d{6}\b/.test(text))
    assert.equal(codes.length, count)
    assert.deepEqual([codes[0]?.channel, codes[0]?.to], ['email', 'sam@acme.test'])
    at.clock.pass(hours(1))
  }
  const kept = { ...ADMIN, site: DEMO_SITE, username: 'sam', fields: { email: 'sam.new@acme.test' } }
  assert.equal((await changeUser(at.ports, kept)).kind, 'saved')
  await at.pump()
  const order = { site: at.site.id, sessionToken: token, origin: HOME }
  const code = /\b\d{6}\b/.exec(at.messages().find(({ to }) => to === 'sam.new@acme.test')?.text ?? '')?.[0] ?? ''
  assert.equal((await proveAddress(at.ports, { ...order, code })).kind, 'proved')
  waiting(await at.password('sam'))
  assert.equal(at.messages().find(({ text }) => /\b\d{6}\b/.test(text))?.to, 'sam.new@acme.test')
})

test('[S2.11] SMS codes go to the mobile number of the user, and nothing goes by mail', async (t) => {
  const at = await siteFor(t, 'erp')
  await at.set({ 'methods.allowed': ['sms'], 'delivery.primary': 'sms' })
  const pending = waiting(await at.password('sam'))
  assert.deepEqual(
    at.messages().map(({ channel, to }) => [channel, to]),
    [['sms', '+4915550100002']],
  )
  opened(await type(at, pending, at.codeFor('sam', 'sms')))
})

for (const method of ['email', 'sms'] as const)
  test(`[S2.23] [S2.25] a code by ${method} comes by itself, and neither it nor the password opens anything alone`, async (t) => {
    const at = await siteFor(t, 'erp')
    await at.set({ 'methods.allowed': [method], 'delivery.primary': method })
    const pending = waiting(await at.password('sam'))
    assert.deepEqual(
      at.messages().map(({ channel }) => channel),
      [method],
    )
    const code = at.codeFor('sam', method)
    assert.equal(await at.ports.store.countSessions(at.site.id, null, at.clock.now()), 0)
    assert.equal(await standingOf(at, pending), 'no-session')

    // The code without the password before it is worth nothing, and with a wrong password none is sent.
    assert.equal((await type(at, 'pt_of_nobody', code)).kind, 'gone')
    assert.equal((await at.password('sam', { password: code })).kind, 'invalid-credentials')
    assert.equal((await type(at, pending, otherThan(code))).kind, 'refused')
    assert.equal(await at.ports.store.countSessions(at.site.id, null, at.clock.now()), 0)
    assert.equal(await standingOf(at, opened(await type(at, pending, code))), 'granted')
  })

test('[S2.25] with an app the password is needed as much as the code', async (t) => {
  const at = await siteFor(t, 'erp')
  const secret = await withApp(at, 'sam')
  const before = await at.ports.store.countSessions(at.site.id, null, at.clock.now())
  assert.equal((await at.password('sam', { password: appCode(at, secret) })).kind, 'invalid-credentials')
  const pending = waiting(await at.password('sam'))
  assert.equal(await at.ports.store.countSessions(at.site.id, null, at.clock.now()), before)
  opened(await type(at, pending, appCode(at, secret)))
})

test('[S2.26] with the method of the site fixed nobody is offered another, nor gets one by asking', async (t) => {
  const at = await siteFor(t, 'erp')
  await withApp(at, 'sam')
  const messages = at.messages().length
  const fields = { twoFactorSms: true, twoFactorEmail: true }
  await changeUser(at.ports, { ...ADMIN, site: DEMO_SITE, username: 'sam', fields })
  const pending = waiting(await at.password('sam'))
  assert.equal((await page(at, pending))?.method, 'app')
  for (const channel of ['email', 'sms'] as const) {
    const asked = await sendCode(at.ports, { site: at.site.id, pendingToken: pending, channel, origin: HOME })
    assert.equal(asked.kind, 'channel-not-offered', channel)
  }
  assert.equal(at.messages().length, messages)
})

test('[S2.27] of the roles that a user holds one that is flagged is enough', async (t) => {
  const at = await siteFor(t, 'erp')
  const flag = (name: string, twoFactorAuth: boolean) =>
    setRole(at.ports, { ...ADMIN, site: DEMO_SITE, name, fields: { twoFactorAuth } })
  await flag('All', false)
  const fields = { roles: ['Accounts Manager', 'HR Manager'] }
  await changeUser(at.ports, { ...ADMIN, site: DEMO_SITE, username: 'sam', fields })
  assert.equal((await at.password('sam')).kind, 'signed-in')
  await flag('HR Manager', true)
  assert.equal((await at.password('sam')).kind, 'pending')
  assert.equal((await at.password('kim')).kind, 'signed-in')
})

test('[S2.28] the enrolment link lives as long as the setting says', async (t) => {
  const at = await siteFor(t, 'erp')
  for (const life of [60, 600, 86_400]) {
    await at.set({ 'enrolment.qr_ttl_seconds': life })
    waiting(await at.password('sam'))
    const link = linkFor(at, 'sam')
    at.clock.pass(seconds(life - 1))
    assert.equal(await linkStanding(at.ports, { site: at.site.id, link }), 'live', `${life}`)
    at.clock.pass(seconds(1))
    assert.equal(await linkStanding(at.ports, { site: at.site.id, link }), 'over', `${life}`)
    at.clock.pass(hours(1))
  }
})

test('[S2.29] the app shows the issuer of the site and the account, however they are written', async (t) => {
  const at = await siteFor(t, 'erp')
  await at.set({ 'otp.issuer': 'Acme & Söhne: Werk 2' })
  const { otpauthUri } = shown(await look(at, waiting(await at.password('root'))))
  const app = URI.parse(otpauthUri)
  // A colon would part issuer and account in the label, so that apps would show half a name.
  assert.deepEqual([app.issuer, app.label], ['Acme & Söhne- Werk 2', 'root@acme.test'])
  assert.equal(new URL(otpauthUri).searchParams.get('issuer'), app.issuer)
  assert.doesNotMatch(otpauthUri, /[ +ö]/, 'every odd character is percent-encoded')
})
