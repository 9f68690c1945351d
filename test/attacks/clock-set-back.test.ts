import assert from 'node:assert/strict'
import { test } from 'node:test'
import { days, hours, minutes, seconds } from '#domain/time.ts'
import { appCode, withApp, wrongAppCode } from '../enrolment-steps.ts'
import { opened, otherThan, siteFor, standingOf, type, waiting } from '../steps.ts'

// Somebody sets the server's clock back, or a virtual machine wakes up in its past. Edge case 14 of the policy: time steps only grow,
// and who was remembered or signed in before is not thrown out.

test('[R-044] edge case 14: after the clock went back, spent codes stay spent and no earlier code passes', async (t) => {
  const at = await siteFor(t, 'erp')
  const secret = await withApp(at, 'kim')
  const code = appCode(at, secret)
  const earlier = appCode(at, secret, -20)
  opened(await type(at, waiting(await at.password('kim')), code))

  at.clock.pass(-minutes(10))
  assert.equal(appCode(at, secret), earlier)
  for (const each of [earlier, code]) {
    const outcome = await type(at, waiting(await at.password('kim')), each)
    assert.equal(outcome.kind, 'refused')
  }
  at.clock.pass(minutes(10) + seconds(60))
  opened(await type(at, waiting(await at.password('kim')), appCode(at, secret)))
})

test('edge case 14: no counter of sent codes comes twice, and a remembered browser stays remembered', async (t) => {
  const at = await siteFor(t, 'manufacturing')
  const first = waiting(await at.password('kim'))
  const codes = [at.codeFor('kim')]
  const own = await type(at, first, at.codeFor('kim'), true)
  assert.ok(own.kind === 'signed-in' && own.deviceToken !== null)

  at.clock.pass(-days(1))
  opened(await at.password('kim', { deviceToken: own.deviceToken }))
  assert.equal(await standingOf(at, own.token), 'granted')
  const second = waiting(await at.password('kim'))
  codes.push(at.codeFor('kim'))
  assert.notEqual(codes[0], codes[1])
  assert.equal((await type(at, second, String(codes[0]))).kind, 'refused')

  // It ends when it would have ended.
  at.clock.pass(days(1) + hours(168) - 1)
  opened(await at.password('kim', { deviceToken: own.deviceToken }))
  at.clock.pass(1)
  waiting(await at.password('kim', { deviceToken: own.deviceToken }))
})

test('edge case 14: setting the clock back takes no failed code off the count, and lifts no lock', async (t) => {
  const at = await siteFor(t, 'erp')
  const secret = await withApp(at, 'kim')
  let pending = ''
  for (let count = 0; count < 10; count += 1) {
    if (count % 5 === 0) pending = waiting(await at.password('kim'))
    const outcome = await type(at, pending, wrongAppCode(at, secret))
    assert.equal(outcome.kind, 'refused')
    if (count === 4) at.clock.pass(-minutes(2))
  }
  assert.equal((await at.password('kim')).kind, 'code-locked')
  at.clock.pass(-minutes(5))
  assert.equal((await at.password('kim')).kind, 'code-locked')
})

test('edge case 14: a code that was sent before the clock went back passes, once', async (t) => {
  const at = await siteFor(t, 'manufacturing')
  const pending = waiting(await at.password('kim'))
  const code = at.codeFor('kim')
  at.clock.pass(-hours(1))
  assert.equal((await type(at, pending, otherThan(code))).kind, 'refused')
  opened(await type(at, pending, code))
  assert.equal((await type(at, pending, code)).kind, 'gone')
})
