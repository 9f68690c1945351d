import type { AuditRow, EventName, Party } from '#audit/event.ts'
import type { ChainedEntry } from '#audit/chain.ts'
import type { SiteId } from '#domain/id.ts'
import type { AuditQuery } from '#ports/store.ts'
import type { Personal } from './append-audit.ts'
import { integer, json, text } from './columns.ts'
import { all, one, type Row, type Value, type Work } from './database.ts'
import { AUDIT, auditPage, auditSpan } from './statements.ts'

export function* readAudit(site: SiteId, query: AuditQuery): Work<readonly AuditRow[]> {
  if (isSpan(query)) return yield* readSpan(site, query)
  const { before, after, actor, subject, ev, from, to } = query
  const statement = auditPage({
    before: before !== undefined,
    after: after !== undefined,
    actor: actor !== undefined,
    subject: subject !== undefined,
    ev: ev !== undefined,
    from: from !== undefined,
    to: to !== undefined,
    oldestFirst: query.oldestFirst === true,
  })
  const asked = [before, after, actor, subject, ev, from, to].filter(
    (value): value is string | number => value !== undefined,
  )
  const params: readonly Value[] = [site, ...asked, query.limit]
  return (yield* all(statement, ...params)).map(auditRow)
}

/** Whether nothing but time is asked for. */
function isSpan({ actor, subject, ev, from, to, before, after, oldestFirst }: AuditQuery): boolean {
  if (actor !== undefined || subject !== undefined || ev !== undefined) return false
  if (oldestFirst ? before !== undefined : after !== undefined) return false
  return from !== undefined || to !== undefined
}

/**
 * A page by time. Where a clock was set back, numbers and moments are not in one order: the page goes on behind the moment and number of
 * the entry that the last one ended with, so that none is told twice and none is left out.
 */
function* readSpan(site: SiteId, query: AuditQuery): Work<readonly AuditRow[]> {
  const { from = 0, to = Number.MAX_SAFE_INTEGER, limit, oldestFirst = false } = query
  const last = oldestFirst ? query.after : query.before
  const beyond = last === undefined ? 'everything' : yield* placeOf(site, last, oldestFirst)
  if (beyond === 'nothing') return []
  const place = beyond === 'everything' ? [] : beyond
  const statement = auditSpan({ oldestFirst, beyond: place.length > 0 })
  return (yield* all(statement, site, from, to, ...place, limit)).map(auditRow)
}

/** Moment and number of the entry that a page goes on behind; where the log has none of that number, it ended or was purged before it. */
function* placeOf(
  site: SiteId,
  seq: number,
  oldestFirst: boolean,
): Work<readonly [number, number] | 'everything' | 'nothing'> {
  const there = yield* one(AUDIT.momentOf, site, seq)
  if (there) return [integer(there, 'happened_at'), seq]
  const above = (yield* one(AUDIT.isAbove, site, seq)) !== undefined
  return above === oldestFirst ? 'everything' : 'nothing'
}

/** The entries were written by us and are in a chain that tells whether they still are: their form is not checked again here. */
function auditRow(row: Row): AuditRow {
  const entry = json(row, 'entry') as ChainedEntry
  const personal = row['personal'] === null ? undefined : (json(row, 'personal') as Personal)
  return {
    seq: integer(row, 'seq'),
    at: integer(row, 'happened_at'),
    ev: entry.ev as EventName,
    actor: { ...(entry.actor as Party), name: personal?.actor_name ?? null },
    subject: entry.subject && { ...(entry.subject as Party), name: personal?.subject_name ?? null },
    application: entry.app,
    data: entry.data,
    origin: { request: entry.req ?? '', address: personal?.ip ?? null, userAgent: personal?.ua ?? null },
    hash: text(row, 'hash'),
  }
}
