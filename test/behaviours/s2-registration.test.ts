import assert from 'node:assert/strict'
import { test } from 'node:test'
import { TOTP, URI } from 'otpauth'
import { hours, minutes, seconds } from '#domain/time.ts'
import { linkStanding, sendEnrolmentLink } from '#usecases/enrol.ts'
import { appCode, enrol, linkFor, look, shown, withApp } from '../enrolment-steps.ts'
import { opened, page, rows, siteFor, standingOf, type, visit, waiting } from '../steps.ts'
import { HOME } from '../world.ts'

test('[S2.4] app, email and SMS, each in its turn, carry a sign-in to its end', async (t) => {
  const at = await siteFor(t, 'erp')
  for (const method of ['email', 'sms'] as const) {
    await at.set({ 'methods.allowed': [method] })
    const pending = waiting(await at.password('sam'))
    assert.equal((await page(at, pending))?.method, method)
    const access = await visit(at, opened(await type(at, pending, at.codeFor('sam', method))))
    assert.ok(access.kind === 'granted')
    assert.deepEqual(access.amr.slice(0, 2), ['pwd', method])
  }
  await at.set({ 'methods.allowed': ['app'] })
  const secret = await withApp(at, 'sam')
  const pending = waiting(await at.password('sam'))
  assert.equal((await page(at, pending))?.method, 'app')
  const access = await visit(at, opened(await type(at, pending, appCode(at, secret))))
  assert.ok(access.kind === 'granted')
  assert.deepEqual([access.amr, access.acr], [['pwd', 'otp', 'mfa'], 'aal2'])
})

test('[S2.5] the QR code holds what every authenticator app reads: TOTP, SHA-1, six digits, 30 seconds', async (t) => {
  const at = await siteFor(t, 'erp')
  const { otpauthUri, secret } = shown(await look(at, waiting(await at.password('root'))))
  const app = URI.parse(otpauthUri)
  assert.ok(app instanceof TOTP)
  assert.deepEqual([app.issuer, app.label], ['Acme', 'root@acme.test'])
  assert.deepEqual([app.algorithm, app.digits, app.period], ['SHA1', 6, 30])
  assert.equal(app.secret.base32, secret)
  assert.equal(app.secret.bytes.length, 20)
})

test('[S2.6] the first sign-in mails a registration link, and no code is asked before it', async (t) => {
  const at = await siteFor(t, 'erp')
  const pending = waiting(await at.password('sam'))
  assert.deepEqual(
    at.messages().map(({ channel, to }) => [channel, to]),
    [['email', 'sam@acme.test']],
  )
  const [mail] = at.messages()
  assert.match(mail?.text ?? '', /http:\/\/localhost:4180\/acme\/enrol\/[\w-]{43}\b/)
  assert.doesNotMatch(mail?.text ?? '', /\b\d{6}\b/)
  assert.equal(await page(at, pending), null)

  const { secret } = shown(await look(at, pending, linkFor(at, 'sam')))
  for (const { text, html } of at.messages()) assert.ok(!`${text}${html}`.includes(secret), 'the mail holds the secret')
})

test('[S2.7] link, secret, code of the app: signed in', async (t) => {
  const at = await siteFor(t, 'erp')
  const pending = waiting(await at.password('sam'))
  const { otpauthUri } = shown(await look(at, pending, linkFor(at, 'sam')))
  const app = URI.parse(otpauthUri)
  assert.ok(app instanceof TOTP)
  const elsewhere = app.generate({ timestamp: at.clock.now() - hours(1) })
  assert.equal((await type(at, pending, elsewhere)).kind, 'refused')
  const token = opened(await type(at, pending, app.generate({ timestamp: at.clock.now() })))
  assert.equal(await standingOf(at, token), 'granted')
})

test('[S2.20] password, mail, QR page, scan, code of the app, session: in this order', async (t) => {
  const at = await siteFor(t, 'erp')
  const before = (await at.trail()).length
  const pending = waiting(await at.password('sam'))
  const { secret } = shown(await look(at, pending, linkFor(at, 'sam')))
  at.clock.pass(seconds(40))
  opened(await type(at, pending, appCode(at, secret)))
  assert.deepEqual(
    (await at.trail()).slice(before).map(({ ev }) => ev),
    [
      'auth.password.ok',
      'factor.enrol.started',
      'delivery.accepted',
      'factor.enrolled',
      'auth.factor.ok',
      'session.created',
    ],
  )
})

test('[S2.21] the link shows the QR code where the sign-in waits, and asks for the password elsewhere', async (t) => {
  const at = await siteFor(t, 'erp')
  const here = waiting(await at.password('sam'))
  const link = linkFor(at, 'sam')
  assert.equal((await look(at, here)).kind, 'link-required')
  const first = shown(await look(at, here, link))

  // The link alone is nothing: it takes a browser that has proved the password, and that one gets a secret of its own.
  assert.equal((await look(at, 'pt_of_nobody', link)).kind, 'gone')
  const elsewhere = waiting(await at.password('sam', { link }))
  assert.notEqual(shown(await look(at, elsewhere, link)).secret, first.secret)
  assert.equal((await look(at, here, link)).kind, 'over')
  assert.equal((await type(at, here, appCode(at, first.secret))).kind, 'enrolment-over')
  assert.equal(at.messages().length, 1)

  // Nor does it lead anywhere for somebody else who has proved a password.
  const kim = waiting(await at.password('kim'))
  assert.equal((await look(at, kim, link)).kind, 'over')
})

test('[S2.21] an expired link says so and offers a new one; the old one stays dead', async (t) => {
  const at = await siteFor(t, 'erp')
  const pending = waiting(await at.password('sam'))
  const old = linkFor(at, 'sam')
  const { secret } = shown(await look(at, pending, old))
  at.clock.pass(seconds(239))
  assert.equal(await linkStanding(at.ports, { site: at.site.id, link: old }), 'live')
  at.clock.pass(seconds(1))
  assert.equal(await linkStanding(at.ports, { site: at.site.id, link: old }), 'over')
  assert.equal((await look(at, pending, old)).kind, 'over')
  assert.equal((await type(at, pending, appCode(at, secret))).kind, 'enrolment-over')

  const again = await sendEnrolmentLink(at.ports, { site: at.site.id, pendingToken: pending, origin: HOME })
  assert.equal(again.kind, 'sent')
  const link = linkFor(at, 'sam')
  assert.notEqual(link, old)
  const renewed = shown(await look(at, pending, link))
  assert.notEqual(renewed.secret, secret)
  assert.equal((await look(at, pending, old)).kind, 'over')
  assert.equal((await type(at, pending, appCode(at, secret))).kind, 'refused')
  opened(await type(at, pending, appCode(at, renewed.secret)))
})

test('[S2.22] enrolled once, the app serves every later sign-in without a mail', async (t) => {
  const at = await siteFor(t, 'erp')
  const secret = await enrol(at, 'sam')
  await at.pump()
  const mails = at.messages().length
  for (let day = 1; day <= 3; day += 1) {
    at.clock.pass(hours(24) + minutes(1))
    const pending = waiting(await at.password('sam'))
    opened(await type(at, pending, appCode(at, secret)))
  }
  await at.pump()
  assert.equal(at.messages().length, mails)
  assert.equal((await rows(at, 'factor.enrolled')).length, 1)
})
