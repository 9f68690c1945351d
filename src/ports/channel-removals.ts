import type { ChannelRemoval } from '#domain/channel-removal.ts'
import type { SiteId } from '#domain/id.ts'
import type { Instant } from '#domain/time.ts'

/** What can be done to removals of channels that wait. Joins `Change`. */
export type ChannelRemovalChange =
  /** Holds while none of this channel waits. */
  | { readonly kind: 'keep-channel-removal'; readonly removal: ChannelRemoval }
  /** Kept off, or about to be done. Holds while this very one waits. */
  | { readonly kind: 'drop-channel-removal'; readonly removal: ChannelRemoval }

/** Joins `Store`. */
export interface ChannelRemovalStore {
  channelRemovals(site: SiteId): Promise<readonly ChannelRemoval[]>
  /** Of all sites, each with the name of its site, the longest due first. */
  dueChannelRemovals(query: {
    readonly now: Instant
    readonly limit: number
  }): Promise<readonly { readonly removal: ChannelRemoval; readonly siteName: string }[]>
}
