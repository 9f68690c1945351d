import type { PasswordThrottle } from '#domain/counters.ts'
import { type Duration, hours, type Instant, seconds } from '#domain/time.ts'

/** Wrong passwords of one user from one source before a wait begins. */
const FREE_FOR_USER = 10
/** Wrong passwords from one source over all users; a company behind one address needs more. */
const FREE_FOR_SOURCE = 100
const FIRST_WAIT = seconds(30)
const LONGEST_WAIT = hours(1)
const FORGOTTEN_AFTER = hours(24)

export interface Bucket {
  readonly key: string
  readonly free: number
}

/**
 * The buckets a wrong password is counted in. The user's bucket carries the source, so that nobody can lock somebody else out
 * from elsewhere; `who` is the canonical user name, known or not, so that strangers are treated alike.
 */
export function passwordBuckets(who: string, source: string): readonly [Bucket, Bucket] {
  return [
    { key: `user ${who} ${source}`, free: FREE_FOR_USER },
    { key: `source ${source}`, free: FREE_FOR_SOURCE },
  ]
}

/** From when on a password is looked at again: 30 s after the first failure too many, doubling up to an hour. */
export function blockedUntil(throttle: PasswordThrottle | undefined, free: number): Instant {
  if (!throttle || throttle.failures < free) return 0
  const wait: Duration = Math.min(FIRST_WAIT * 2 ** Math.min(throttle.failures - free, 20), LONGEST_WAIT)
  return throttle.lastAt + wait
}

export function countWrongPassword(key: string, before: PasswordThrottle | undefined, now: Instant): PasswordThrottle {
  const stale = !before || now - before.lastAt > FORGOTTEN_AFTER
  return { bucket: key, failures: (stale ? 0 : before.failures) + 1, lastAt: now }
}
