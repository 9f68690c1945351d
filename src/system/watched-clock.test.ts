import assert from 'node:assert/strict'
import { test } from 'node:test'
import { hours, seconds } from '#domain/time.ts'
import { type Clocks, sharedClock, watchedClock } from './watched-clock.ts'

const NOON = Date.UTC(2026, 10, 2, 12)

/** Clocks of one machine, and of the database behind it, moved by hand. */
function machine(skew = 0) {
  const state = { wall: NOON + skew, steady: 500, database: NOON }
  const clocks: Clocks = { wall: () => state.wall, steady: () => state.steady }
  const pass = (duration: number): void => {
    state.wall += duration
    state.steady += duration
    state.database += duration
  }
  return { state, clocks, pass, ask: () => Promise.resolve(state.database) }
}

test('[CK-01] a clock that was set back is noticed, and judges nothing until it has caught up', async () => {
  const { state, clocks, pass } = machine()
  const clock = watchedClock(clocks)
  pass(hours(1))
  assert.equal(clock.now(), NOON + hours(1))
  state.wall -= seconds(9)
  assert.equal(clock.now(), NOON + hours(1) - seconds(9), 'small corrections are everyday')
  state.wall -= hours(1)
  assert.throws(() => clock.now(), { name: 'ClockUnsafe', message: /set back by 3600 seconds/ })
  pass(seconds(30))
  await clock.check()
  assert.match(clock.trouble() ?? '', /set back/)
  state.wall += hours(1)
  assert.equal(clock.now(), state.wall)
  assert.equal(clock.trouble(), null)
})

test('waking up after a night is no wrong clock', () => {
  const { state, clocks } = machine()
  const clock = watchedClock(clocks)
  state.wall += hours(8)
  assert.equal(clock.now(), NOON + hours(8))
})

test('[CK-03] [TB-12] nodes whose own clocks are hours apart tell the same time', async () => {
  const [one, two] = [machine(seconds(90)), machine(-hours(3))]
  const clocks = [await sharedClock(one.ask, one.clocks), await sharedClock(two.ask, two.clocks)]
  for (const each of [one, two]) each.pass(seconds(570))
  await Promise.all(clocks.map((clock) => clock.check()))
  assert.deepEqual(
    clocks.map((clock) => clock.now()),
    [NOON + seconds(570), NOON + seconds(570)],
  )
})

test('the shared clock goes on by itself between two looks, and never back for a small correction', async () => {
  const { state, clocks, pass, ask } = machine()
  const clock = await sharedClock(ask, clocks)
  pass(seconds(5))
  assert.equal(clock.now(), NOON + seconds(5))
  state.database -= 200
  await clock.check()
  assert.equal(clock.now(), NOON + seconds(5))
  pass(seconds(1))
  assert.equal(clock.now(), NOON + seconds(6) - 200)
})

test('[CK-08] a database whose clock jumps makes the node unready until the clocks agree again', async () => {
  for (const jump of [hours(1), -hours(1)]) {
    const { state, clocks, ask } = machine()
    const clock = await sharedClock(ask, clocks)
    state.database += jump
    await clock.check()
    assert.match(clock.trouble() ?? '', /database jumped by -?3600 seconds/)
    assert.throws(() => clock.now(), { name: 'ClockUnsafe' })
    state.database -= jump
    await clock.check()
    assert.equal(clock.now(), NOON)
  }
})

test('a jump that the machine knows of too is a correction, forward or back', async () => {
  for (const jump of [hours(1), -hours(1)]) {
    const { state, clocks, ask } = machine(jump)
    const clock = await sharedClock(ask, clocks)
    assert.equal(clock.now(), NOON)
    state.database += jump
    await clock.check()
    assert.equal(clock.now(), NOON + jump)
  }
})
