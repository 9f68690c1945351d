import type { SiteId } from './id.ts'
import type { Channel } from './method.ts'
import { hours, type Instant } from './time.ts'

/** Long enough for every administrator to read of it on a working day; of ours. */
export const REMOVAL_WAITS = hours(24)

/** A channel that the policy of its site needs is to be taken away, and is in force until then. A site has one for each channel. */
export interface ChannelRemoval {
  readonly site: SiteId
  readonly channel: Channel
  /** What is to become of it: switched off, or what the server has set up. */
  readonly leaves: 'off' | 'unset'
  /** By name. */
  readonly askedBy: string
  readonly askedAt: Instant
  readonly dueAt: Instant
}
