import { rfc3339 } from '#domain/time.ts'
import type { AuditRow } from './event.ts'
import { actionSentence } from './sentence.ts'

/** A row of the audit log as programs read it. `seq` has no gaps, and `hash` covers the entry before: a reader sees what is missing. */
export function auditRecord(row: AuditRow): object {
  return {
    seq: row.seq,
    at: rfc3339(row.at),
    user: row.actor.name ?? row.actor.id,
    action: actionSentence(row),
    event: row.ev,
    actor: row.actor,
    target: row.subject,
    application: row.application,
    address: row.origin.address,
    user_agent: row.origin.userAgent,
    request: row.origin.request,
    data: row.data,
    hash: row.hash,
  }
}
