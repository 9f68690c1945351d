import type { SiteId } from './id.ts'
import type { Channel } from './method.ts'
import type { Instant } from './time.ts'

/** A code sent over a channel to whoever tests it; typed back, it proves the channel from end to end. One at a time per channel. */
export interface ChannelTest {
  readonly site: SiteId
  readonly channel: Channel
  /** The configuration that is tested, as a digest: a proof of another one is none. */
  readonly mark: string
  /** Masked. */
  readonly recipient: string
  /** Keyed digest of the code; null when the message could not be handed over. */
  readonly codeDigest: string | null
  readonly begunBy: string
  readonly begunAt: Instant
  readonly expiresAt: Instant
  readonly wrong: number
  /** Why the message could not be handed over, in the server's own words. */
  readonly failedWhy: string | null
}

/** A channel over which a code once came through, with whose help, and when. */
export interface ChannelProof {
  readonly site: SiteId
  readonly channel: Channel
  readonly mark: string
  readonly recipient: string
  readonly provedBy: string
  readonly provedAt: Instant
}
