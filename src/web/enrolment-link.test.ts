import assert from 'node:assert/strict'
import { test } from 'node:test'
import { minutes, seconds } from '#domain/time.ts'
import * as OTPAuth from 'otpauth'
import { type Browser, pagesOf, type Seen } from '../../test/pages-browser.ts'
import { world, type World, type WorldOptions } from '../../test/world.ts'

const SAM = { username: 'sam', password: 'sam-demo-password' }

async function samSignsIn(
  options: WorldOptions,
): Promise<World & { browser: Browser; seen: Seen; pages: ReturnType<typeof pagesOf> }> {
  const here = await world(options)
  const pages = pagesOf(here)
  const browser = pages.browser()
  await browser.open('/acme/login')
  return { ...here, pages, browser, seen: await browser.submit('/acme/login', SAM) }
}

/** The path in the newest mail. */
function linkIn({ messages }: World): string {
  const path = /http:\/\/localhost:4180(?<path>\/acme\/enrol\/[\w-]+)/.exec(messages('email')[0]?.text ?? '')?.groups?.[
    'path'
  ]
  assert.ok(path, 'the mail has a link')
  return path
}

/** What an authenticator app makes of the picture: its link says the same. */
function appCode(seen: Seen, at: number): string {
  const uri = /href="(?<uri>otpauth:[^"]*)"/.exec(seen.markup)?.groups?.['uri']?.replaceAll('&amp;', '&')
  assert.ok(uri, 'the page has a link for the app')
  const app = OTPAuth.URI.parse(uri)
  assert.ok(app instanceof OTPAuth.TOTP)
  return app.generate({ timestamp: at })
}

test('[S2.6] [S2.7] [S2.20] password, mail, page with the QR code, scan, code, signed in: in this order', async () => {
  const here = await samSignsIn({ preset: 'erp' })
  const { browser, seen, clock, close } = here
  assert.match(
    seen.text,
    /We sent a link to s•••@acme.test. Open it, scan the picture that it shows, then enter the code here/,
  )
  assert.doesNotMatch(seen.markup, /<svg|otpauth:/)
  assert.equal(here.messages().length, 1)
  const link = linkIn(here)
  const opened = await browser.open(link)
  assert.match(opened.markup, /<svg/)
  assert.doesNotMatch(here.messages()[0]?.text ?? '', /otpauth|secret=/)
  const inside = await browser.submit(`${link}/code`, { code: appCode(opened, clock.now()) })
  assert.equal(inside.at, '/acme/account')
  assert.match(inside.text, /code from an authenticator app/)
  await close()
})

test('[S2.21] another browser is asked for the password before the QR code; looking changes nothing', async () => {
  const here = await samSignsIn({ preset: 'erp' })
  const { pages, clock, messages, trail, close } = here
  const link = linkIn(here)
  const before = (await trail()).length
  const other = pages.browser()
  for (let scans = 0; scans < 3; scans++) {
    const scanned = await other.open(link)
    assert.equal(scanned.status, 200)
    assert.doesNotMatch(scanned.markup, /<svg|otpauth:/)
  }
  assert.equal((await trail()).length, before)
  const wrong = await other.submit(link, { ...SAM, password: 'no' })
  assert.equal(wrong.status, 401)
  assert.doesNotMatch(wrong.markup, /<svg/)
  const shown = await other.submit(link, SAM)
  assert.match(shown.markup, /<svg/)
  assert.equal(messages().length, 1, 'the link that was sent is enough')
  assert.equal((await other.submit(`${link}/code`, { code: appCode(shown, clock.now()) })).at, '/acme/account')
  await close()
})

