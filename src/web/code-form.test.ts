import assert from 'node:assert/strict'
import { test } from 'node:test'
import { minutes, seconds } from '#domain/time.ts'
import { type Browser, pagesOf, type Seen } from '../../test/pages-browser.ts'
import { world, type World, type WorldOptions } from '../../test/world.ts'

const SEND = '/acme/login/send'
const CODE = '/acme/login/code'
const CONTACT = 'At the gate house'

type Door = World & { readonly browser: Browser; readonly seen: Seen }

async function atTheDoor(
  username: string,
  options: WorldOptions,
  settings: Record<string, unknown> = {},
): Promise<Door> {
  const here = await world(options)
  if (Object.keys(settings).length > 0) await here.set(settings)
  const browser = pagesOf(here).browser()
  await browser.open('/acme/login')
  const seen = await browser.submit('/acme/login', { username, password: `${username}-demo-password` })
  return { ...here, browser, seen }
}

test('[S1.4] after the right password the same page asks for the code, with the cursor in the field', async () => {
  const { browser, seen, codeFor, close } = await atTheDoor('kim', { preset: 'scheduling' })
  assert.equal(seen.status, 200)
  assert.match(seen.at, /^\/acme\/login(?:\?|$)/)
  assert.match(seen.markup, /<input id="code"[^>]* autofocus/)
  assert.match(seen.text, /We sent a code by SMS to •••• 003. It works for 10 minutes, until 09:10:00 UTC/)
  const inside = await browser.submit(CODE, { code: codeFor('kim') })
  assert.equal(inside.at, '/acme/account')
  assert.match(inside.text, /Kim \(kim\)/)
  assert.ok(!browser.cookies.has('__Host-cs-acme-pending'))
  await close()
})

test('[F22] spaces in a pasted code do not matter', async () => {
  const { browser, codeFor, close } = await atTheDoor('kim', {})
  const code = codeFor('kim')
  assert.equal((await browser.submit(CODE, { code: ` ${code.slice(0, 3)} ${code.slice(3)} ` })).at, '/acme/account')
  await close()
})

test('[S3.6] email is offered after one wrong code, and brings a code that passes', async () => {
  const { browser, seen, codeFor, messages, close } = await atTheDoor('kim', { preset: 'fleet' })
  assert.deepEqual(
    messages().map(({ channel }) => channel),
    ['sms'],
  )
  assert.doesNotMatch(seen.markup, /name="channel" value="email"/)

  const wrong = await browser.submit(CODE, { code: '000000' })
  assert.equal(wrong.status, 401)
  assert.match(wrong.title, /^Error: /)
  assert.match(wrong.text, /That code is not right. 4 tries left./)
  assert.match(wrong.markup, /<input id="code"[^>]* aria-describedby="problem code-hint" aria-invalid="true"/)
  assert.match(wrong.markup, /name="channel" value="sms"/)

  const sent = await browser.submit(SEND, { channel: 'email' })
  assert.equal(sent.status, 200)
  assert.match(sent.text, /We sent a code by email to k•••@acme.test/)
  assert.equal((await browser.submit(CODE, { code: codeFor('kim', 'email') })).at, '/acme/account')
  await close()
})

test('[S3.12] [S3.13] the contact person is shown after the third wrong code, and not before', async () => {
  const { browser, seen, codeFor, close } = await atTheDoor('kim', { preset: 'fleet' })
  assert.ok(!seen.text.includes(CONTACT))
  for (const failures of [1, 2, 3]) {
    const wrong = await browser.submit(CODE, { code: '000000' })
    assert.equal(wrong.text.includes(CONTACT), failures === 3, `after ${failures}`)
  }
  assert.equal(
    (await browser.submit(CODE, { code: codeFor('kim') })).at,
    '/acme/account',
    'three wrong codes lock nothing',
  )
  await close()
})

test('[R-241] [F14] a resend waits visibly and brings the same code again', async () => {
  const { browser, codeFor, messages, clock, close } = await atTheDoor('kim', {})
  const first = codeFor('kim')
  const early = await browser.submit(SEND, { channel: 'email' })
  assert.equal(early.status, 429)
  assert.equal(early.headers.get('retry-after'), '30')
  assert.match(early.text, /You can ask for another code from 09:00:30 UTC/)
  clock.pass(seconds(30))
  const sent = await browser.submit(SEND, { channel: 'email' })
  assert.equal(sent.status, 200)
  assert.equal(messages().length, 2)
  assert.equal(codeFor('kim'), first)
  await close()
})

test('[R-241] an expired code says so, and one click brings a new one', async () => {
  const { browser, codeFor, clock, close } = await atTheDoor('kim', {})
  const first = codeFor('kim')
  clock.pass(minutes(10) + 1)
  const expired = await browser.submit(CODE, { code: first })
  assert.match(expired.text, /That code has expired. Ask for a new one./)
  assert.match(expired.markup, /<details open/)
  await browser.submit(SEND, { channel: 'email' })
  assert.notEqual(codeFor('kim'), first)
  await close()
})

