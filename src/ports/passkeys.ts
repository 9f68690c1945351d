import type { Passkey } from '#domain/passkey.ts'

/** Whom a browser makes passkeys for, and signs to: never read from a request. */
export interface RelyingParty {
  /** A host name. */
  readonly id: string
  readonly origin: string
}

/** What an answer says of itself, before anything of it is believed. */
export interface ClaimedPasskey {
  readonly credential: string
  /** base64url. */
  readonly challenge: string
  /** base64url; null where the device keeps none. */
  readonly userHandle: string | null
}

export interface Expected {
  readonly relyingParty: RelyingParty
  /** base64url. */
  readonly challenge: string
  /** Whether the device must have asked for a PIN, a finger or a face. */
  readonly userVerification: boolean
}

export type Refusal = { readonly kind: 'refused'; readonly why: string }

export type Registered =
  | ({ readonly kind: 'registered'; readonly userVerified: boolean } & Pick<
      Passkey,
      'credential' | 'publicKey' | 'counter' | 'transports' | 'backupEligible' | 'backedUp'
    >)
  | Refusal

export type Asserted =
  /** `counter` is what the device says: whether it went back is for the caller to judge. */
  | {
      readonly kind: 'asserted'
      readonly counter: number
      readonly userVerified: boolean
      readonly backedUp: boolean
    }
  | Refusal

/** The two ceremonies of WebAuthn Level 3 (7.1 and 7.2), on the JSON forms of a browser's answers. Nothing in it throws. */
export interface Passkeys {
  /** null: no answer of a passkey at all. */
  read(answer: unknown): ClaimedPasskey | null
  register(answer: unknown, expected: Expected): Promise<Registered>
  assert(
    answer: unknown,
    expected: Expected & { readonly passkey: Pick<Passkey, 'credential' | 'publicKey' | 'backupEligible'> },
  ): Promise<Asserted>
}
