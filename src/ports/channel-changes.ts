import type { ChannelProof, ChannelTest } from '#domain/channel-proof.ts'
import type { SiteId } from '#domain/id.ts'
import type { Channel } from '#domain/method.ts'

/** What can be done to the channels of a site beside setting them up. */
export type ChannelChange =
  /** The site's own row goes: what the server has set up holds again. */
  | { readonly kind: 'unset-channel'; readonly site: SiteId; readonly channel: Channel }
  /** Takes the place of an earlier test of this channel. */
  | { readonly kind: 'set-channel-test'; readonly test: ChannelTest }
  /** One more wrong code. Holds while this test is the one that runs. */
  | { readonly kind: 'count-channel-test'; readonly test: ChannelTest }
  /** Holds while this very test runs: its code is good once. */
  | { readonly kind: 'end-channel-test'; readonly test: ChannelTest }
  | { readonly kind: 'prove-channel'; readonly proof: ChannelProof }
