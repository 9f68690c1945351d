import type { AuthenticatorId, ChallengeId, EnrolmentId, SiteId, UserId } from './id.ts'
import type { Instant } from './time.ts'

/** RFC 6238 parameters; stored with every authenticator, because imported ones keep theirs. */
export interface TotpParameters {
  readonly digits: 6 | 7 | 8
  readonly algorithm: 'SHA1' | 'SHA256' | 'SHA512'
  /** Seconds in a time step. */
  readonly period: number
}

export const NEW_TOTP: TotpParameters = { digits: 6, algorithm: 'SHA1', period: 30 }

/** What a user holds to prove a factor. The email address and the phone number are on the user. */
export interface AppAuthenticator {
  readonly kind: 'app'
  readonly id: AuthenticatorId
  readonly site: SiteId
  readonly user: UserId
  readonly label: string
  /** The shared secret, sealed to this authenticator's id. */
  readonly sealedSecret: string
  readonly parameters: TotpParameters
  /** The last accepted time step; only a greater one passes (RFC 6238 5.2). */
  readonly lastStep: number
  readonly createdAt: Instant
  readonly lastUsedAt: Instant | null
}

export type Authenticator = AppAuthenticator

/** An authenticator that is being bound: its secret exists, a first right code is still to come. */
export interface Enrolment {
  readonly id: EnrolmentId
  readonly site: SiteId
  readonly user: UserId
  /** The pending login it was made for: only that one is shown the secret. */
  readonly challenge: ChallengeId
  /** Sealed to this enrolment's id; sealed anew to the authenticator when it is bound. */
  readonly sealedSecret: string
  readonly parameters: TotpParameters
  /** Digest of the token in the emailed link; null when the secret is shown on the screen only. */
  readonly linkDigest: string | null
  readonly wrongCodes: number
  readonly createdAt: Instant
  /** The end that the setting gave it when it was made; a shorter one of today counts too (EX-04). */
  readonly expiresAt: Instant
  readonly version: number
}
