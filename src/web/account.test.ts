import assert from 'node:assert/strict'
import { test } from 'node:test'
import { days, minutes } from '#domain/time.ts'
import { bytesOf, totpNow } from '../../test/own-app.ts'
import { pagesOf } from '../../test/pages-browser.ts'
import { world } from '../../test/world.ts'

const KIM = { username: 'kim', password: 'kim-demo-password' }

test('the account page says who is signed in, to what, how it was proved and until when', async () => {
  const here = await world()
  const browser = pagesOf(here).browser()
  assert.match((await browser.open('/acme/account')).at, /^\/acme\/login\?next=%2Facme%2Faccount$/)
  await browser.submit('/acme/login', KIM)
  const seen = await browser.submit('/acme/login/code', { code: here.codeFor('kim') })
  assert.match(seen.text, /Name Kim \(kim\) Signed in to Web Proved with password code by email/)
  assert.match(seen.text, /Since 2 November 2026, 09:00 UTC Ends 31 January 2027, 09:00 UTC/)
  assert.match((await browser.open('/acme/login')).text, /You are signed in as Kim/)
  assert.equal((await browser.open('/acme')).at, '/acme/account')
  here.clock.pass(days(90))
  assert.match((await browser.open('/acme/account')).text, /Sign in to Acme/)
  await here.close()
})

test('who signs out is out, and the browser stays remembered', async () => {
  const here = await world()
  const browser = pagesOf(here).browser()
  await browser.open('/acme/login')
  await browser.submit('/acme/login', KIM)
  await browser.submit('/acme/login/code', { code: here.codeFor('kim') })
  const session = browser.cookies.get('__Host-cs-acme-session')
  const seen = await browser.submit('/acme/logout')
  assert.match(seen.text, /You have signed out/)
  assert.deepEqual([...browser.cookies.keys()], ['__Host-cs-acme-device'])
  const { ports, site, trail } = here
  const file = await ports.store.sessionFile(site.id, ports.vault.digest(session ?? ''), here.clock.now())
  assert.equal(file?.session.endedAt, here.clock.now())
  assert.equal((await trail()).at(-1)?.ev, 'session.ended')
  await here.close()
})

test('who was let in because no channel was set up is told so', async () => {
  const here = await world()
  await here.mailbox.setBehaviour({ email: 'unconfigured' })
  const browser = pagesOf(here).browser()
  await browser.open('/acme/login')
  const seen = await browser.submit('/acme/login', KIM)
  assert.match(seen.text, /You were let in without a second proof/)
  await here.close()
})

test('[F21] [RE-01] an administrator with a new app is led to recovery codes, and on when they are kept safe', async () => {
  const here = await world()
  await here.set({ 'methods.allowed': ['app', 'recovery'] })
  const browser = pagesOf(here).browser()
  await browser.open('/acme/login')
  const enrol = await browser.submit('/acme/login', { username: 'root', password: 'root-demo-password' })
  const secret = /<code class="key"[^>]*>(?<key>[^<]*)</.exec(enrol.markup)?.groups?.['key']?.replaceAll(' ', '') ?? ''
  const led = await browser.submit('/acme/login/code', { code: totpNow(here, bytesOf(secret)) })
  assert.equal(led.at, '/acme/account/recovery')
  assert.match(led.text, /As an administrator you need recovery codes/)
  const shown = await browser.submit('/acme/account/recovery')
  assert.equal(shown.markup.match(/<li><code dir="ltr">[0-9a-z]{5}-[0-9a-z]{5}<\/code><\/li>/g)?.length, 10)
  assert.equal(shown.headers.get('cache-control'), 'no-store')
  assert.equal((await browser.open('/acme/account')).at, '/acme/account/recovery', 'not before they are kept')
  browser.turnTo(shown)
  const kept = await browser.submit('/acme/account/recovery/kept')
  assert.match(kept.text, /The recovery codes can be used from now on/)
  assert.match(kept.text, /10 recovery codes are left/)
  await here.close()
})

