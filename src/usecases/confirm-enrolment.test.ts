import assert from 'node:assert/strict'
import { test } from 'node:test'
import { hours } from '#domain/time.ts'
import { appCode, look, shown } from '../../test/enrolment-steps.ts'
import { siteFor, type, waiting } from '../../test/steps.ts'

test('a browser on which an app is set up is remembered where the interval is an hour, and where it is none it is not', async (t) => {
  for (const [interval, remembered] of [
    [1, true],
    [0, false],
  ] as const) {
    const at = await siteFor(t, 'erp')
    await at.set({ 'challenge.interval_hours': interval, 'enrolment.channel': 'screen' })
    const pending = waiting(await at.password('kim'))
    const { secret } = shown(await look(at, pending))
    const outcome = await type(at, pending, appCode(at, secret), true)
    assert.ok(outcome.kind === 'signed-in')
    assert.equal(outcome.deviceToken !== null, remembered, String(interval))
    if (outcome.deviceToken === null) continue
    const known = { deviceToken: outcome.deviceToken }
    at.clock.pass(hours(1) - 1)
    assert.equal((await at.password('kim', known)).kind, 'signed-in')
    at.clock.pass(1)
    assert.equal((await at.password('kim', known)).kind, 'pending')
  }
})
