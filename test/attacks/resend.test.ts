import assert from 'node:assert/strict'
import { test } from 'node:test'
import { seconds } from '#domain/time.ts'
import { opened, page, requestCode, siteFor, standingOf, type, waiting } from '../steps.ts'

// Nobody means harm here, and people are locked out all the same: the first mail comes late, "send again" makes it worthless, the
// second one ends the sign-in in the other tab. And the same patience must not give anybody a code that passes twice.

test('[F14] the code of the first mail passes after a resend, once; then the second mail is worth nothing', async (t) => {
  const at = await siteFor(t, 'manufacturing')
  const pending = waiting(await at.password('kim'))
  const first = at.codeFor('kim')
  at.clock.pass(seconds(30))
  assert.equal((await requestCode(at, pending)).kind, 'sent')
  assert.equal(at.messages().length, 2)
  const second = at.codeFor('kim')
  assert.equal(second, first)
  opened(await type(at, pending, first))
  assert.equal((await type(at, pending, second)).kind, 'gone')
})

test('[F14] the page says from when on a new code can be had, and to which address it goes', async (t) => {
  const at = await siteFor(t, 'manufacturing')
  const pending = waiting(await at.password('kim'))
  const view = await page(at, pending)
  assert.deepEqual(view?.channels, [{ channel: 'email', to: 'k•••@acme.test', resendAt: at.clock.now() + seconds(30) }])
  assert.deepEqual(view.sending, { state: 'accepted', channel: 'email', to: 'k•••@acme.test', insteadOf: null })

  assert.deepEqual(await requestCode(at, pending), { kind: 'cooldown', retryAt: at.clock.now() + seconds(30) })
  at.clock.pass(seconds(30))
  assert.equal((await requestCode(at, pending)).kind, 'sent')
  assert.equal((await page(at, pending))?.channels[0]?.resendAt, at.clock.now() + seconds(30))
})

test('[F14] a resend in one tab leaves the sign-in of the other tab, and its code, alone', async (t) => {
  const at = await siteFor(t, 'manufacturing')
  const left = waiting(await at.password('kim'))
  const codeOfLeft = at.codeFor('kim')
  const right = waiting(await at.password('kim'))
  at.clock.pass(seconds(30))
  assert.equal((await requestCode(at, right)).kind, 'sent')
  opened(await type(at, right, at.codeFor('kim')))
  opened(await type(at, left, codeOfLeft))
})

test('[F14] edge case 12: two tabs with two pending sign-ins, and neither ends the other, passed or failed', async (t) => {
  const at = await siteFor(t, 'manufacturing')
  const left = waiting(await at.password('kim'))
  const codeOfLeft = at.codeFor('kim')
  const right = waiting(await at.password('kim'))
  for (let count = 0; count < 5; count += 1) await type(at, right, codeOfLeft)
  assert.equal((await type(at, right, at.codeFor('kim'))).kind, 'exhausted')
  const token = opened(await type(at, left, codeOfLeft))
  const again = opened(await type(at, waiting(await at.password('kim')), at.codeFor('kim')))
  assert.deepEqual([await standingOf(at, token), await standingOf(at, again)], ['granted', 'granted'])
})
