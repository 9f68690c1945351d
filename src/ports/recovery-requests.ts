import type { SiteId, UserId } from '#domain/id.ts'
import type { RecoveryRequest } from '#domain/recovery-request.ts'
import type { Instant } from '#domain/time.ts'

/** What can be done to requests of people who have lost everything. Joins `Change`. */
export type RecoveryRequestChange =
  /** Holds while this user never had one. */
  | { readonly kind: 'add-recovery-request'; readonly request: RecoveryRequest }
  /** Also puts a new one in the place of one that is over. */
  | { readonly kind: 'change-recovery-request'; readonly request: RecoveryRequest; readonly from: number }

export interface RequestOf {
  readonly request: RecoveryRequest
  readonly username: string
}

/** Joins `Store`. */
export interface RecoveryRequestStore {
  /** The newest of a user, whatever has become of it. */
  recoveryRequest(site: SiteId, user: UserId): Promise<RecoveryRequest | null>
  recoveryRequestByLink(site: SiteId, cancelDigest: string): Promise<RequestOf | null>
  /** Those nobody has ended and whose time has not, the oldest first. */
  recoveryRequests(site: SiteId, query: { now: Instant; limit: number }): Promise<readonly RequestOf[]>
}
