import { rfc3339 } from '#domain/time.ts'
import type { ClosedLog } from '#ports/audit-log.ts'
import { exportClosedBundle } from '#usecases/export-bundle.ts'
import { EXIT, Failure } from './exit-codes.ts'
import { answer, inHouse, type Job, notFound } from './job.ts'
import { table } from './output.ts'

/** What is left of deleted sites: their audit logs, closed and sealed. */
export function listDeletedSites(job: Job): Promise<void> {
  return inHouse(job, async ({ ports }) => {
    const logs = (await ports.store.closedLogs()).map(({ site, name, removedAt, entries, sealed }) => ({
      id: site,
      name,
      deleted_at: rfc3339(removedAt),
      entries,
      sealed: sealed === entries,
    }))
    const rows = logs.map((each) => [
      each.name,
      each.id,
      each.deleted_at,
      String(each.entries),
      each.sealed ? 'yes' : 'no',
    ])
    answer(job, logs, table(['Site', 'Id', 'Deleted', 'Entries', 'Sealed'], rows))
  })
}

/** The audit log of a deleted site as a bundle on standard output, to be kept and to be verified elsewhere. */
export function exportDeletedLog(job: Job, nameOrId: string): Promise<void> {
  return inHouse(job, async ({ ports }) => {
    const outcome = await exportClosedBundle(ports, theOne(await ports.store.closedLogs(), nameOrId))
    if (outcome.kind === 'unknown-site') throw notFound('deleted site', nameOrId, [])
    for await (const chunk of outcome.chunks) job.context.out(chunk)
  })
}

function theOne(logs: readonly ClosedLog[], nameOrId: string): ClosedLog {
  const meant = logs.filter(({ site, name }) => site === nameOrId || name === nameOrId)
  const [one, another] = meant
  if (!one) throw notFound('deleted site', nameOrId, [...new Set(logs.map(({ name }) => name))])
  if (!another) return one
  const ids = meant.map(({ site, removedAt }) => `${site} (deleted ${rfc3339(removedAt)})`).join(', ')
  throw new Failure(EXIT.usage, `${meant.length} deleted sites were called ${nameOrId}. Say which by its id: ${ids}.`)
}
