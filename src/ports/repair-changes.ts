import type { AuthenticatorId } from '#domain/id.ts'

/**
 * The last accepted time step of an app or of a token with a clock goes back to `to`. Holds only while it is `from`, and only back: of
 * two who repair, and of who repairs and who signs in, one has to look again.
 */
export type RepairChange = {
  readonly kind: 'give-back-steps'
  readonly of: 'app' | 'hardware'
  readonly authenticator: AuthenticatorId
  readonly from: number
  readonly to: number
}
