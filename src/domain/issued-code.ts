import type { SiteId, UserId } from './id.ts'
import type { Instant } from './time.ts'

/** `break_glass`: made on the server when nobody can get in. `helpdesk`: told to one user who called. */
export const ISSUED_CODE_KINDS = ['break_glass', 'helpdesk'] as const
export type IssuedCodeKind = (typeof ISSUED_CODE_KINDS)[number]

/** A code that stands in for the second factor of one user, once. A user has one at most; a newer one takes its place. */
export interface IssuedCode {
  readonly site: SiteId
  readonly user: UserId
  readonly kind: IssuedCodeKind
  /** Of the code and the user together: the code of one says nothing at another. */
  readonly digest: string
  readonly createdAt: Instant
  readonly expiresAt: Instant
}
