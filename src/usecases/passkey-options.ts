import type { SessionId } from '#domain/id.ts'
import type { Passkey } from '#domain/passkey.ts'
import type { Site } from '#domain/site.ts'
import type { Addresses } from '#domain/site-address.ts'
import type { Instant } from '#domain/time.ts'
import type { Ports } from '#ports/ports.ts'
import type { ChallengeFile, SessionFile } from '#ports/store.ts'
import { type Ceremony, CEREMONY_LIFE, newCeremony } from './ceremony.ts'
import { type NoPasskeys, relyingParty } from './relying-party.ts'
import { userHandle } from './verify-passkey.ts'

/** `PublicKeyCredentialRequestOptionsJSON` (WebAuthn Level 3, 5.1.9): what a browser is asked with. */
export interface PasskeyRequest {
  readonly challenge: string
  readonly rpId: string
  readonly allowCredentials: readonly Described[]
  readonly userVerification: 'required' | 'preferred'
  readonly timeout: number
}

/** `PublicKeyCredentialCreationOptionsJSON` (5.1.8). */
export interface PasskeyCreation {
  readonly challenge: string
  readonly rp: { readonly id: string; readonly name: string }
  readonly user: { readonly id: string; readonly name: string; readonly displayName: string }
  readonly pubKeyCredParams: readonly { readonly type: 'public-key'; readonly alg: number }[]
  readonly excludeCredentials: readonly Described[]
  readonly authenticatorSelection: { readonly residentKey: 'preferred'; readonly userVerification: 'preferred' }
  readonly attestation: 'none'
  readonly timeout: number
}

interface Described {
  readonly type: 'public-key'
  readonly id: string
  readonly transports: readonly string[]
}

type Here = Pick<Ports, 'random' | 'vault' | keyof Addresses>

/** ES256, EdDSA, RS256. */
const ALGORITHMS = [-7, -8, -257]

/** Asks for any passkey of this site: which one, and whose, the browser and its owner know. */
export function signInRequest(ports: Here, site: Pick<Site, 'id' | 'name'>, now: Instant): PasskeyRequest | NoPasskeys {
  return request(ports, site, { kind: 'sign-in' }, [], now)
}

/** Asks for one of the passkeys of the user who waits for a second factor. */
export function answerRequest(
  ports: Here,
  { site, challenge, passkeys }: Pick<ChallengeFile, 'site' | 'challenge' | 'passkeys'>,
  now: Instant,
): PasskeyRequest | NoPasskeys {
  return request(ports, site, { kind: 'answer', challenge: challenge.id }, passkeys, now)
}

function request(
  ports: Here,
  site: Pick<Site, 'id' | 'name'>,
  what: Ceremony,
  allowed: readonly Passkey[],
  now: Instant,
): PasskeyRequest | NoPasskeys {
  const party = relyingParty(ports, site)
  if (typeof party === 'string') return party
  return {
    challenge: newCeremony(ports, site.id, what, now),
    rpId: party.id,
    allowCredentials: allowed.map(described),
    userVerification: what.kind === 'sign-in' ? 'required' : 'preferred',
    timeout: CEREMONY_LIFE,
  }
}

/** Asks for a new passkey for the holder of this session; one that is there already is not made twice. */
export function creationRequest(ports: Here, file: SessionFile, now: Instant): PasskeyCreation | NoPasskeys {
  const { site, user, session, passkeys } = file
  const party = relyingParty(ports, site)
  if (typeof party === 'string') return party
  return {
    challenge: newCeremony(ports, site.id, { kind: 'register', session: session.id satisfies SessionId }, now),
    rp: { id: party.id, name: site.title },
    user: { id: userHandle(user.id), name: user.username, displayName: user.displayName || user.username },
    pubKeyCredParams: ALGORITHMS.map((alg) => ({ type: 'public-key', alg })),
    excludeCredentials: passkeys.map(described),
    authenticatorSelection: { residentKey: 'preferred', userVerification: 'preferred' },
    attestation: 'none',
    timeout: CEREMONY_LIFE,
  }
}

function described({ credential, transports }: Passkey): Described {
  return { type: 'public-key', id: credential, transports }
}
