import type { CodeCounters } from '#domain/counters.ts'
import { type Instant, seconds } from '#domain/time.ts'

export interface AttemptTerms {
  readonly auditAt: number
  readonly lockAfter: number
  readonly lockWindowSeconds: number
  readonly lockSeconds: number
}

/** NIST SP 800-63B-4 3.2.2: after 100 failures in a row the authenticator is disabled. */
export const FAILURES_UNTIL_DISABLED = 100

export interface Counted {
  readonly counters: CodeCounters
  /** What this failure brought about, each exactly once per series. */
  readonly reached: readonly ('audit_threshold' | 'locked' | 'disabled')[]
}

export function isLocked(counters: CodeCounters, now: Instant): boolean {
  return counters.disabled || now < counters.lockedUntil
}

/**
 * Counts one failed code of a user, over all methods, challenges and browsers. Thresholds fire on equality, so that their audit
 * row is written once. A lock leaves half of its count behind: who comes back after each lock gets fewer guesses, not as many
 * again, and the failure that meets an ended lock is itself counted.
 */
export function countFailure(before: CodeCounters, terms: AttemptTerms, now: Instant): Counted {
  const consecutive = before.consecutive + 1
  const inTime = now - before.windowStart < seconds(terms.lockWindowSeconds)
  const inWindow = (inTime ? before.inWindow : 0) + 1
  // From the last failure, not from the first: else twice as many fit around the end of a window.
  const windowStart = Math.max(now, before.windowStart)
  const reached: Counted['reached'][number][] = []
  if (consecutive === terms.auditAt) reached.push('audit_threshold')
  const disabled = before.disabled || consecutive >= FAILURES_UNTIL_DISABLED
  if (disabled && !before.disabled) reached.push('disabled')
  const counted = { ...before, consecutive, disabled, version: before.version + 1 }
  if (inWindow < terms.lockAfter) return { counters: { ...counted, inWindow, windowStart }, reached }
  const lockedUntil = now + seconds(terms.lockSeconds)
  reached.push('locked')
  return {
    counters: { ...counted, inWindow: Math.ceil(terms.lockAfter / 2), windowStart: lockedUntil, lockedUntil },
    reached,
  }
}

/** After a passed challenge, an unlock or a reset: nothing is held against this user any more. */
export function clearFailures(before: CodeCounters): CodeCounters {
  return {
    ...before,
    consecutive: 0,
    inWindow: 0,
    windowStart: 0,
    lockedUntil: 0,
    disabled: false,
    version: before.version + 1,
  }
}