test('[S1.8] an SMS that cannot be sent goes by mail, and the page says so', async () => {
  const here = await world({ preset: 'scheduling' })
  await here.mailbox.setBehaviour({ sms: 'reject' })
  const browser = pagesOf(here).browser()
  await browser.open('/acme/login')
  const seen = await browser.submit('/acme/login', { username: 'kim', password: 'kim-demo-password' })
  assert.match(seen.text, /The SMS could not be sent. The code went by email to k•••@acme.test instead./)
  assert.equal((await browser.submit(CODE, { code: here.codeFor('kim', 'email') })).at, '/acme/account')
  assert.ok((await here.trail()).some(({ ev }) => ev === 'delivery.fallback'))
  await here.close()
})

test('a message that could not be sent is not claimed to have been, and names whom to turn to', async () => {
  const here = await world()
  await here.mailbox.setBehaviour({ email: 'reject' })
  const browser = pagesOf(here).browser()
  await browser.open('/acme/login')
  const seen = await browser.submit('/acme/login', { username: 'kim', password: 'kim-demo-password' })
  assert.match(seen.text, /We could not send a code by email to k•••@acme.test/)
  assert.doesNotMatch(seen.text, /We sent/)
  assert.ok(seen.text.includes(CONTACT))
  await here.close()
})

test('a browser ticked as own is not asked again; the box stays as it was left', async () => {
  const { browser, seen, codeFor, close } = await atTheDoor('kim', {})
  assert.match(seen.markup, /<input id="remember"[^>]* checked/)
  assert.match(seen.text, /don’t ask here again for 7 days/)
  const wrong = await browser.submit(CODE, { code: '000000' }, ['remember'])
  assert.doesNotMatch(wrong.markup, /<input id="remember"[^>]* checked/)
  await browser.submit(CODE, { code: codeFor('kim'), remember: 'yes' })
  await browser.submit('/acme/logout')
  const again = await browser.submit('/acme/login', { username: 'kim', password: 'kim-demo-password' })
  assert.equal(again.at, '/acme/account')
  await close()
})

test('too many wrong codes end the sign-in, and the next page starts another', async () => {
  const { browser, close } = await atTheDoor('kim', {})
  let seen: Seen | undefined
  for (let failures = 1; failures <= 5; failures++) seen = await browser.submit(CODE, { code: '000000' })
  assert.equal(seen?.status, 401)
  assert.match(seen?.text ?? '', /Too many wrong codes, so this sign-in has ended/)
  assert.match(seen?.markup ?? '', /name="password"/)
  assert.match(
    (await browser.submit('/acme/login', { username: 'kim', password: 'kim-demo-password' })).text,
    /Security code/,
  )
  await close()
})

test('while the second step is locked, right and wrong codes get the same page', async () => {
  const { browser, codeFor, set, close } = await atTheDoor('kim', {})
  await set({ 'lock.after': 3 })
  for (let failures = 1; failures <= 3; failures++) await browser.submit(CODE, { code: '000000' })
  const right = await browser.submit(CODE, { code: codeFor('kim') })
  const wrong = await browser.submit(CODE, { code: '000000' })
  assert.equal(right.status, 429)
  assert.equal(right.headers.get('retry-after'), '900')
  assert.match(right.text, /No code is accepted before 09:15:00 UTC/)
  assert.equal(right.markup, wrong.markup)
  await close()
})

test('[F14] two tabs have a sign-in each: neither ends the other, and each takes its own code', async () => {
  const { browser, seen: kims, codeFor, close } = await atTheDoor('kim', {})
  await browser.open('/acme/login?login=none')
  const sams = await browser.submit('/acme/login', { username: 'sam', password: 'sam-demo-password' })
  assert.match(sams.text, /Signing in as Sam Accounts/)
  browser.turnTo(kims)
  assert.match((await browser.submit(CODE, { code: codeFor('kim') })).text, /Kim \(kim\)/)
  browser.turnTo(sams)
  assert.match((await browser.submit(CODE, { code: codeFor('sam') })).text, /Sam Accounts \(sam\)/)
  await close()
})

test('a sign-in that was given up takes no code any more', async () => {
  const { browser, seen, codeFor, close } = await atTheDoor('kim', {})
  assert.match((await browser.submit('/acme/login/cancel')).text, /You can use another account now/)
  browser.turnTo(seen)
  const late = await browser.submit(CODE, { code: codeFor('kim') })
  assert.equal(late.status, 410)
  assert.match(late.text, /This sign-in has ended/)
  await close()
})

test('a code that is none is not counted', async () => {
  const { browser, close } = await atTheDoor('kim', {})
  const seen = await browser.submit(CODE, { code: '12 34' })
  assert.equal(seen.status, 400)
  assert.match(seen.text, /Type the 6 digits of your code/)
  assert.match((await browser.submit(CODE, { code: '000000' })).text, /4 tries left/)
  await close()
})

test('[S4.21] the first right password asks for another one; the second sends one code', async () => {
  const settings = { 'methods.allowed': ['email', 'sms'] }
  const { browser, seen, messages, codeFor, close } = await atTheDoor('kim', { preset: 'retail' }, settings)
  assert.match(seen.text, /Enter your password once more to receive a code/)
  assert.match(seen.markup, /name="username"[^>]* value="kim"/)
  assert.equal(messages().length, 0)
  const second = await browser.submit('/acme/login', { username: 'kim', password: 'kim-demo-password' })
  assert.match(second.text, /We sent a code by SMS/)
  assert.equal(messages().length, 1)
  assert.equal((await browser.submit(CODE, { code: codeFor('kim') })).at, '/acme/account')
  await close()
})
