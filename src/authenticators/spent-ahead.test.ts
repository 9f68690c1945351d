import assert from 'node:assert/strict'
import { test } from 'node:test'
import { days, seconds } from '#domain/time.ts'
import { lastStepBy, spentAhead } from './spent-ahead.ts'
import { totpStep } from './totp.ts'

const NOW = Date.UTC(2026, 10, 2, 9, 0, 10)

test('what a clock may be accepted of now is not ahead, one step further is', () => {
  for (const period of [30, 60]) {
    const last = lastStepBy(NOW, period)
    assert.equal(last, totpStep(NOW, period) + 60 / period + 1)
    assert.equal(spentAhead(last, period, NOW), null)
    const until = spentAhead(last + 1, period, NOW)
    // The first moment of the first step that is greater.
    assert.ok(until !== null && totpStep(until, period) === last + 2 && totpStep(until - 1, period) === last + 1)
  }
})

test('a step of tomorrow is ahead until tomorrow', () => {
  const tomorrow = totpStep(NOW + days(1), 30)
  assert.equal(spentAhead(tomorrow, 30, NOW), (tomorrow + 1) * seconds(30))
  assert.equal(spentAhead(tomorrow, 30, NOW + days(1)), null)
  assert.equal(spentAhead(-1, 30, NOW), null, 'a token that has shown nothing yet')
})
