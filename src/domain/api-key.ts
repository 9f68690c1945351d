import type { ApiKeyId, SiteId, UserId } from './id.ts'
import { type Right, RIGHTS } from './rights.ts'
import type { Instant } from './time.ts'

/** What a key may be made for: any of the rights there are. */
export const SCOPES = RIGHTS
export type Scope = Right

/** A named key of a program. Only the digest of its secret is stored. */
export interface ApiKey {
  readonly id: ApiKeyId
  readonly site: SiteId
  readonly name: string
  /** The service account it acts for; null: the program itself. */
  readonly user: UserId | null
  readonly secretDigest: string
  readonly scopes: readonly Scope[]
  readonly createdAt: Instant
  readonly expiresAt: Instant | null
  readonly revokedAt: Instant | null
  /** To the minute. */
  readonly lastUsedAt: Instant | null
}
