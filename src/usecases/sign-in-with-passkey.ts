import { ANONYMOUS, type AuditEvent, type Origin } from '#audit/event.ts'
import { DEFAULT_APPLICATION } from '#domain/application.ts'
import type { SiteId } from '#domain/id.ts'
import type { Instant } from '#domain/time.ts'
import { allowedMethods } from '#policy/methods.ts'
import type { Ports } from '#ports/ports.ts'
import type { Change } from '#ports/changes.ts'
import type { PersonFile } from '#ports/store.ts'
import { ownEvent } from './act.ts'
import { readCeremony } from './ceremony.ts'
import { dispatchDelivery } from './dispatch-delivery.ts'
import { factsOf } from './facts.ts'
import type { Settled } from './plan.ts'
import { inRounds } from './rounds.ts'
import { settle } from './settle.ts'
import { COUNTER_WENT_BACK, verifyPasskey } from './verify-passkey.ts'

export interface SignInWithPasskey {
  readonly site: SiteId
  /** As a browser gives it. */
  readonly passkey: unknown
  readonly application?: string
  readonly origin: Origin
}

export type SignInWithPasskeyOutcome =
  | Settled
  /** Whatever did not hold: an unknown passkey, a wrong or used challenge, a user who may not. */
  | { readonly kind: 'passkey-refused' }
  | { readonly kind: 'unknown-application'; readonly known: readonly string[] }
  | { readonly kind: 'busy' }

/**
 * Somebody signs in with a passkey alone. It is both factors, because its device has verified its user; what it opens is for the policy
 * to say, like after a password.
 */
export async function signInWithPasskey(ports: Ports, input: SignInWithPasskey): Promise<SignInWithPasskeyOutcome> {
  const { site, origin } = input
  const claimed = ports.passkeys.read(input.passkey)
  if (!claimed) return { kind: 'passkey-refused' }
  const settled = await inRounds<SignInWithPasskeyOutcome>(async () => {
    const now = ports.clock.now()
    const live = readCeremony(ports, site, { kind: 'sign-in' }, claimed.challenge, now)
    // Nobody who was not asked is answered, nor written down: anybody could fill the log.
    if (!live) return { kind: 'passkey-refused' }
    const spent = await ports.store.ceremonySpent(site, live.nonce)
    const owner = await ports.store.passkeyOwner(site, claimed.credential)
    const file = owner && (await ports.store.personFile(site, owner.username, now))
    if (!file) return spent ? { kind: 'passkey-refused' } : refuse(null, 'passkey_unknown', [live.spends], now)
    const name = input.application ?? DEFAULT_APPLICATION
    const application = file.applications.find((each) => each.name === name)
    if (!application) return { kind: 'unknown-application', known: file.applications.map((each) => each.name) }
    const verdict = await verifyPasskey(ports, file, { kind: 'sign-in' }, input.passkey, now)
    if (verdict.kind === 'replayed') return refuse(file, 'replayed', [], now)
    if (verdict.kind === 'wrong') return refuse(file, verdict.why ?? verdict.kind, verdict.spends ?? [], now)
    const { user } = file
    const question = { now, via: { kind: 'form' }, application, address: origin.address, earlier: null } as const
    const mayUse = allowedMethods(factsOf(file, question)).includes('passkey')
    if (user.status !== 'active' || user.kind === 'service' || !mayUse)
      return refuse(file, 'passkey_not_allowed', [live.spends], now)
    return settle(ports, {
      file,
      via: { kind: 'form' },
      evidence: verdict.evidence,
      application,
      now,
      origin,
      changes: verdict.spends,
      events: [ownEvent(user, name, 'auth.passkey.ok')],
      linkDigest: null,
    })
  })
  if (settled === 'busy') return { kind: 'busy' }
  if (settled.kind === 'pending' && settled.deliver) await dispatchDelivery(ports, settled.deliver)
  return settled

  async function refuse(
    file: PersonFile | null,
    reason: string,
    changes: readonly Change[],
    at: Instant,
  ): Promise<SignInWithPasskeyOutcome | 'conflict'> {
    const event: AuditEvent = file
      ? ownEvent(file.user, null, 'auth.passkey.fail', { reason })
      : { ev: 'auth.passkey.fail', actor: ANONYMOUS, subject: null, application: null, data: { reason } }
    const copied = file && reason === COUNTER_WENT_BACK ? [ownEvent(file.user, null, 'factor.counter', {})] : []
    const committed = await ports.store.commit({ site, at, origin, changes, events: [event, ...copied] })
    return committed === 'conflict' ? 'conflict' : { kind: 'passkey-refused' }
  }
}
