import { newId } from '#domain/id.ts'
import type { Passkey } from '#domain/passkey.ts'
import { allowedMethods } from '#policy/methods.ts'
import type { Ports } from '#ports/ports.ts'
import { ownEvent } from './act.ts'
import { readCeremony } from './ceremony.ts'
import { factsOf } from './facts.ts'
import { labelOf } from './name-authenticator.ts'
import { noticeTo } from './new-code.ts'
import { endOthers, type OwnOrder, type OwnRefusal, overOwn } from './own-account.ts'
import { relyingParty } from './relying-party.ts'

export interface AddPasskey extends OwnOrder {
  /** As a browser gives it. */
  readonly passkey: unknown
  readonly label: string
  /** Whether the user's other sessions end with it. */
  readonly endOthers: boolean
}

export type AddPasskeyOutcome =
  | { readonly kind: 'added'; readonly passkey: Passkey }
  /** A check of the ceremony did not hold, or it took too long. */
  | { readonly kind: 'refused'; readonly why: string }
  /** Somebody of this site has it already. */
  | { readonly kind: 'known' }
  /** The policy does not take passkeys of this user. */
  | { readonly kind: 'not-allowed' }
  | OwnRefusal

/** A passkey is bound to the holder of a session that was proved a moment ago; they are told by mail. */
export async function addPasskey(ports: Ports, order: AddPasskey): Promise<AddPasskeyOutcome> {
  return overOwn<Exclude<AddPasskeyOutcome, OwnRefusal>>(ports, order, 'add-passkey', async (file, now) => {
    const { site, user, session } = file
    const party = relyingParty(ports, site)
    const claimed = ports.passkeys.read(order.passkey)
    if (typeof party === 'string' || !claimed) return { kind: 'refused', why: 'unreadable' }
    const application = { name: session.application, intervalHours: null }
    const facts = factsOf(file, { now, via: { kind: 'form' }, application, address: null, earlier: null })
    if (!allowedMethods(facts).includes('passkey')) return { kind: 'not-allowed' }
    const live = readCeremony(ports, site.id, { kind: 'register', session: session.id }, claimed.challenge, now)
    if (!live || (await ports.store.ceremonySpent(site.id, live.nonce))) return { kind: 'refused', why: 'challenge' }
    // A key without a PIN is bound, too: it is a second factor, and never two.
    const expected = { relyingParty: party, challenge: claimed.challenge, userVerification: false }
    const said = await ports.passkeys.register(order.passkey, expected)
    if (said.kind === 'refused') return said
    if (await ports.store.passkeyOwner(site.id, said.credential)) return { kind: 'known' }
    const { kind: _, userVerified, ...key } = said
    const passkey: Passkey = {
      ...key,
      kind: 'passkey',
      id: newId('aut', ports.random.bytes(16)),
      site: site.id,
      user: user.id,
      label: labelOf(order.label, 'Passkey'),
      createdAt: now,
      lastUsedAt: null,
    }
    const others = order.endOthers ? endOthers(file) : { changes: [], events: [] }
    const data = { authenticator: passkey.id, method: 'passkey', user_verified: userVerified }
    const changed = { ...user, hadAuthenticator: true, version: user.version + 1 }
    return {
      changes: [
        live.spends,
        { kind: 'add-passkey', passkey },
        { kind: 'change-user', user: changed, from: user.version },
        ...others.changes,
        ...noticeTo(ports, file, 'passkey_added', now),
      ],
      events: [ownEvent(user, session.application, 'factor.enrolled', data), ...others.events],
      outcome: { kind: 'added', passkey },
    }
  })
}
