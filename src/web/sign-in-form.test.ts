import assert from 'node:assert/strict'
import { test } from 'node:test'
import { hours } from '#domain/time.ts'
import { pagesOf } from '../../test/pages-browser.ts'
import { world } from '../../test/world.ts'

const KIM = { username: 'kim', password: 'kim-demo-password' }

test('[R-103] [SE-16] a wrong password and an unknown user get the same page, with the name kept and the password gone', async () => {
  const here = await world()
  const browser = pagesOf(here).browser()
  await browser.open('/acme/login')
  const wrong = await browser.submit('/acme/login', { username: 'kim', password: 'wrong' })
  const unknown = await browser.submit('/acme/login', { username: 'nobody', password: 'wrong' })
  assert.equal(wrong.status, 401)
  assert.match(wrong.title, /^Error: Sign in to Acme/)
  assert.match(wrong.markup, /name="username"[^>]* value="kim"/)
  assert.doesNotMatch(wrong.markup, /name="password"[^>]* value=/)
  assert.equal(unknown.status, 401)
  assert.equal(unknown.markup.replaceAll('nobody', 'kim'), wrong.markup)
  await here.close()
})

test('an empty form is not a wrong password', async () => {
  const here = await world()
  const browser = pagesOf(here).browser()
  await browser.open('/acme/login')
  const seen = await browser.submit('/acme/login', { username: 'kim', password: '' })
  assert.equal(seen.status, 400)
  assert.match(seen.text, /Enter your user name and your password/)
  await here.close()
})

test('too many wrong passwords say until when', async () => {
  const here = await world()
  const browser = pagesOf(here).browser()
  await browser.open('/acme/login')
  let seen = await browser.submit('/acme/login', { username: 'kim', password: 'wrong' })
  for (let more = 0; more < 20 && seen.status === 401; more++) {
    seen = await browser.submit('/acme/login', { username: 'kim', password: 'wrong' })
  }
  assert.equal(seen.status, 429)
  assert.match(seen.text, /Too many wrong passwords. You can try again from 09:\d\d:\d\d UTC/)
  assert.ok(Number(seen.headers.get('retry-after')) > 0)
  await here.close()
})

test('where to go and what for survive every step', async () => {
  const here = await world({ preset: 'fleet' })
  const browser = pagesOf(here).browser()
  const first = await browser.open('/acme/login?application=manager&next=/acme/account?from=manager')
  assert.match(first.text, /You are signing in to Manager/)
  await browser.submit('/acme/login', { username: 'kim', password: 'wrong' })
  await browser.submit('/acme/login', KIM)
  await browser.submit('/acme/login/code', { code: '000000' })
  const inside = await browser.submit('/acme/login/code', { code: here.codeFor('kim') })
  assert.equal(inside.at, '/acme/account?from=manager')
  assert.match(inside.text, /Signed in to Manager/)
  await here.close()
})

test('nobody is sent to another place than this site', async () => {
  const here = await world()
  await here.set({ 'two_factor.enabled': false })
  for (const next of ['https://evil.test/', '//evil.test/', '/\\evil.test', '/other/account', 'javascript:alert(1)']) {
    const browser = pagesOf(here).browser()
    const form = await browser.open(`/acme/login?next=${encodeURIComponent(next)}`)
    assert.ok(!form.markup.includes('evil.test') && !form.markup.includes('alert'))
    assert.equal((await browser.submit('/acme/login', { ...KIM, next })).at, '/acme/account')
  }
  await here.close()
})

test('an application that does not exist is not taken for another one', async () => {
  const here = await world()
  const browser = pagesOf(here).browser()
  await browser.open('/acme/login?application=%3Cb%3Enone')
  const seen = await browser.submit('/acme/login', KIM)
  assert.equal(seen.status, 400)
  assert.match(seen.text, /There is no application “<b>none” here/)
  await here.close()
})

test('a program is told that this page is not its way in', async () => {
  const here = await world()
  const browser = pagesOf(here).browser()
  await browser.open('/acme/login')
  const seen = await browser.submit('/acme/login', { username: 'svc', password: 'svc-demo-password' })
  assert.equal(seen.status, 401)
  assert.match(seen.text, /It signs in with an API key/)
  await here.close()
})

test('who is refused by the policy is told why and whom to turn to', async () => {
  const here = await world({ preset: 'scheduling' })
  await here.mailbox.setBehaviour({ sms: 'unconfigured', email: 'unconfigured' })
  const browser = pagesOf(here).browser()
  await browser.open('/acme/login')
  const seen = await browser.submit('/acme/login', KIM)
  assert.equal(seen.status, 403)
  assert.match(seen.text, /nothing is set up here that could bring you one/)
  assert.match(seen.text, /Robin Root/)
  await here.close()
})

test('a sign-in that ran out says so where it is come back to', async () => {
  const here = await world()
  const browser = pagesOf(here).browser()
  await browser.open('/acme/login')
  await browser.submit('/acme/login', KIM)
  here.clock.pass(hours(1))
  const late = await browser.open('/acme/login')
  assert.match(late.text, /This sign-in has ended. Enter your password to start again/)
  assert.match(late.markup, /name="password"/)
  assert.doesNotMatch((await browser.open('/acme/login')).text, /has ended/)
  await here.close()
})

test('cookies live as long as what they stand for: a session, a remembered browser, a pending login', async () => {
  const here = await world()
  const browser = pagesOf(here).browser()
  await browser.open('/acme/login')
  await browser.submit('/acme/login', KIM)
  assert.match(
    browser.setCookies().join('\n'),
    /^__Host-cs-acme-pending=pt_[\w-]+; Path=\/; HttpOnly; SameSite=Lax; Secure$/,
  )
  await browser.submit('/acme/login/code', { code: here.codeFor('kim') })
  const cookies = browser.setCookies().join('\n')
  assert.match(cookies, /__Host-cs-acme-session=st_[\w-]+; Path=\/; Max-Age=7776000;/)
  assert.match(cookies, /__Host-cs-acme-device=dt_[\w-]+; Path=\/; Max-Age=34560000;/)
  assert.match(cookies, /__Host-cs-acme-pending=; Path=\/; Max-Age=0;/)
  await here.close()
})

test('the pages need no script and load one stylesheet that is kept for ever', async () => {
  const here = await world()
  const browser = pagesOf(here).browser()
  const seen = await browser.open('/acme/login')
  assert.doesNotMatch(seen.markup, /<script|\son\w+=|style="/)
  const href = /<link rel="stylesheet" href="(?<href>[^"]*)">/.exec(seen.markup)?.groups?.['href'] ?? ''
  const sheet = await browser.open(href)
  assert.match(sheet.headers.get('content-type') ?? '', /^text\/css/)
  assert.match(sheet.headers.get('cache-control') ?? '', /immutable/)
  assert.equal(seen.headers.get('cache-control'), 'no-store')
  await here.close()
})
