import type { AuditRow } from '#audit/event.ts'
import { auditRecord } from '#audit/record.ts'
import { actionSentence } from '#audit/sentence.ts'
import { type Cell, csvLine } from '#csv/write-csv.ts'
import type { SiteId } from '#domain/id.ts'
import { rfc3339 } from '#domain/time.ts'
import type { Ports } from '#ports/ports.ts'
import type { AuditQuery } from '#ports/store.ts'

export const EXPORT_FORMATS = ['csv', 'jsonl'] as const
export type ExportFormat = (typeof EXPORT_FORMATS)[number]

export interface ExportAudit {
  readonly site: string
  readonly format: ExportFormat
  readonly filter: Omit<AuditQuery, 'limit'>
}

export type ExportAuditOutcome =
  /** `chunks` are read while they are written: nothing of the log is held but a page. */
  | { readonly kind: 'exporting'; readonly contentType: string; readonly chunks: AsyncIterable<string> }
  | { readonly kind: 'unknown-site' }

const PAGE = 500

const TYPES: Readonly<Record<ExportFormat, string>> = {
  csv: 'text/csv; charset=utf-8; header=present',
  jsonl: 'application/x-ndjson',
}

/** The audit log as a file, in the order and with the filters asked for, up to what was its newest row at the beginning. */
export async function exportAudit(ports: Pick<Ports, 'store'>, query: ExportAudit): Promise<ExportAuditOutcome> {
  const file = await ports.store.siteFile(query.site)
  if (!file) return { kind: 'unknown-site' }
  const { id } = file.site
  const head = await ports.store.auditHead(id)
  // Rows that are added while somebody reads slowly would never let the oldest-first export end.
  const before = Math.min(query.filter.before ?? Number.MAX_SAFE_INTEGER, (head?.seq ?? 0) + 1)
  const pages = pagesOf(ports, id, { ...query.filter, before })
  return { kind: 'exporting', contentType: TYPES[query.format], chunks: textOf(pages, query.format) }
}

async function* pagesOf(
  { store }: Pick<Ports, 'store'>,
  site: SiteId,
  filter: ExportAudit['filter'],
): AsyncGenerator<readonly AuditRow[]> {
  for (let keyset = filter; ; ) {
    const page = await store.audit(site, { ...keyset, limit: PAGE })
    yield page
    const last = page.at(-1)
    if (last === undefined || page.length < PAGE) return
    keyset = filter.oldestFirst ? { ...filter, after: last.seq } : { ...filter, before: last.seq }
  }
}

async function* textOf(pages: AsyncIterable<readonly AuditRow[]>, format: ExportFormat): AsyncGenerator<string> {
  if (format === 'csv') yield csvLine(COLUMNS)
  for await (const page of pages) {
    const lines = page.map((row) => (format === 'csv' ? csvLine(cells(row)) : `${JSON.stringify(auditRecord(row))}\n`))
    if (lines.length > 0) yield lines.join('')
  }
}

const COLUMNS = [
  'seq',
  'time',
  'user',
  'action',
  'event',
  'actor_type',
  'actor_id',
  'target_type',
  'target_id',
  'target_name',
  'application',
  'address',
  'user_agent',
  'request',
  'data',
  'hash',
]

function cells(row: AuditRow): readonly Cell[] {
  const { actor, subject, origin } = row
  return [
    row.seq,
    rfc3339(row.at),
    actor.name ?? actor.id,
    actionSentence(row),
    row.ev,
    actor.type,
    actor.id,
    subject?.type ?? null,
    subject?.id ?? null,
    subject?.name ?? null,
    row.application,
    origin.address,
    origin.userAgent,
    origin.request,
    JSON.stringify(row.data),
    row.hash,
  ]
}
