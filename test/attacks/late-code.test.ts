import assert from 'node:assert/strict'
import { test } from 'node:test'
import { DEMO_SITE } from '#cli/demo-site.ts'
import { minutes, seconds } from '#domain/time.ts'
import { changeSettings } from '#usecases/settings.ts'
import { appCode, withApp } from '../enrolment-steps.ts'
import { opened, page, requestCode, siteFor, type, waiting } from '../steps.ts'
import { ADMIN } from '../world.ts'

// Somebody finds a mail of this morning, or makes an administrator believe that codes should live for a day. A code is good for ten
// minutes at most, by our clock and no other, and a new one takes the place of one that has run out.

test('[R-004] a longer life than ten minutes is refused, and nothing is changed', async (t) => {
  const at = await siteFor(t, 'manufacturing')
  for (const value of [601, 3_600, 86_400]) {
    const outcome = await changeSettings(at.ports, { ...ADMIN, site: DEMO_SITE, patch: { 'code.ttl_seconds': value } })
    assert.equal(outcome.kind, 'invalid')
  }
  assert.equal((await at.ports.store.siteFile(DEMO_SITE))?.settings['code.ttl_seconds'], 600)
  await at.set({ 'code.ttl_seconds': 60 })
})

test('[R-004] [R-010] [EX-01] a code passes in the last millisecond of its life and is expired in the next', async (t) => {
  for (const [late, kind] of [
    [-1, 'signed-in'],
    [0, 'refused'],
    [minutes(1), 'refused'],
  ] as const) {
    const at = await siteFor(t, 'manufacturing')
    const pending = waiting(await at.password('kim'))
    at.clock.pass(minutes(10) + late)
    const outcome = await type(at, pending, at.codeFor('kim'))
    assert.equal(outcome.kind, kind)
    if (outcome.kind === 'refused') assert.equal(outcome.reason, 'expired')
  }
})

test('[R-010] only our clock counts: it stands still, and the code lives, however late it is on every other one', async (t) => {
  const at = await siteFor(t, 'manufacturing')
  assert.ok(
    Math.abs(Date.now() - at.clock.now()) > minutes(10),
    'the clock of the test is not the clock of the machine',
  )
  const pending = waiting(await at.password('kim'))
  opened(await type(at, pending, at.codeFor('kim')))
})

test('[R-006] a resend repeats the living code; after its end a new one comes, and the old one is dead', async (t) => {
  const at = await siteFor(t, 'manufacturing')
  const pending = waiting(await at.password('kim'))
  const first = at.codeFor('kim')
  at.clock.pass(minutes(9))
  assert.equal((await requestCode(at, pending)).kind, 'sent')
  assert.equal(at.codeFor('kim'), first)
  // The resend has not made it live any longer.
  at.clock.pass(minutes(1))
  assert.ok(Number((await page(at, pending))?.codeExpiresAt) <= at.clock.now())
  const late = await type(at, pending, first)
  assert.deepEqual([late.kind, late.kind === 'refused' && late.reason], ['refused', 'expired'])

  assert.equal((await requestCode(at, pending)).kind, 'sent')
  const second = at.codeFor('kim')
  assert.notEqual(second, first)
  const old = await type(at, pending, first)
  assert.deepEqual([old.kind, old.kind === 'refused' && old.reason], ['refused', 'invalid'])
  at.clock.pass(seconds(30))
  opened(await type(at, pending, second))
})

test('[R-043] a phone may be half a minute off to either side, or not at all where the site says so', async (t) => {
  for (const [skew, accepted] of [
    [1, [-1, 0, 1]],
    [0, [0]],
  ] as const) {
    const passed: number[] = []
    for (const steps of [-2, -1, 0, 1, 2]) {
      const at = await siteFor(t, 'erp')
      await at.set({ 'totp.skew_steps': skew })
      const secret = await withApp(at, 'kim')
      const outcome = await type(at, waiting(await at.password('kim')), appCode(at, secret, steps))
      if (outcome.kind === 'signed-in') passed.push(steps)
      else assert.equal(outcome.kind, 'refused')
    }
    assert.deepEqual(passed, accepted)
  }
})

test('[R-045] a phone that is always late teaches the server nothing: the window stays where it is', async (t) => {
  const at = await siteFor(t, 'erp')
  const secret = await withApp(at, 'kim')
  for (let count = 0; count < 6; count += 1) {
    opened(await type(at, waiting(await at.password('kim')), appCode(at, secret, -1)))
    at.clock.pass(minutes(1))
    const tooLate = await type(at, waiting(await at.password('kim')), appCode(at, secret, -2))
    assert.equal(tooLate.kind, 'refused')
  }
  opened(await type(at, waiting(await at.password('kim')), appCode(at, secret, 1)))
})
