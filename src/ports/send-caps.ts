import type { SiteId, UserId } from '#domain/id.ts'
import type { Channel } from '#domain/method.ts'
import type { Instant } from '#domain/time.ts'

/** How many there may be before one more message goes out; 0 is no limit. */
export interface SendCaps {
  readonly userHour: number
  readonly userUnansweredDay: number
  readonly siteDay: number
  readonly numberHour: number
  readonly unansweredBlock: number
  readonly siteMonth: number
}

/** What keeps the caps on messages exact, and what is told of them told once. Joins `Change`. */
export type SendCapChange =
  /** Holds while each cap has room for one more; the site's messages wait for one another here. Stands before the message itself. */
  | {
      readonly kind: 'keep-send-caps'
      readonly site: SiteId
      readonly user: UserId
      readonly channel: Channel
      readonly recipient: string
      readonly at: Instant
      readonly caps: SendCaps
    }
  /** Holds once until `until`: what goes on is told once. */
  | {
      readonly kind: 'raise-alarm'
      readonly site: SiteId
      readonly alarm: string
      readonly at: Instant
      readonly until: Instant
    }
