import type { AuditRow } from '#audit/event.ts'
import { actionSentence } from '#audit/sentence.ts'
import type { Ports } from '#ports/ports.ts'
import type { AuditQuery } from '#ports/store.ts'

/** A row of the audit log as administrators read it: User, Action, Time, and what lies behind them. */
export interface AuditLine extends AuditRow {
  readonly user: string
  readonly action: string
}

/** The newest rows first. The next page starts `before` the last sequence number of this one. */
export async function listAudit(
  ports: Ports,
  site: string,
  query: AuditQuery,
): Promise<readonly AuditLine[] | 'unknown-site'> {
  const file = await ports.store.siteFile(site)
  if (!file) return 'unknown-site'
  const rows = await ports.store.audit(file.site.id, query)
  return rows.map((row) => ({ ...row, user: row.actor.name ?? row.actor.id, action: actionSentence(row) }))
}
