import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { PasswordThrottle } from '#domain/counters.ts'
import { hours, type Instant, seconds } from '#domain/time.ts'
import { blockedUntil, countWrongPassword, passwordBuckets } from './password-throttle.ts'

const MONDAY: Instant = Date.UTC(2026, 10, 2, 9)
const [ofKim, ofSource] = passwordBuckets('kim', '4:c6336407')

/** A bucket after so many wrong passwords, all at one moment. */
function after(failures: number, at = MONDAY): PasswordThrottle | undefined {
  let throttle: PasswordThrottle | undefined
  for (let count = 0; count < failures; count++) throttle = countWrongPassword('bucket', throttle, at)
  return throttle
}

const wait = (failures: number, free: number) => Math.max(blockedUntil(after(failures), free) - MONDAY, 0) / seconds(1)

test('[R-023] [C19] the bucket of a user carries the source: from elsewhere nobody is locked out', () => {
  const [elsewhere, otherSource] = passwordBuckets('kim', '4:cb007109')
  assert.notEqual(ofKim.key, elsewhere.key)
  assert.notEqual(ofSource.key, otherSource.key)
  const [ofSam, sameSource] = passwordBuckets('sam', '4:c6336407')
  assert.notEqual(ofKim.key, ofSam.key)
  assert.deepEqual(ofSource, sameSource)
  assert.deepEqual(passwordBuckets('kim', '4:c6336407'), [ofKim, ofSource])
})

test('[C19] no user name is the name of a bucket of somebody else', () => {
  // What comes here is the digest of a name, which has no spaces in it.
  const keys = ['kim', 'source', 'user'].flatMap((who) => passwordBuckets(who, 'unknown').map(({ key }) => key))
  assert.equal(new Set(keys).size, 4)
})

test('[C20] ten wrong passwords are free for a user, a hundred for a source; then the wait doubles up to an hour', () => {
  assert.deepEqual([ofKim.free, ofSource.free], [10, 100])
  assert.equal(blockedUntil(undefined, ofKim.free), 0)
  for (const { free } of [ofKim, ofSource]) {
    assert.equal(wait(free - 1, free), 0)
    const waits = [0, 1, 2, 3, 4, 5, 6, 7, 8, 60].map((more) => wait(free + more, free))
    assert.deepEqual(waits, [30, 60, 120, 240, 480, 960, 1920, 3600, 3600, 3600])
  }
})

test('[C20] the wait begins at the last wrong password', () => {
  const throttle = countWrongPassword('bucket', after(10), MONDAY + seconds(30))
  assert.equal(blockedUntil(throttle, 10), MONDAY + seconds(30) + seconds(60))
})

test('[C21] a day after the last one they are forgotten, and not before', () => {
  const nine = after(9)
  assert.equal(countWrongPassword('bucket', nine, MONDAY + hours(24)).failures, 10)
  assert.equal(countWrongPassword('bucket', nine, MONDAY + hours(24) + 1).failures, 1)
})
