import type { PasswordThrottle } from '#domain/counters.ts'
import { type Duration, hours, type Instant, minutes, seconds } from '#domain/time.ts'

/** Wrong passwords of one user from one source before a wait begins. */
const FREE_FOR_USER = 10
/** Wrong passwords from one source over all users; a company behind one address needs more. */
const FREE_FOR_SOURCE = 100
const FIRST_WAIT = seconds(30)
const LONGEST_WAIT = hours(1)
/** A source is not one person: whoever shares an address with a guesser must not be kept out for long. */
const LONGEST_WAIT_OF_SOURCE = minutes(1)
const FORGOTTEN_AFTER = hours(24)
/** One failure of a source is forgotten in this time, so that an office's ordinary mistakes never add up. */
const SOURCE_FORGETS_ONE = seconds(36)

export interface Bucket {
  readonly key: string
  readonly kind: 'user' | 'source'
}

/**
 * The buckets a wrong password is counted in. The user's bucket carries the source, so that nobody can lock somebody else out
 * from elsewhere; `who` is the canonical user name, known or not, so that strangers are treated alike.
 */
export function passwordBuckets(who: string, source: string): readonly [Bucket, Bucket] {
  return [
    { key: `user ${who} ${source}`, kind: 'user' },
    { key: `source ${source}`, kind: 'source' },
  ]
}

/** How many wrong passwords of this kind of bucket are free. */
export function freeFailures({ kind }: Bucket): number {
  return kind === 'user' ? FREE_FOR_USER : FREE_FOR_SOURCE
}

/** From when on a password is looked at again: 30 s after the first failure too many, doubling up to the longest wait. */
export function blockedUntil(throttle: PasswordThrottle | undefined, bucket: Bucket): Instant {
  const free = freeFailures(bucket)
  if (!throttle || throttle.failures < free) return 0
  const longest = bucket.kind === 'user' ? LONGEST_WAIT : LONGEST_WAIT_OF_SOURCE
  const wait: Duration = Math.min(FIRST_WAIT * 2 ** Math.min(throttle.failures - free, 20), longest)
  return throttle.lastAt + wait
}

export function countWrongPassword(
  bucket: Bucket,
  before: PasswordThrottle | undefined,
  now: Instant,
): PasswordThrottle {
  return { bucket: bucket.key, failures: remembered(bucket, before, now) + 1, lastAt: now }
}

function remembered({ kind }: Bucket, before: PasswordThrottle | undefined, now: Instant): number {
  if (!before || now - before.lastAt > FORGOTTEN_AFTER) return 0
  if (kind === 'user') return before.failures
  return Math.max(0, before.failures - Math.floor(Math.max(0, now - before.lastAt) / SOURCE_FORGETS_ONE))
}
