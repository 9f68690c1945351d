import type { UserId } from './id.ts'
import type { Instant } from './time.ts'

/** Failed codes of one user, over all methods, challenges and browsers. */
export interface CodeCounters {
  readonly user: UserId
  /** Since the last passed challenge or unlock. */
  readonly consecutive: number
  /** For `lock.after`; forgotten once `lock.window_seconds` have gone without another one. */
  readonly inWindow: number
  /** From when on the window runs: the last failed code, or the end of a lock. */
  readonly windowStart: Instant
  readonly lockedUntil: Instant
  /** 100 consecutive failures: the factors must be bound again (NIST SP 800-63B-4 3.2.2). */
  readonly disabled: boolean
  /** Counter of the next sent code (RFC 4226); it never repeats. */
  readonly nextCounter: number
  /** Secret of the sent codes, sealed to the user's id; made with the first code. */
  readonly sealedCodeSecret: string | null
  /** `delivery.send_on = second_attempt`: the first right password came at this moment; null: it did not. */
  readonly passwordProvedAt: Instant | null
  readonly version: number
}

/** Failed passwords of one bucket (a user at a source, or a source). Apart from the failed codes. */
export interface PasswordThrottle {
  readonly bucket: string
  readonly failures: number
  readonly lastAt: Instant
}
