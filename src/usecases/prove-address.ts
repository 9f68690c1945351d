import { normaliseCode } from '#authenticators/code-input.ts'
import type { AuditEvent } from '#audit/event.ts'
import { maskRecipient } from '#domain/delivery.ts'
import type { Channel } from '#domain/method.ts'
import { type Instant, rfc3339 } from '#domain/time.ts'
import type { User } from '#domain/user.ts'
import { stillWaits } from '#domain/waiting-address.ts'
import type { Change, NonEmpty } from '#ports/changes.ts'
import type { Ports } from '#ports/ports.ts'
import { ownEvent } from './act.ts'
import { noticeOver } from './new-code.ts'
import { type OwnOrder, type OwnRefusal, overOwn } from './own-account.ts'
import { addressDigest, CHANGED_NOTICE, withAddress } from './place-addresses.ts'

export type ProveAddressOutcome =
  | { readonly kind: 'proved'; readonly channels: readonly Channel[] }
  | { readonly kind: 'wrong' }
  /** No address waits for a code: too old, guessed at too often, or taken back. */
  | { readonly kind: 'none' }
  | OwnRefusal

/**
 * The holder of a session types back the code that went to a new address of theirs: from now on codes go there. The address before is told.
 * The session itself is proof enough beside the code: whoever lost the phone before could prove nothing anew.
 */
export async function proveAddress(
  ports: Ports,
  order: OwnOrder & { readonly code: string },
): Promise<ProveAddressOutcome> {
  return overOwn<ProveAddressOutcome>(ports, order, null, async (file, now) => {
    const { site, user, session } = file
    const live = (await ports.store.waitingAddresses(site.id, user.id)).filter((each) => stillWaits(each, now))
    if (live.length === 0) return { kind: 'none' }
    const code = normaliseCode(order.code, 6) ?? ''
    const proved = live.filter((each) => each.codeDigest === addressDigest(ports, user, { ...each, code }))
    const about = (ev: AuditEvent['ev'], channel: Channel) => ownEvent(user, session.application, ev, { channel })
    if (proved.length === 0) {
      return {
        changes: live.map((waiting): Change => ({ kind: 'count-address-code', waiting })),
        events: live.map(({ channel }) => about('user.address.fail', channel)) as unknown as NonEmpty<AuditEvent>,
        outcome: { kind: 'wrong' },
      }
    }
    const after = proved.reduce((each, { channel, address }) => withAddress(each, channel, address), user)
    return {
      changes: [
        ...proved.map((waiting): Change => ({ kind: 'drop-waiting-address', waiting })),
        { kind: 'change-user', user: { ...after, version: user.version + 1 }, from: user.version },
        ...proved.flatMap(({ channel }) => noticeOver(ports, file, channel, CHANGED_NOTICE, now)),
      ],
      events: proved.map(({ channel }) =>
        about(channel === 'email' ? 'user.email.changed' : 'user.phone.changed', channel),
      ) as unknown as NonEmpty<AuditEvent>,
      outcome: { kind: 'proved', channels: proved.map(({ channel }) => channel) },
    }
  })
}

/** An address that waits, as it may be shown. */
export interface ShownWaiting {
  readonly channel: Channel
  readonly address: string
  readonly masked: string
  readonly until: string
}

/** What waits to be proved by this user, and until when. */
export async function addressesThatWait(
  { store }: Pick<Ports, 'store'>,
  { site, id }: Pick<User, 'site' | 'id'>,
  now: Instant,
): Promise<readonly ShownWaiting[]> {
  return (await store.waitingAddresses(site, id))
    .filter((each) => stillWaits(each, now))
    .map(({ channel, address, expiresAt }) => ({
      channel,
      address,
      masked: maskRecipient(channel, address),
      until: rfc3339(expiresAt),
    }))
}
