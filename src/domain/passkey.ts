import type { AuthenticatorId, SiteId, UserId } from './id.ts'
import type { Instant } from './time.ts'

/** A passkey or a security key: its private half never leaves the device (WebAuthn Level 3). */
export interface Passkey {
  readonly kind: 'passkey'
  readonly id: AuthenticatorId
  readonly site: SiteId
  readonly user: UserId
  readonly label: string
  /** The credential id, base64url; no other user of the site has it. */
  readonly credential: string
  /** COSE, base64url. */
  readonly publicKey: string
  /** The last signature counter; 0 for passkeys that do not count. */
  readonly counter: number
  /** How a browser reaches it, as it said when it was made: `internal`, `usb`, `hybrid`, … */
  readonly transports: readonly string[]
  /** It may be copied to other devices of its owner. */
  readonly backupEligible: boolean
  readonly backedUp: boolean
  readonly createdAt: Instant
  readonly lastUsedAt: Instant | null
}
