import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import type { CodeCounters } from '#domain/counters.ts'
import { days, type Instant, seconds } from '#domain/time.ts'
import { type AttemptTerms, clearFailures, countFailure, FAILURES_UNTIL_DISABLED, isLocked } from './attempts.ts'

const SEED = 20261102
const MONDAY: Instant = Date.UTC(2026, 10, 2, 9)
const TERMS: AttemptTerms = { auditAt: 3, lockAfter: 10, lockWindowSeconds: 900, lockSeconds: 900 }
const WINDOW = seconds(TERMS.lockWindowSeconds)

const none: CodeCounters = {
  user: 'usr_kim',
  consecutive: 0,
  inWindow: 0,
  windowStart: 0,
  lockedUntil: 0,
  disabled: false,
  nextCounter: 41,
  sealedCodeSecret: 'sealed',
  passwordProvedAt: null,
  version: 1,
}

/** Somebody who types a wrong code at each of these moments; a moment inside a lock is no guess. */
function guess(moments: readonly Instant[], terms = TERMS, from = none) {
  let counters = from
  const reached: { readonly at: Instant; readonly what: string }[] = []
  let guesses = 0
  for (const at of moments) {
    if (isLocked(counters, at)) continue
    guesses += 1
    const counted = countFailure(counters, terms, at)
    counters = counted.counters
    for (const what of counted.reached) reached.push({ at, what })
  }
  return {
    counters,
    guesses,
    reached,
    when: (what: string) => reached.filter((each) => each.what === what).map(({ at }) => at),
  }
}

const every = (gap: number, count: number, from = MONDAY) =>
  Array.from({ length: count }, (_, index) => from + index * gap)

test('[R-020] [C9] ten failed codes within the window lock the second step, the tenth and not the ninth', () => {
  // The counter knows nothing of methods, challenges or browsers: there is one for the user.
  const nine = guess(every(seconds(60), 9))
  assert.equal(isLocked(nine.counters, MONDAY + seconds(481)), false)
  const ten = guess(every(seconds(60), 10))
  assert.equal(isLocked(ten.counters, MONDAY + seconds(540)), true)
  assert.deepEqual(ten.when('locked'), [MONDAY + seconds(540)])
})

test(`[C9] no ten failed codes fit into any one window without a lock (seed ${SEED})`, () => {
  const gaps = fc.array(
    fc.oneof(fc.nat(seconds(5)), fc.nat(seconds(300)), fc.integer({ min: WINDOW - 5, max: WINDOW + 5 })),
    {
      minLength: 10,
      maxLength: 80,
    },
  )
  fc.assert(
    fc.property(gaps, (list) => {
      let at = MONDAY
      let counters = none
      const free: Instant[] = []
      for (const gap of list) {
        at += gap
        if (isLocked(counters, at)) continue
        const counted = countFailure(counters, TERMS, at)
        counters = counted.counters
        if (counted.reached.includes('locked')) free.length = 0
        else free.push(at)
        const within = free.filter((each) => at - each < WINDOW)
        assert.ok(counters.disabled || within.length < TERMS.lockAfter, `${within.length} failed codes and no lock`)
      }
    }),
    { seed: SEED, numRuns: 2_000 },
  )
})

test('[C9] nine before the end of a window and nine after it are eighteen, not twice nine', () => {
  const around = [MONDAY, ...every(1, 8, MONDAY + WINDOW - 8), ...every(1, 9, MONDAY + WINDOW)]
  assert.deepEqual(guess(around).when('locked'), [MONDAY + WINDOW])
})

test('[C9] a whole window without a failed code forgets the count, a millisecond less does not', () => {
  const nine = guess(every(0, 9)).counters
  assert.equal(countFailure(nine, TERMS, MONDAY + WINDOW).counters.inWindow, 1)
  assert.deepEqual(countFailure(nine, TERMS, MONDAY + WINDOW - 1).reached, ['locked'])
})

