import type { SiteId, UserId } from '#domain/id.ts'
import type { WaitingAddress } from '#domain/waiting-address.ts'

/** What can be done to addresses that wait until they are proved. Joins `Change`. */
export type WaitingAddressChange =
  /** In place of the one that waited before. */
  | { readonly kind: 'keep-address-waiting'; readonly waiting: WaitingAddress }
  /** Holds while it is as it was read. */
  | { readonly kind: 'count-address-code'; readonly waiting: WaitingAddress }
  /** Holds while it is as it was read. */
  | { readonly kind: 'drop-waiting-address'; readonly waiting: WaitingAddress }

/** Joins `Store`. */
export interface WaitingAddressStore {
  /** At most one of each channel, also those whose time is over. */
  waitingAddresses(site: SiteId, user: UserId): Promise<readonly WaitingAddress[]>
}