test('[F21] [RE-01] the console opens to an administrator when recovery codes are kept, at the page that was wanted', async () => {
  const here = await world()
  await here.set({ 'methods.allowed': ['app', 'recovery'] })
  const browser = pagesOf(here).browser()
  const wanted = '/acme/console/users?search=kim'
  await browser.open(wanted)
  const enrol = await browser.submit('/acme/login', { username: 'root', password: 'root-demo-password' })
  const secret = /<code class="key"[^>]*>(?<key>[^<]*)</.exec(enrol.markup)?.groups?.['key']?.replaceAll(' ', '') ?? ''
  const led = await browser.submit('/acme/login/code', { code: totpNow(here, bytesOf(secret)) })
  const first = `/acme/account/recovery?next=${encodeURIComponent(wanted)}`
  assert.equal(led.at, first)
  assert.match(led.text, /As an administrator you need recovery codes/)
  assert.equal((await browser.open('/acme/console')).at, '/acme/account/recovery?next=%2Facme%2Fconsole')

  here.clock.pass(minutes(16))
  const proof = await browser.open(first)
  const asked = await browser.submit('/acme/account/prove')
  assert.doesNotMatch(proof.text, /As an administrator/)
  browser.turnTo(asked)
  const back = await browser.submit('/acme/login/code', { code: totpNow(here, bytesOf(secret)) })
  assert.equal(back.at, first, 'a proof that had to be renewed loses no way')
  await browser.submit('/acme/account/recovery')
  const kept = await browser.submit('/acme/account/recovery/kept')
  assert.equal(kept.at, wanted)
  await here.close()
})

test('[R-122] the account page lists what there is, and asks for a fresh proof before it is changed', async () => {
  const here = await world()
  await here.set({ 'methods.allowed': ['app', 'email'] })
  const browser = pagesOf(here).browser()
  await browser.open('/acme/login')
  await browser.submit('/acme/login', KIM)
  const seen = await browser.submit('/acme/login/code', { code: here.codeFor('kim') })
  assert.match(seen.text, /Nothing is set up besides your password/)
  assert.match(seen.text, /Firefox, remembered since/)
  assert.match(seen.text, /Firefox at 198\.51\.100\.7, since .* this one/)
  here.clock.pass(minutes(16))
  browser.turnTo(await browser.open('/acme/account'))
  const asked = await browser.submit('/acme/account/app')
  assert.match(asked.at, /^\/acme\/login\?next=%2Facme%2Faccount&login=/)
  const proved = await browser.submit('/acme/login/code', { code: here.codeFor('kim') })
  assert.equal(proved.at, '/acme/account')
  const enrol = await browser.submit('/acme/account/app')
  const secret = /<code class="key"[^>]*>(?<key>[^<]*)</.exec(enrol.markup)?.groups?.['key']?.replaceAll(' ', '') ?? ''
  const bound = await browser.submit('/acme/login/code', { code: totpNow(here, bytesOf(secret)) })
  assert.match(bound.text, /Authenticator app · Authenticator app/)
  assert.match(bound.text, /Set up a second one/)
  const named = await browser.submit('/acme/account/name', { label: 'My <b>phone</b>' })
  assert.match(named.text, /The name is saved/)
  assert.match(named.text, /My <b>phone<\/b>/, 'markup is text')
  await here.close()
})

test('who is asked for nothing more confirms with the password', async () => {
  const here = await world()
  await here.set({ 'two_factor.enabled': false })
  const browser = pagesOf(here).browser()
  await browser.open('/acme/login')
  await browser.submit('/acme/login', KIM)
  here.clock.pass(minutes(16))
  await browser.open('/acme/account/password')
  const asked = await browser.submit('/acme/account/prove')
  assert.match(asked.at, /^\/acme\/account\/confirm\?next=/)
  assert.match((await browser.submit('/acme/account/confirm', { password: 'wrong' })).text, /is not right/)
  assert.equal(
    (await browser.submit('/acme/account/confirm', { password: 'kim-demo-password' })).at,
    '/acme/account/password',
  )
  const done = await browser.submit('/acme/account/password', {
    current: 'kim-demo-password',
    password: 'a longer one',
  })
  assert.match(done.text, /The password is changed/)
  await here.close()
})