test('[C10] a lock ends at its moment', () => {
  const { counters } = guess(every(0, 10))
  assert.equal(counters.lockedUntil, MONDAY + seconds(900))
  assert.equal(isLocked(counters, counters.lockedUntil - 1), true)
  assert.equal(isLocked(counters, counters.lockedUntil), false)
})

test('[R-028] [C10] the failed code that meets an ended lock is counted, on top of what the lock left behind', () => {
  const { counters } = guess(every(0, 10))
  const after = countFailure(counters, TERMS, counters.lockedUntil)
  assert.equal(after.counters.inWindow, 6)
  assert.equal(after.counters.consecutive, 11)
})

test('[BF-15] [C10] after each lock there are fewer guesses than before the first one, over twenty locks', () => {
  // Somebody who guesses every second, and waits for nothing but the end of each lock.
  const { when, guesses } = guess(every(seconds(1), 20 * 910))
  const locks = when('locked')
  assert.equal(locks[0], MONDAY + seconds(9))
  for (const [index, at] of locks.entries())
    if (index > 0)
      assert.equal((at - (locks[index - 1] ?? 0)) / seconds(1), 900 + 4, `five guesses after lock ${index}`)
  assert.equal(guesses, 10 + 18 * 5)
  assert.equal(when('disabled').length, 1)
})

test('[BF-15] [C10] one guess in each period after a lock wears nothing down: the fifth locks again', () => {
  const { counters } = guess(every(0, 10))
  const patient = guess(every(WINDOW - 1, 20, counters.lockedUntil), TERMS, counters)
  assert.equal(patient.when('locked')[0], counters.lockedUntil + 4 * (WINDOW - 1))
  assert.equal(patient.when('locked').length, 3)
})

test('[C11] the row of three failed codes is due at exactly three, and again after a passed challenge', () => {
  const moments = every(seconds(30), 5)
  const first = guess(moments)
  assert.deepEqual(first.when('audit_threshold'), [moments[2]])
  const again = guess(every(seconds(30), 5, MONDAY + days(1)), TERMS, clearFailures(first.counters))
  assert.deepEqual(again.when('audit_threshold'), [MONDAY + days(1) + seconds(60)])
  // Neither time nor a lock starts the series anew.
  assert.deepEqual(guess(every(days(1), 50)).when('audit_threshold').length, 1)
})

test('[R-020] [C12] [C11] a hundred failed codes in a row disable the second factor, once, however slowly they come', () => {
  for (const gap of [seconds(1), seconds(1_800), days(2)]) {
    const { counters, guesses, when } = guess(every(gap, 30_000))
    assert.equal(guesses, FAILURES_UNTIL_DISABLED)
    assert.equal(when('disabled').length, 1)
    assert.equal(counters.disabled, true)
    assert.equal(isLocked(counters, MONDAY + days(3_650)), true)
  }
  const almost = guess(every(days(1), 99)).counters
  assert.equal(almost.disabled, false)
  assert.equal(isLocked(almost, MONDAY + days(99)), false)
})

test('[C12] a passed challenge or an unlock forgets everything that was held against the user, and nothing else', () => {
  const { counters } = guess(every(days(1), 100))
  const cleared = clearFailures(counters)
  assert.deepEqual(cleared, { ...none, version: counters.version + 1 })
  assert.equal(isLocked(cleared, MONDAY), false)
})

test('[C9] [C10] a clock that goes back opens no lock and forgets no failed code', () => {
  const nine = guess(every(0, 9)).counters
  assert.deepEqual(countFailure(nine, TERMS, MONDAY - days(1)).reached, ['locked'])
  const back = countFailure(guess(every(0, 8)).counters, TERMS, MONDAY - days(1)).counters
  assert.deepEqual(countFailure(back, TERMS, MONDAY + seconds(1)).reached, ['locked'])
  const locked = guess(every(0, 10)).counters
  assert.equal(isLocked(locked, MONDAY - days(1)), true)
})
