import assert from 'node:assert/strict'
import { test } from 'node:test'
import { days, hours } from '#domain/time.ts'
import { possibleClock } from './possible-clock.ts'
import { sharedClock, watchedClock } from './watched-clock.ts'

const MADE = Date.UTC(2026, 10, 1)

test('[CK-07] a clock of before this version tells no time and says what to do, until it is right', () => {
  for (const wrong of [0, MADE - days(1) - 1]) {
    const state = { wall: wrong }
    const clock = possibleClock(watchedClock({ wall: () => state.wall, steady: () => 0 }), MADE)
    assert.throws(() => clock.now(), { name: 'ClockUnsafe', message: /before this version .* set right, by chrony/ })
    assert.ok(clock.trouble()?.includes(new Date(wrong).toISOString()))
    state.wall = MADE + hours(1)
    assert.equal(clock.now(), MADE + hours(1))
    assert.equal(clock.trouble(), null)
  }
})

test('[CK-07] a day before this version was made is still believed', () => {
  const clock = possibleClock(watchedClock({ wall: () => MADE - days(1), steady: () => 0 }), MADE)
  assert.equal(clock.trouble(), null)
  assert.equal(clock.now(), MADE - days(1))
})

test('[CK-07] nodes that share the clock of a database in 1970 are not ready, whatever their own clocks show', async () => {
  const shared = await sharedClock(() => Promise.resolve(1_000), { wall: () => MADE + days(3), steady: () => 0 })
  const clock = possibleClock(shared, MADE)
  assert.match(clock.trouble() ?? '', /1970-01-01/)
  assert.throws(() => clock.now(), { name: 'ClockUnsafe' })
})
