import assert from 'node:assert/strict'
import { test } from 'node:test'
import { TOTP, URI } from 'otpauth'
import { DEMO_SITE } from '#cli/demo-site.ts'
import { hours, seconds } from '#domain/time.ts'
import { textsFor } from '#web/texts/catalogue.ts'
import { appCode, enrol, linkFor, look, shown, startOver, wrongAppCode } from '../enrolment-steps.ts'
import { opened, page, rows, siteFor, standingOf, type, waiting } from '../steps.ts'

test('[S4.6] the QR page names the common apps, and its code is one that they all read', async (t) => {
  const at = await siteFor(t, 'retail')
  const { apps } = textsFor(null).enrol
  for (const name of ['Google Authenticator', 'Authy', 'LastPass Authenticator', 'Duo Mobile'])
    assert.ok(JSON.stringify(apps).includes(name), `${name} is not named`)
  const app = URI.parse(shown(await look(at, waiting(await at.password('kim')))).otpauthUri)
  assert.ok(app instanceof TOTP)
  assert.deepEqual([app.algorithm, app.digits, app.period], ['SHA1', 6, 30])
})

test('[S4.9] the QR page lives 240 seconds unless set otherwise', async (t) => {
  const at = await siteFor(t, 'retail')
  assert.equal((await at.ports.store.siteFile(DEMO_SITE))?.settings['enrolment.qr_ttl_seconds'], 240)
  const pending = waiting(await at.password('kim'))
  const first = shown(await look(at, pending))
  assert.equal(first.expiresAt, at.clock.now() + seconds(240))
  at.clock.pass(seconds(239))
  shown(await look(at, pending))
  at.clock.pass(seconds(1))
  assert.equal((await look(at, pending)).kind, 'over')

  await at.set({ 'enrolment.qr_ttl_seconds': 600 })
  const second = shown(await startOver(at, pending))
  assert.notEqual(second.secret, first.secret)
  assert.equal(second.expiresAt, at.clock.now() + seconds(600))
  await at.set({ 'enrolment.qr_ttl_seconds': null })
  assert.equal(shown(await look(at, pending)).expiresAt, at.clock.now() + seconds(240))
})

test('[S4.10] the issuer is a setting that the app shows; left empty it is the name of the site', async (t) => {
  const at = await siteFor(t, 'retail')
  const pending = waiting(await at.password('kim'))
  assert.match(shown(await look(at, pending)).otpauthUri, /^otpauth:\/\/totp\/Acme:kim@acme\.test\?.*&issuer=Acme&/)
  await at.set({ 'otp.issuer': 'Acme Shops' })
  const { otpauthUri } = shown(await look(at, pending))
  assert.match(otpauthUri, /^otpauth:\/\/totp\/Acme%20Shops:kim@acme\.test\?.*&issuer=Acme%20Shops&/)
})

test('[S4.17] two users never share a secret, and each is mailed a link of their own', async (t) => {
  const at = await siteFor(t, 'retail')
  const secrets = new Set<string>()
  const links = new Set<string>()
  for (const username of ['root', 'sam', 'kim', 'op']) {
    secrets.add(shown(await look(at, waiting(await at.password(username)))).secret)
    links.add(linkFor(at, username))
  }
  assert.deepEqual([secrets.size, links.size], [4, 4])
})

test('[S4.18] picture and manual key stand on the screen right after the password, where the setting allows it', async (t) => {
  const at = await siteFor(t, 'retail')
  const pending = waiting(await at.password('kim'))
  const onScreen = shown(await look(at, pending))
  assert.match(onScreen.secret, /^[A-Z2-7]{32}$/)
  assert.ok(onScreen.otpauthUri.includes(`secret=${onScreen.secret}&`))
  assert.equal(shown(await look(at, pending, linkFor(at, 'kim'))).secret, onScreen.secret)

  await at.set({ 'enrolment.channel': 'email_link' })
  const byMail = waiting(await at.password('sam'))
  assert.equal((await look(at, byMail)).kind, 'link-required')
  assert.equal((await startOver(at, byMail)).kind, 'link-required')
  shown(await look(at, byMail, linkFor(at, 'sam')))
})

test('[S4.19] the right code signs in, a wrong one does not', async (t) => {
  const at = await siteFor(t, 'retail')
  const secret = await enrol(at, 'kim')
  at.clock.pass(hours(8))
  const pending = waiting(await at.password('kim'))
  assert.equal((await page(at, pending))?.method, 'app')
  assert.equal((await type(at, pending, wrongAppCode(at, secret))).kind, 'refused')
  assert.equal(await standingOf(at, opened(await type(at, pending, appCode(at, secret)))), 'granted')
})

test('[S4.20] the app goes on working for later sign-ins', async (t) => {
  const at = await siteFor(t, 'retail')
  const secret = await enrol(at, 'kim')
  for (const pause of [seconds(31), hours(1), hours(24 * 400)]) {
    at.clock.pass(pause)
    opened(await type(at, waiting(await at.password('kim')), appCode(at, secret)))
  }
  assert.equal((await rows(at, 'factor.enrolled')).length, 1)
  assert.deepEqual(
    (await rows(at, 'auth.factor.ok')).map(({ data }) => data['method']),
    ['app', 'app', 'app', 'app'],
  )
})
