import type { ChannelProof, ChannelTest } from '#domain/channel-proof.ts'
import type { DELIVERY_STATES } from '#domain/delivery.ts'
import type { DeliveryId, SiteId, UserId } from '#domain/id.ts'
import type { Channel } from '#domain/method.ts'
import type { Instant } from '#domain/time.ts'

/** A message that nobody works on. */
export interface DueDelivery {
  readonly id: DeliveryId
  readonly site: SiteId
}

/** How the messages of one channel fared since a moment. */
export interface ChannelRecord {
  readonly channel: Channel
  readonly counts: Readonly<Record<(typeof DELIVERY_STATES)[number], number>>
  /** The newest message that was taken. */
  readonly lastAcceptedAt: Instant | null
  /** The newest one that the channel did not take, and why: neither its recipient was to blame, nor was it of no use any more. */
  readonly lastTrouble: { readonly at: Instant; readonly why: string } | null
  /** The newest one that only a later gateway took, and why those before did not. */
  readonly lastPassedOver: { readonly at: Instant; readonly why: string } | null
}

/** An address that does not take messages: nothing got through to it since. */
export interface BouncedAddress {
  readonly user: UserId
  readonly channel: Channel
  readonly at: Instant
}

/** What the store knows of messages and the channels they go over. */
export interface DeliveryStore {
  /** Messages to hand over now, the next to expire first, and no more than `perSite` of any site. */
  dueDeliveries(query: { now: Instant; perSite: number; limit: number }): Promise<readonly DueDelivery[]>
  /** Takes a waiting message whose claim has run out; false: somebody else did. */
  claimDelivery(id: DeliveryId, query: { now: Instant; until: Instant }): Promise<boolean>
  channelRecords(site: SiteId, query: { from: Instant }): Promise<readonly ChannelRecord[]>
  /** Of the addresses that users have today. */
  bouncedAddresses(site: SiteId): Promise<readonly BouncedAddress[]>
  channelTests(site: SiteId): Promise<readonly ChannelTest[]>
  channelProofs(site: SiteId): Promise<readonly ChannelProof[]>
}
