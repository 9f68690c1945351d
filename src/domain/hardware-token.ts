import type { TotpParameters } from './authenticator.ts'
import type { AuthenticatorId, SiteId, UserId } from './id.ts'
import type { Instant } from './time.ts'

/** A device that shows one-time passwords: bought, imported with its secret, handed to somebody. */
export interface HardwareToken {
  readonly kind: 'hardware'
  readonly id: AuthenticatorId
  readonly site: SiteId
  /** null: in the drawer. */
  readonly user: UserId | null
  /** As it is printed on the device; one of its kind at the site. */
  readonly serial: string
  readonly label: string
  /** What moves from code to code: its button (HOTP, RFC 4226) or its clock (TOTP, RFC 6238). */
  readonly moves: 'counter' | 'clock'
  /** Sealed to this token's id. */
  readonly sealedSecret: string
  /** `period` means nothing where a button moves it. */
  readonly parameters: TotpParameters
  /** The last accepted counter or time step; only a greater one passes. -1: none was. */
  readonly last: number
  readonly importedAt: Instant
  readonly lastUsedAt: Instant | null
  readonly version: number
}
