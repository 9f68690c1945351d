import { counterWentBack } from '#authenticators/passkey-counter.ts'
import type { Asked } from '#challenge/challenge.ts'
import type { UserId } from '#domain/id.ts'
import type { Addresses } from '#domain/site-address.ts'
import type { Instant } from '#domain/time.ts'
import type { Ports } from '#ports/ports.ts'
import type { ChallengeFile, PersonFile } from '#ports/store.ts'
import { type Ceremony, readCeremony } from './ceremony.ts'
import { relyingParty } from './relying-party.ts'
import type { CodeVerdict } from './verify-code.ts'

export const COUNTER_WENT_BACK = 'passkey_counter'

/** How a passkey names its user to us (WebAuthn Level 3, 5.4.3): nothing of the person is in it. */
export function userHandle(user: UserId): string {
  return Buffer.from(user).toString('base64url')
}

/** The answer of a passkey to a challenge that asks for a second factor. */
export async function judgePasskey(
  ports: Ports,
  file: ChallengeFile,
  state: Asked,
  answer: unknown,
  now: Instant,
): Promise<CodeVerdict> {
  if (!state.methods.includes('passkey')) return { kind: 'wrong', why: 'passkey_not_asked' }
  return verifyPasskey(ports, file, { kind: 'answer', challenge: file.challenge.id }, answer, now)
}

/**
 * Holds the answer of a passkey against this user's. In a sign-in that begins with it, it has to be both factors: its device must have
 * verified its user, and name the user it was made for. An answer spends its challenge, right or wrong.
 */
export async function verifyPasskey(
  ports: Pick<Ports, 'passkeys' | 'store' | 'vault' | keyof Addresses>,
  file: PersonFile,
  ceremony: Ceremony,
  answer: unknown,
  now: Instant,
): Promise<Extract<CodeVerdict, { kind: 'right' | 'wrong' | 'replayed' }>> {
  const { site, user } = file
  const party = relyingParty(ports, site)
  const claimed = ports.passkeys.read(answer)
  if (typeof party === 'string' || !claimed) return { kind: 'wrong', why: 'passkey_unreadable' }
  const live = readCeremony(ports, site.id, ceremony, claimed.challenge, now)
  if (!live) return { kind: 'wrong', why: 'passkey_challenge' }
  if (await ports.store.ceremonySpent(site.id, live.nonce)) return { kind: 'replayed' }
  const refused = (why: string) => ({ kind: 'wrong', why, spends: [live.spends] }) as const
  const first = ceremony.kind === 'sign-in'
  const passkey = file.passkeys.find(({ credential }) => credential === claimed.credential)
  if (!passkey) return refused('passkey_unknown')
  if (claimed.userHandle === null ? first : claimed.userHandle !== userHandle(user.id)) return refused('passkey_user')
  const expected = { relyingParty: party, challenge: claimed.challenge, userVerification: first, passkey }
  const said = await ports.passkeys.assert(answer, expected)
  if (said.kind === 'refused') return refused(`passkey: ${said.why}`)
  const { counter, userVerified, backedUp } = said
  if (counterWentBack(passkey.counter, counter)) return refused(COUNTER_WENT_BACK)
  return {
    kind: 'right',
    evidence: { kind: 'passkey', userVerified, deviceBound: !passkey.backupEligible, at: now },
    spends: [
      live.spends,
      { kind: 'use-passkey', passkey: passkey.id, from: passkey.counter, counter, backedUp, at: now },
    ],
  }
}
