import type { DeviceId, SiteId, UserId } from './id.ts'
import type { Method } from './method.ts'
import type { Instant } from './time.ts'

/** A browser that passed a challenge and need not be asked again before the interval has gone. */
export interface Device {
  readonly id: DeviceId
  readonly site: SiteId
  readonly user: UserId
  readonly tokenDigest: string
  /** Its token is replaced at each use: a browser of our pages takes the next one as a cookie, a program keeps what it was given. */
  readonly rotates: boolean
  /** When the challenge was passed. It never slides: the policy of today is applied to this moment. */
  readonly passedAt: Instant
  readonly method: Method
  readonly siteEpoch: number
  readonly userEpoch: number
  readonly userAgent: string | null
  readonly lastUsedAt: Instant
  /** Where it was last used from. */
  readonly address: string | null
  readonly forgottenAt: Instant | null
}
