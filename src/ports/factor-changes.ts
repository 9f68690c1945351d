import type { HardwareToken } from '#domain/hardware-token.ts'
import type { AuthenticatorId, SessionId, SiteId, UserId } from '#domain/id.ts'
import type { Passkey } from '#domain/passkey.ts'
import type { RecoverySet } from '#domain/recovery.ts'
import type { Instant } from '#domain/time.ts'

/** What can be done to passkeys, recovery codes and hardware tokens, and to a session by its owner. */
export type FactorChange =
  | { readonly kind: 'add-passkey'; readonly passkey: Passkey }
  /** Holds while its counter is `from`: of two answers that rest on the same one, one has to look again. */
  | {
      readonly kind: 'use-passkey'
      readonly passkey: AuthenticatorId
      readonly from: number
      readonly counter: number
      readonly backedUp: boolean
      readonly at: Instant
    }
  | { readonly kind: 'remove-passkey'; readonly passkey: AuthenticatorId }
  /** A challenge that a passkey has answered is answered: it holds once. */
  | { readonly kind: 'spend-ceremony'; readonly site: SiteId; readonly nonce: string; readonly expiresAt: Instant }
  | {
      readonly kind: 'name-authenticator'
      readonly of: 'app' | 'passkey' | 'hardware'
      readonly authenticator: AuthenticatorId
      readonly label: string
    }
  /** In place of those before, which are dead from then on. */
  | { readonly kind: 'set-recovery-codes'; readonly user: UserId; readonly codes: RecoverySet }
  /** Holds for the very set that was shown. */
  | { readonly kind: 'keep-recovery-codes'; readonly user: UserId; readonly madeAt: Instant; readonly at: Instant }
  /** Holds while this very code is there: it is good once. */
  | { readonly kind: 'spend-recovery-code'; readonly user: UserId; readonly digest: string }
  | { readonly kind: 'drop-recovery-codes'; readonly user: UserId }
  | { readonly kind: 'add-hardware'; readonly token: HardwareToken }
  | { readonly kind: 'move-hardware'; readonly token: HardwareToken; readonly from: number }
  /** Holds only while `last` is greater than the last one accepted. */
  | {
      readonly kind: 'spend-hardware'
      readonly token: AuthenticatorId
      readonly last: number
      readonly at: Instant
    }
  | { readonly kind: 'remove-hardware'; readonly token: AuthenticatorId }
  /** One session of a user goes on where all others end: it takes up the epoch that ended them. */
  | { readonly kind: 'carry-session'; readonly user: UserId; readonly session: SessionId; readonly userEpoch: number }
