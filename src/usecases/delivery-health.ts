import type { ChannelRemoval } from '#domain/channel-removal.ts'
import type { ChannelProof, ChannelTest } from '#domain/channel-proof.ts'
import { CHANNELS, type Channel } from '#domain/method.ts'
import { hours, type Instant } from '#domain/time.ts'
import { decide } from '#policy/decide.ts'
import type { ChannelRecord } from '#ports/delivery-store.ts'
import type { Ports } from '#ports/ports.ts'
import type { SiteFile } from '#ports/store.ts'
import { type AddressWarning, addressWarnings, usualFacts } from './address-warnings.ts'
import { openChannel } from './channel-in-force.ts'
import { everyPerson } from './every-person.ts'

export const CHANNEL_HEALTH = ['unconfigured', 'off', 'unproved', 'proved', 'failing'] as const

export interface ChannelHealth {
  readonly channel: Channel
  /** `unconfigured` and `off`: no channel. `failing`: the last message was refused, or the configuration cannot be read. */
  readonly state: (typeof CHANNEL_HEALTH)[number]
  /** Who has set it up. */
  readonly owner: 'site' | 'server' | null
  readonly proved: Pick<ChannelProof, 'provedBy' | 'provedAt' | 'recipient'> | null
  /** A code of a test that can still be typed back. */
  readonly waiting: Pick<ChannelTest, 'recipient' | 'begunBy' | 'expiresAt'> | null
  /** In the server's own words. */
  readonly lastError: { readonly at: Instant; readonly says: string } | null
  /** The first gateway of several did not take the newest such message. */
  readonly lastPassedOver: { readonly at: Instant; readonly says: string } | null
  readonly lastAcceptedAt: Instant | null
  /** It is to be taken away, and is in force until then. */
  readonly removal: ChannelRemoval | null
  /** Of the last 24 hours. */
  readonly counts: ChannelRecord['counts']
  /** Failed of all that are not waiting, from 0 to 1; null: there were none. */
  readonly failureRate: number | null
}

export type HealthWarning = AddressWarning | 'email_bounced' | 'sms_bounced'

export interface DeliveryHealth {
  readonly channels: readonly ChannelHealth[]
  /**
   * Users who get in with the password alone, because the policy asks for a channel that nobody has set up and says `allow`. More
   * than none: two-factor authentication is armed and not enforced, which is shown in red.
   */
  readonly letIn: number
  /** Users whom the policy would let in by no way there is: with the right password they are refused. */
  readonly shutOut: number
  readonly users: readonly {
    readonly username: string
    readonly displayName: string
    readonly warnings: readonly HealthWarning[]
  }[]
}

/** How the channels of a site fare, and whom nothing reaches. */
export async function deliveryHealth(ports: Ports, name: string): Promise<DeliveryHealth | 'unknown-site'> {
  const now = ports.clock.now()
  const file = await ports.store.siteFile(name)
  if (!file) return 'unknown-site'
  const { id } = file.site
  const records = await ports.store.channelRecords(id, { from: now - hours(24) })
  const [tests, proofs] = [await ports.store.channelTests(id), await ports.store.channelProofs(id)]
  const removals = await ports.store.channelRemovals(id)
  const of = <T extends { readonly channel: Channel }>(list: readonly T[], channel: Channel) =>
    list.find((each) => each.channel === channel)
  const channels = CHANNELS.map((channel) => {
    const known = { record: of(records, channel), test: of(tests, channel), proof: of(proofs, channel), now }
    return { ...healthOf(ports, file, channel, known), removal: of(removals, channel) ?? null }
  })
  return { channels, ...(await people(ports, file, now)) }
}

interface Known {
  readonly record: ChannelRecord | undefined
  readonly test: ChannelTest | undefined
  readonly proof: ChannelProof | undefined
  readonly now: Instant
}

function healthOf(
  ports: Ports,
  file: SiteFile,
  channel: Channel,
  { record, test, proof, now }: Known,
): Omit<ChannelHealth, 'removal'> {
  const opened = openChannel(ports, file, channel)
  const mark = opened.kind === 'open' ? opened.mark : null
  const proved = proof?.mark === mark ? (proof ?? null) : null
  const tested = test?.mark === mark ? test : undefined
  const error = newest(
    record?.lastTrouble ?? null,
    tested?.failedWhy == null ? null : { at: tested.begunAt, why: tested.failedWhy },
  )
  const worked = Math.max(record?.lastAcceptedAt ?? 0, proved?.provedAt ?? 0)
  const counts = record?.counts ?? { queued: 0, retrying: 0, accepted: 0, delivered: 0, failed: 0 }
  const done = counts.accepted + counts.delivered + counts.failed
  const state = (): ChannelHealth['state'] => {
    if (opened.kind === 'unconfigured' || opened.kind === 'off') return opened.kind
    if (opened.kind === 'unreadable' || (error !== null && error.at >= worked)) return 'failing'
    return proved ? 'proved' : 'unproved'
  }
  const unreadable = { at: now, says: 'The configuration cannot be read with the key of this server.' }
  return {
    channel,
    state: state(),
    owner: 'owner' in opened ? (opened.owner === 'server' ? 'server' : 'site') : null,
    proved,
    waiting: tested?.codeDigest != null && now < tested.expiresAt ? tested : null,
    lastError: opened.kind === 'unreadable' ? unreadable : error && { at: error.at, says: error.why },
    lastPassedOver: record?.lastPassedOver ? { at: record.lastPassedOver.at, says: record.lastPassedOver.why } : null,
    lastAcceptedAt: record?.lastAcceptedAt ?? null,
    counts,
    failureRate: done === 0 ? null : counts.failed / done,
  }
}

interface Trouble {
  readonly at: Instant
  readonly why: string
}

function newest(one: Trouble | null, other: Trouble | null): Trouble | null {
  if (one === null || other === null) return one ?? other
  return one.at >= other.at ? one : other
}

async function people(
  ports: Ports,
  file: SiteFile,
  now: Instant,
): Promise<Pick<DeliveryHealth, 'letIn' | 'shutOut' | 'users'>> {
  const bounced = await ports.store.bouncedAddresses(file.site.id)
  const users: DeliveryHealth['users'][number][] = []
  let letIn = 0
  let shutOut = 0
  for await (const person of everyPerson(ports, file.site.id, now)) {
    const { user } = person
    if (user.status !== 'active') continue
    const { rule, outcome } = decide(usualFacts(person, now))
    if (rule === 'channel_unconfigured' && outcome === 'skip' && user.kind !== 'service') letIn += 1
    if (outcome === 'deny' && user.kind !== 'service') shutOut += 1
    const warnings = addressWarnings(person, now).flatMap(({ channel, warning }): readonly HealthWarning[] => {
      if (warning !== null) return [warning]
      const back = bounced.some((each) => each.user === user.id && each.channel === channel)
      return back ? [`${channel}_bounced`] : []
    })
    if (warnings.length > 0) users.push({ username: user.username, displayName: user.displayName, warnings })
  }
  return { letIn, shutOut, users }
}