test('[R-241] [S2.21] a link that has expired says so and offers a new one', async () => {
  const here = await samSignsIn({ preset: 'erp' })
  const { browser, pages, clock, messages, close } = here
  const link = linkIn(here)
  clock.pass(seconds(240))
  const over = await browser.open(link)
  assert.equal(over.status, 410)
  assert.match(over.text, /This link has expired/)
  assert.match((await pages.browser().open(link)).text, /Sign in to get a new one/)
  const waiting = await browser.submit('/acme/login/link')
  assert.equal(waiting.status, 200)
  assert.match(waiting.text, /We sent a link to s•••@acme.test/)
  assert.equal(messages().length, 2)
  assert.notEqual(linkIn(here), link)
  assert.match((await browser.open(linkIn(here))).markup, /<svg/)
  assert.equal((await browser.open(link)).status, 410, 'the link before leads nowhere')
  await close()
})

test('the link of somebody else shows nothing to who has proved another password', async () => {
  const here = await samSignsIn({ preset: 'erp' })
  const link = linkIn(here)
  const kim = here.pages.browser()
  await kim.open('/acme/login')
  await kim.submit('/acme/login', { username: 'kim', password: 'kim-demo-password' })
  const seen = await kim.open(link)
  assert.doesNotMatch(seen.markup, /<svg|otpauth:/)
  assert.match(seen.text, /This link belongs to another sign-in/)
  const still = await kim.submit(link, { username: 'kim', password: 'kim-demo-password' })
  assert.doesNotMatch(still.markup, /<svg|otpauth:/)
  await here.close()
})

test('[S4.18] on the screen: three steps, the key in groups of four, and the first code signs in', async () => {
  const { browser, seen, clock, close } = await samSignsIn({ preset: 'retail' })
  assert.match(seen.markup, /<svg/)
  assert.equal(seen.markup.match(/<ol class="steps">.*<\/ol>/s)?.[0].match(/<h2>/g)?.length, 3)
  assert.match(seen.markup, /<code class="key" dir="ltr">(?:[A-Z2-7]{4} ){7}[A-Z2-7]{4}<\/code>/)
  assert.match(seen.text, /We also sent a link to this page to s•••@acme.test/)
  const wrong = await browser.submit('/acme/login/code', { code: '000000' })
  assert.equal(wrong.status, 401)
  assert.match(wrong.text, /That code is not right.* 4 tries left/)
  assert.match(wrong.markup, /<svg/)
  assert.equal((await browser.submit('/acme/login/code', { code: appCode(wrong, clock.now()) })).at, '/acme/account')
  await close()
})

test('[S4.6] the page with the QR code lists apps that work', async () => {
  const { seen, close } = await samSignsIn({ preset: 'retail' })
  for (const app of [
    'Google Authenticator',
    'Microsoft Authenticator',
    'Authy',
    'LastPass Authenticator',
    'Duo Mobile',
  ]) {
    assert.ok(seen.text.includes(app), app)
  }
  await close()
})

test('a QR code that ran out is shown anew at the press of a button, with another secret', async () => {
  const { browser, seen, clock, close } = await samSignsIn({ preset: 'retail' })
  clock.pass(minutes(4))
  const late = await browser.submit('/acme/login/code', { code: appCode(seen, clock.now()) })
  assert.equal(late.status, 410)
  assert.match(late.text, /This QR code does not count any more/)
  assert.match((await browser.open('/acme/login')).text, /The QR code has expired/)
  const renewed = await browser.submit('/acme/login/enrol')
  assert.equal(renewed.status, 200)
  const [before, after] = [seen, renewed].map(({ markup }) => /otpauth:[^"]*/.exec(markup)?.[0])
  assert.ok(after && after !== before)
  assert.doesNotMatch(renewed.text, /We also sent a link/, 'the mail before leads to the secret before')
  await close()
})

test('a mail that cannot be sent is said, with whom to turn to', async () => {
  const here = await world({ preset: 'erp' })
  await here.mailbox.setBehaviour({ email: 'reject' })
  const browser = pagesOf(here).browser()
  await browser.open('/acme/login')
  const seen = await browser.submit('/acme/login', SAM)
  assert.match(seen.text, /The link could not be sent to s•••@acme.test/)
  assert.match(seen.text, /At the gate house/)
  await here.close()
})
