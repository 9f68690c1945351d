import assert from 'node:assert/strict'
import { test } from 'node:test'
import { days } from '#domain/time.ts'
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
