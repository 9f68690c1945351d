import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { PasswordThrottle } from '#domain/counters.ts'
import { hours, type Instant, seconds } from '#domain/time.ts'
import { blockedUntil, type Bucket, countWrongPassword, passwordBuckets } from './password-throttle.ts'

const MONDAY: Instant = Date.UTC(2026, 10, 2, 9)
const [ofKim, ofSource] = passwordBuckets('kim', '4:c6336407')

/** A bucket after so many wrong passwords, all at one moment. */
function after(bucket: Bucket, failures: number): PasswordThrottle | undefined {
  let throttle: PasswordThrottle | undefined
  for (let count = 0; count < failures; count++) throttle = countWrongPassword(bucket, throttle, MONDAY)
  return throttle
}

const wait = (bucket: Bucket, failures: number) =>
  Math.max(blockedUntil(after(bucket, failures), bucket) - MONDAY, 0) / seconds(1)

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

test('[C20] ten wrong passwords are free for a user; then the wait doubles up to an hour', () => {
  assert.equal(blockedUntil(undefined, ofKim), 0)
  assert.equal(wait(ofKim, 9), 0)
  const waits = [10, 11, 12, 13, 14, 15, 16, 17, 18, 70].map((failures) => wait(ofKim, failures))
  assert.deepEqual(waits, [30, 60, 120, 240, 480, 960, 1920, 3600, 3600, 3600])
})

test('[C20] a hundred are free for a source, and nobody behind it waits longer than a minute', () => {
  assert.deepEqual(
    [99, 100, 101, 150].map((failures) => wait(ofSource, failures)),
    [0, 30, 60, 60],
  )
})

test('[C20] the wait begins at the last wrong password', () => {
  const throttle = countWrongPassword(ofKim, after(ofKim, 10), MONDAY + seconds(30))
  assert.equal(blockedUntil(throttle, ofKim), MONDAY + seconds(30) + seconds(60))
})

test('[C21] a day after the last one they are forgotten, and not before', () => {
  const nine = after(ofKim, 9)
  assert.equal(countWrongPassword(ofKim, nine, MONDAY + hours(24)).failures, 10)
  assert.equal(countWrongPassword(ofKim, nine, MONDAY + hours(24) + 1).failures, 1)
})

test("[C21] a source forgets one every 36 seconds: an office's mistakes never add up", () => {
  const hundred = after(ofSource, 100)
  assert.equal(countWrongPassword(ofSource, hundred, MONDAY + seconds(35)).failures, 101)
  assert.equal(countWrongPassword(ofSource, hundred, MONDAY + seconds(36)).failures, 100)
  assert.equal(countWrongPassword(ofSource, hundred, MONDAY + hours(2)).failures, 1)
  assert.equal(countWrongPassword(ofSource, hundred, MONDAY - hours(1)).failures, 101)
})
