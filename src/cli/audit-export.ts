import { exportBundle } from '#usecases/export-bundle.ts'
import { EXPORT_FORMATS, exportAudit, type ExportFormat } from '#usecases/export-audit.ts'
import { auditFilter, type AuditFilterFlags } from './audit.ts'
import { EXIT, Failure } from './exit-codes.ts'
import { atSite, didYouMean, type Job, notFound } from './job.ts'

export interface ExportFlags extends AuditFilterFlags {
  readonly format: string
  readonly newestFirst?: true
}

/** Writes the log to standard output, row by row; `visible` is left out because it is data for a file. */
export async function exportAuditLog(job: Job, flags: ExportFlags): Promise<void> {
  if (flags.format === 'bundle') return exportAuditBundle(job)
  const format = formatNamed(flags.format)
  await atSite(job, async ({ ports, file: { site }, order }) => {
    const filter = { ...(await auditFilter(ports, site.id, flags)), oldestFirst: flags.newestFirst !== true }
    const outcome = await exportAudit(ports, { site: order.site, format, filter })
    if (outcome.kind === 'unknown-site') throw notFound('site', order.site, [])
    for await (const chunk of outcome.chunks) job.context.out(chunk)
  })
}

/** The log as it is stored, sealed, to be verified elsewhere; it knows no filters, because what is left out cannot be verified. */
async function exportAuditBundle(job: Job): Promise<void> {
  await atSite(job, async ({ ports, order }) => {
    const outcome = await exportBundle(ports, order.site)
    if (outcome.kind === 'unknown-site') throw notFound('site', order.site, [])
    for await (const chunk of outcome.chunks) job.context.out(chunk)
  })
}

function formatNamed(typed: string): ExportFormat {
  const format = EXPORT_FORMATS.find((each) => each === typed)
  if (format) return format
  throw new Failure(EXIT.usage, `--format is csv, jsonl or bundle, not "${typed}".${didYouMean(typed, EXPORT_FORMATS)}`)
}
