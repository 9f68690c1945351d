import type { SiteId, UserId } from '#domain/id.ts'
import type { PasswordReset } from '#domain/password-reset.ts'
import type { Instant } from '#domain/time.ts'

/** What can be done to mailed links for another password. Joins `Change`. */
export type PasswordResetChange =
  /** In place of the one before; holds while that one was asked for no later than `noneSince`. */
  | { readonly kind: 'request-reset'; readonly reset: PasswordReset; readonly noneSince: Instant }
  /** A password waits for a challenge; in place of one that waited before. Holds while this link is the user's and not used. */
  | {
      readonly kind: 'hold-reset'
      readonly user: UserId
      readonly tokenDigest: string
      readonly held: NonNullable<PasswordReset['held']>
    }
  /** Holds once for each link. */
  | { readonly kind: 'spend-reset'; readonly user: UserId; readonly tokenDigest: string; readonly at: Instant }

/** Joins `Store`. */
export interface PasswordResetStore {
  /** Whose link this is; also one that is used up or too old. */
  passwordReset(
    site: SiteId,
    tokenDigest: string,
  ): Promise<{ readonly reset: PasswordReset; readonly username: string } | null>
  /** The newest link of a user. */
  passwordResetOf(site: SiteId, user: UserId): Promise<PasswordReset | null>
}
