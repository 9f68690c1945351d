import type { HardwareToken } from '#domain/hardware-token.ts'
import type { AuthenticatorId, SiteId, UserId } from '#domain/id.ts'
import type { Passkey } from '#domain/passkey.ts'
import type { RecoverySet } from '#domain/recovery.ts'

/** What a user holds beside apps and addresses; part of every file about a person. */
export interface HeldFactors {
  readonly passkeys: readonly Passkey[]
  readonly hardware: readonly HardwareToken[]
  /** null: none were made, or all are used up and forgotten. */
  readonly recovery: RecoverySet | null
}

export interface FactorStore {
  /** Whether a passkey's challenge was answered before. */
  ceremonySpent(site: SiteId, nonce: string): Promise<boolean>
  /** Whose passkey this is, by its credential id. */
  passkeyOwner(site: SiteId, credential: string): Promise<{ readonly user: UserId; readonly username: string } | null>
  /** All of a site, those in the drawer too, by serial number. */
  hardwareTokens(site: SiteId): Promise<readonly { readonly token: HardwareToken; readonly username: string | null }[]>
  hardwareToken(site: SiteId, id: AuthenticatorId): Promise<HardwareToken | null>
}
