import type { ChallengeId, SiteId, UserId } from './id.ts'
import { hours, type Instant, minutes } from './time.ts'

/** A link that replaces a forgotten password is good for so long (OWASP Forgot Password: short-lived). */
export const RESET_LIFE = minutes(30)
/** One that an administrator has mailed is good for longer: its owner did not wait for it (NIST SP 800-63B-4 4.2.1.2, R-125). */
export const VOUCHED_LIFE = hours(24)
/** One mail in this time for each user, however often it is asked for. It is shorter than the life: a link is never replaced at once. */
export const RESET_COOLDOWN = minutes(15)

/** A mailed link for another password. A user has one at a time; its token is stored nowhere. */
export interface PasswordReset {
  readonly site: SiteId
  readonly user: UserId
  readonly tokenDigest: string
  /** The user's session epoch when it was asked for: whatever ends their sessions meanwhile ends the link, too. */
  readonly userEpoch: number
  readonly requestedAt: Instant
  readonly expiresAt: Instant
  readonly spentAt: Instant | null
  /** An administrator has mailed it, and so said whose mailbox it is: a proof beside the mailbox. */
  readonly vouched: boolean
  /** The new password, hashed, that waits for this challenge to be passed. */
  readonly held: { readonly challenge: ChallengeId; readonly passwordHash: string } | null
}
