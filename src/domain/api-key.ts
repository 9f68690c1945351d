import type { ApiKeyId, SiteId, UserId } from './id.ts'
import type { Instant } from './time.ts'

export const SCOPES = ['challenges', 'settings', 'users', 'sessions', 'audit', 'delivery', 'session'] as const
export type Scope = (typeof SCOPES)[number]

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
}
