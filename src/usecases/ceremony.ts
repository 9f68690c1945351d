import type { ChallengeId, SessionId, SiteId } from '#domain/id.ts'
import { type Instant, minutes } from '#domain/time.ts'
import type { Change } from '#ports/changes.ts'
import type { Ports } from '#ports/ports.ts'

/** What a passkey is asked for: one made for one thing is worth nothing for another. */
export type Ceremony =
  | { readonly kind: 'sign-in' }
  | { readonly kind: 'answer'; readonly challenge: ChallengeId }
  | { readonly kind: 'register'; readonly session: SessionId }

/** How long a browser may take to answer. */
export const CEREMONY_LIFE = minutes(10)

/** 128 bits, twice what WebAuthn Level 3, 13.4.3 asks for at least. */
const NONCE_BYTES = 16

export interface LiveCeremony {
  readonly nonce: string
  readonly expiresAt: Instant
  /** Makes it worthless from now on. */
  readonly spends: Change
}

/**
 * A challenge for a passkey, base64url: chance, its end, and our seal over both and over what it is for. Nothing is stored before it is
 * answered, so that pages which anybody can open cost no row; an answer spends it, once.
 */
export function newCeremony(
  { random, vault }: Pick<Ports, 'random' | 'vault'>,
  site: SiteId,
  what: Ceremony,
  now: Instant,
): string {
  const nonce = Buffer.from(random.bytes(NONCE_BYTES)).toString('base64url')
  const expiresAt = now + CEREMONY_LIFE
  const seal = sealOf({ vault }, site, what, nonce, expiresAt)
  return Buffer.from(`${nonce}.${expiresAt}.${seal}`).toString('base64url')
}

/** What of a challenge that comes back can be believed; null: it is not one of ours, not for this, or too old. */
export function readCeremony(
  { vault }: Pick<Ports, 'vault'>,
  site: SiteId,
  what: Ceremony,
  challenge: string,
  now: Instant,
): LiveCeremony | null {
  const [nonce = '', end = '', seal = '', ...more] = Buffer.from(challenge, 'base64url').toString('latin1').split('.')
  const expiresAt = Number(end)
  if (more.length > 0 || !Number.isSafeInteger(expiresAt)) return null
  if (seal !== sealOf({ vault }, site, what, nonce, expiresAt) || now >= expiresAt) return null
  return { nonce, expiresAt, spends: { kind: 'spend-ceremony', site, nonce, expiresAt } }
}

/** A keyed digest: whoever guesses at it learns nothing from how long the comparison takes, because they cannot aim. */
function sealOf(
  { vault }: Pick<Ports, 'vault'>,
  site: SiteId,
  what: Ceremony,
  nonce: string,
  expiresAt: Instant,
): string {
  const bound = what.kind === 'answer' ? what.challenge : what.kind === 'register' ? what.session : ''
  return vault.digest(`passkey ${what.kind} at ${site} for ${bound}: ${nonce} until ${expiresAt}`)
}
