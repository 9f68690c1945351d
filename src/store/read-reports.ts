import type { SiteId, UserId } from '#domain/id.ts'
import { CHANNELS } from '#domain/method.ts'
import type { Instant } from '#domain/time.ts'
import type { DeliveryCount } from '#ports/store.ts'
import { id, integer, integerOrNull, text, word } from './columns.ts'
import { all, one, type Work } from './database.ts'
import { AUDIT, DELIVERIES, USERS } from './statements.ts'

/** How many messages each user was sent over each channel between two moments. */
export function* readDeliveryCounts(site: SiteId, from: Instant, to: Instant): Work<readonly DeliveryCount[]> {
  return (yield* all(DELIVERIES.countsOfSite, site, from, to)).map((row) => ({
    user: id(row, 'user_id', 'usr'),
    channel: word(row, 'channel', CHANNELS),
    accepted: integer(row, 'accepted'),
    failed: integer(row, 'failed'),
    lastAcceptedAt: integerOrNull(row, 'last_accepted_at'),
    lastFailedAt: integerOrNull(row, 'last_failed_at'),
  }))
}

/** When something of this kind last happened to each user. */
export function* readLastEvents(site: SiteId, ev: string): Work<ReadonlyMap<UserId, Instant>> {
  const rows = yield* all(AUDIT.lastBySubject, site, ev)
  return new Map(rows.map((row) => [text(row, 'subject_id') as UserId, integer(row, 'last_at')]))
}

/** All names that are taken, in the form in which they are compared. */
export function* readUsernames(site: SiteId): Work<ReadonlySet<string>> {
  return new Set((yield* all(USERS.names, site)).map((row) => text(row, 'canonical_username')))
}

export function* readAuditHead(site: SiteId): Work<{ readonly seq: number; readonly hash: string } | null> {
  const row = yield* one(AUDIT.head, site)
  return row ? { seq: integer(row, 'seq'), hash: text(row, 'hash') } : null
}
