import assert from 'node:assert/strict'
import test from 'node:test'
import { systemClock } from './clock.ts'

test('the system clock tells milliseconds since 1970', () => {
  const before = Date.now()
  const now = systemClock.now()
  assert.ok(now >= before && now <= Date.now())
})
