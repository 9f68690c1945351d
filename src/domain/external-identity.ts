import type { SiteId, UserId } from './id.ts'
import type { Instant } from './time.ts'

/** What an identity provider calls one of our users. */
export interface ExternalIdentity {
  readonly site: SiteId
  readonly provider: string
  readonly subject: string
  readonly user: UserId
  readonly createdAt: Instant
}
