import type { AuditRow, EventName, Party } from '#audit/event.ts'
import type { ChainedEntry } from '#audit/chain.ts'
import type { SiteId } from '#domain/id.ts'
import type { AuditQuery } from '#ports/store.ts'
import type { Personal } from './append-audit.ts'
import { integer, json, text } from './columns.ts'
import { all, type Row, type Value, type Work } from './database.ts'
import { auditPage } from './statements.ts'

export function* readAudit(site: SiteId, query: AuditQuery): Work<readonly AuditRow[]> {
  const { actor, subject, ev, from, to } = query
  const statement = auditPage({
    actor: actor !== undefined,
    subject: subject !== undefined,
    ev: ev !== undefined,
    from: from !== undefined,
    to: to !== undefined,
    oldestFirst: query.oldestFirst === true,
  })
  const asked = [actor, subject, ev, from, to].filter((value): value is string | number => value !== undefined)
  const params: readonly Value[] = [
    site,
    query.before ?? Number.MAX_SAFE_INTEGER,
    query.after ?? 0,
    ...asked,
    query.limit,
  ]
  return (yield* all(statement, ...params)).map(auditRow)
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
