import assert from 'node:assert/strict'
import { test } from 'node:test'
import { minutes, seconds } from '#domain/time.ts'
import { appCode, withApp, wrongAppCode } from '../enrolment-steps.ts'
import { pagesOf } from '../pages-browser.ts'
import { opened, requestCode, siteFor, type, waiting } from '../steps.ts'
import type { World } from '../world.ts'

// A phone whose clock is off makes codes of another time. Its owner is told; somebody who guesses learns nothing from it: no answer
// speaks of a code that could still be used.

/** How many seconds the phone is said to be slow, or null: nothing is said of its clock. */
async function told(at: World, pending: string, code: string): Promise<number | null> {
  const outcome = await type(at, pending, code)
  assert.ok(outcome.kind === 'refused', JSON.stringify(outcome))
  return outcome.clock === null ? null : outcome.clock.slowBy / 1_000
}

test('[S2.24] [F13] two codes in a row that are off by the same amount name the clock and the three checks', async (t) => {
  const at = await siteFor(t, 'retail')
  const secret = await withApp(at, 'kim')
  at.clock.pass(minutes(10))
  const browser = pagesOf(at).browser()
  await browser.open('/acme/login')
  await browser.submit('/acme/login', { username: 'kim', password: 'kim-demo-password' })
  const first = await browser.submit('/acme/login/code', { code: appCode(at, secret, -8) })
  assert.doesNotMatch(first.text, /clock is about/)
  at.clock.pass(seconds(30))
  const second = await browser.submit('/acme/login/code', { code: appCode(at, secret, -8) })
  assert.match(second.text, /Your phone’s clock is about 4 minutes slow\. It is \d\d:\d\d:\d\d UTC here/)
  for (const check of [/date and time are right/, /set automatically/, /time zone is right/])
    assert.match(second.text, check)
})

test('[F13] one code alone, one code twice, two amounts, or a wrong code between: nothing is said', async (t) => {
  const at = await siteFor(t, 'retail')
  const secret = await withApp(at, 'kim')
  at.clock.pass(minutes(10))
  const pending = waiting(await at.password('kim'))
  const slow = appCode(at, secret, -8)
  assert.equal(await told(at, pending, slow), null)
  assert.equal(await told(at, pending, slow), null)
  at.clock.pass(seconds(30))
  assert.equal(await told(at, pending, appCode(at, secret, -5)), null)
  assert.equal(await told(at, pending, wrongAppCode(at, secret)), null)
})

test('[CK-05] [F13] codes of steps that can still be used are not told apart from wrong ones, and not burnt', async (t) => {
  const at = await siteFor(t, 'retail')
  const secret = await withApp(at, 'kim')
  const pending = waiting(await at.password('kim'))
  assert.equal(await told(at, pending, appCode(at, secret, 8)), null)
  at.clock.pass(seconds(30))
  const fast = appCode(at, secret, 8)
  assert.equal(await told(at, pending, fast), null)
  at.clock.pass(seconds(8 * 30))
  opened(await type(at, pending, fast))
})

test('[CK-05] a phone that is one step off passes', async (t) => {
  for (const steps of [-1, 1]) {
    const at = await siteFor(t, 'retail')
    const secret = await withApp(at, 'kim')
    at.clock.pass(minutes(5))
    opened(await type(at, waiting(await at.password('kim')), appCode(at, secret, steps)))
  }
})

test('[S4.23] after a wrong code of the app the page says that phone and server must agree on the time', async (t) => {
  const at = await siteFor(t, 'retail')
  const secret = await withApp(at, 'kim')
  const browser = pagesOf(at).browser()
  await browser.open('/acme/login')
  await browser.submit('/acme/login', { username: 'kim', password: 'kim-demo-password' })
  const page = await browser.submit('/acme/login/code', { code: wrongAppCode(at, secret) })
  assert.match(page.text, /Codes depend on the time: set your phone’s date and time to automatic\. It is \d\d:\d\d/)
})

test('[RP-07] after a resend the same code passes once, and then never', async (t) => {
  const at = await siteFor(t, 'manufacturing')
  const pending = waiting(await at.password('kim'))
  const code = at.codeFor('kim')
  at.clock.pass(seconds(30))
  assert.equal((await requestCode(at, pending)).kind, 'sent')
  assert.equal(at.codeFor('kim'), code)
  opened(await type(at, pending, code))
  assert.equal((await type(at, pending, code)).kind, 'gone')
  const next = waiting(await at.password('kim'))
  assert.equal((await type(at, next, code)).kind, 'refused')
})
