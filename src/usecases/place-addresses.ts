import { hotp } from '#authenticators/hotp.ts'
import type { AuditEvent } from '#audit/event.ts'
import type { Delivery } from '#domain/delivery.ts'
import { newId } from '#domain/id.ts'
import { type Channel, CHANNELS } from '#domain/method.ts'
import { type Instant, rfc3339 } from '#domain/time.ts'
import type { User } from '#domain/user.ts'
import { WAITING_LIFE, type WaitingAddress } from '#domain/waiting-address.ts'
import type { Change } from '#ports/changes.ts'
import type { Ports } from '#ports/ports.ts'
import type { PersonFile } from '#ports/store.ts'
import { type Act, userParty } from './act.ts'
import { addressOf, channelStates } from './facts.ts'
import { noticeOver } from './new-code.ts'
import type { UserFields } from './user-input.ts'

export interface PlacedAddresses {
  /** With the addresses that are in force. */
  readonly user: User
  readonly changes: readonly Change[]
  readonly events: readonly AuditEvent[]
  /** For the log, beside the fields that changed: what no longer waits. */
  readonly withdrawn: readonly string[]
}

/**
 * What becomes of the addresses that an administrator has entered. One in place of another waits until its owner has typed back
 * the code that goes there (`proveAddress`); until then codes go where they went. The one before is told either way. The first address of a
 * user, and those of somebody who has never signed in, are taken as they come: an import proves nothing.
 */
export async function placeAddresses(
  ports: Ports,
  file: PersonFile,
  { wanted, given, actor }: Pick<Act, 'actor'> & { readonly wanted: User; readonly given: UserFields },
  now: Instant,
): Promise<PlacedAddresses> {
  const entered = CHANNELS.filter((channel) => (channel === 'email' ? given.email : given.phone) !== undefined)
  if (entered.length === 0) return { user: wanted, changes: [], events: [], withdrawn: [] }
  const waiting = await ports.store.waitingAddresses(file.site.id, file.user.id)
  let user = wanted
  const [changes, events, withdrawn]: [Change[], AuditEvent[], string[]] = [[], [], []]
  for (const channel of entered) {
    const [before, after] = [addressOf(file, channel), addressOf({ user: wanted }, channel)]
    const held = waiting.find((each) => each.channel === channel) ?? null
    if (after !== null && after !== before && mustProve(file, channel, held)) {
      user = withAddress(user, channel, before)
      const asked = askFor(ports, file, { channel, address: after, now })
      changes.push(...asked.changes, ...noticeOver(ports, file, channel, WAITING_NOTICE, now))
      const data = { channel, until: rfc3339(asked.expiresAt) }
      events.push({ ev: 'user.address.asked', actor, subject: userParty(user), application: null, data })
      continue
    }
    if (held !== null && held.address !== null) withdrawn.push(`waiting ${channel}`)
    changes.push(...afterwards(file, { channel, held, after, now }))
    if (after !== before) changes.push(...noticeOver(ports, file, channel, CHANGED_NOTICE, now))
  }
  return { user, changes, events, withdrawn }
}

/** How a code that proves an address is stored. It proves no other one, and nobody else's. */
export function addressDigest(
  { vault }: Pick<Ports, 'vault'>,
  { id }: Pick<User, 'id'>,
  { address, code }: { readonly address: string; readonly code: string },
): string {
  return vault.digest(`code to ${address} of ${id}: ${code}`)
}

export function withAddress(user: User, channel: Channel, address: string | null): User {
  return channel === 'email' ? { ...user, email: address } : { ...user, phone: address }
}

const WAITING_NOTICE = { kind: 'notice', notice: 'contact_waiting' } as const
export const CHANGED_NOTICE = { kind: 'notice', notice: 'contact_changed' } as const

/** Where no channel is set up nobody can be asked, and no code goes there. A program has no mailbox to read. */
function mustProve(file: PersonFile, channel: Channel, held: WaitingAddress | null): boolean {
  const { kind, lastSignInAt } = file.user
  if (kind === 'service' || lastSignInAt === null || channelStates(file)[channel] !== 'configured') return false
  return addressOf(file, channel) !== null || held !== null
}

/** What is left behind of the address before: once there was one, its successor is proved, also after it was taken away. */
function afterwards(
  { user }: PersonFile,
  {
    channel,
    held,
    after,
    now,
  }: {
    readonly channel: Channel
    readonly held: WaitingAddress | null
    readonly after: string | null
    readonly now: Instant
  },
): readonly Change[] {
  if (after !== null) return held === null ? [] : [{ kind: 'drop-waiting-address', waiting: held }]
  if (held?.address === null || user.lastSignInAt === null) return []
  const { site, id } = user
  const gone = { address: null, codeDigest: '', askedAt: now, expiresAt: now, wrong: 0 }
  return [{ kind: 'keep-address-waiting', waiting: { site, user: id, channel, ...gone } }]
}

function askFor(
  ports: Pick<Ports, 'random' | 'vault'>,
  { user }: PersonFile,
  { channel, address, now }: { readonly channel: Channel; readonly address: string; readonly now: Instant },
): { readonly changes: readonly Change[]; readonly expiresAt: Instant } {
  const code = hotp(ports.random.bytes(20), 0, { digits: 6 })
  const expiresAt = now + WAITING_LIFE
  const id = newId('dlv', ports.random.bytes(16))
  const waiting: WaitingAddress = {
    site: user.site,
    user: user.id,
    channel,
    address,
    codeDigest: addressDigest(ports, user, { address, code }),
    askedAt: now,
    expiresAt,
    wrong: 0,
  }
  const delivery: Delivery = {
    id,
    site: user.site,
    user: user.id,
    challenge: null,
    channel,
    recipient: address,
    content: { kind: 'address_code', sealedCode: ports.vault.seal(Buffer.from(code), id) },
    state: { kind: 'queued' },
    createdAt: now,
    expiresAt,
    claimedUntil: now,
    version: 1,
  }
  return {
    expiresAt,
    changes: [
      { kind: 'keep-address-waiting', waiting },
      { kind: 'add-delivery', delivery },
    ],
  }
}
