import type { SiteId, UserId } from './id.ts'
import type { Channel } from './method.ts'
import { days, type Instant } from './time.ts'

/** Whoever is away comes back to a code that still counts; five wrong ones end it long before it is guessed. */
export const WAITING_LIFE = days(7)
export const MOST_WRONG_ADDRESS_CODES = 5

/** A new address of a user who had another one: it is used when its code has been typed back. A user has one of each channel. */
export interface WaitingAddress {
  readonly site: SiteId
  readonly user: UserId
  readonly channel: Channel
  /** null: the one there was has been taken away, and nothing waits; the next one has to be proved, too. */
  readonly address: string | null
  /** Keyed, of user, address and code together. */
  readonly codeDigest: string
  readonly askedAt: Instant
  readonly expiresAt: Instant
  readonly wrong: number
}

/** Whether its code can be typed back. */
export function stillWaits(
  waiting: WaitingAddress,
  now: Instant,
): waiting is WaitingAddress & { readonly address: string } {
  return waiting.address !== null && now < waiting.expiresAt && waiting.wrong < MOST_WRONG_ADDRESS_CODES
}
