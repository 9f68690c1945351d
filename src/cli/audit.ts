import { EVENTS } from '#audit/event.ts'
import { rfc3339 } from '#domain/time.ts'
import type { SiteId } from '#domain/id.ts'
import type { Ports } from '#ports/ports.ts'
import type { AuditQuery } from '#ports/store.ts'
import { type AuditLine, listAudit } from '#usecases/audit.ts'
import { EXIT, Failure } from './exit-codes.ts'
import { atSite, didYouMean, type Job, notFound, say } from './job.ts'
import { table } from './output.ts'

export interface AuditFilterFlags {
  readonly actor?: string
  readonly subject?: string
  readonly event?: string
  readonly from?: number
  readonly to?: number
}

export interface AuditFlags extends AuditFilterFlags {
  readonly before?: number
  readonly limit: number
}

const MOST_ROWS = 1_000

/** Time, User, Action; as JSON a line a row with everything that is kept. */
export async function listAuditLog(job: Job, flags: AuditFlags): Promise<void> {
  const { before, limit } = flags
  if (limit < 1 || limit > MOST_ROWS) throw new Failure(EXIT.usage, `--limit is a number from 1 to ${MOST_ROWS}.`)
  await atSite(job, async ({ ports, file: { site }, order }) => {
    const rows = await listAudit(ports, order.site, {
      ...(await auditFilter(ports, site.id, flags)),
      ...(before === undefined ? {} : { before }),
      limit,
    })
    if (rows === 'unknown-site') throw notFound('site', order.site, [])
    if (job.json) return job.context.out(rows.map((row) => `${JSON.stringify(rowJson(row))}\n`).join(''))
    if (rows.length === 0) return say(job, 'The audit log has no row of this kind.')
    job.context.out(
      table(
        ['Time', 'User', 'Action'],
        rows.map((row) => [rfc3339(row.at), row.user, row.action]),
      ),
    )
    const last = rows.at(-1)
    if (last && rows.length === limit && last.seq > 1) say(job, `There may be older rows: --before ${last.seq}`)
  })
}

/** What was asked for, as the log is asked. */
export async function auditFilter(
  ports: Ports,
  site: SiteId,
  { actor, subject, event: ev, from, to }: AuditFilterFlags,
): Promise<Omit<AuditQuery, 'limit'>> {
  if (ev !== undefined && !Object.hasOwn(EVENTS, ev)) {
    throw new Failure(EXIT.usage, `There is no event "${ev}".${didYouMean(ev, Object.keys(EVENTS))}`)
  }
  return {
    ...(actor === undefined ? {} : { actor: await idOf(ports, site, actor) }),
    ...(subject === undefined ? {} : { subject: await idOf(ports, site, subject) }),
    ...(ev === undefined ? {} : { ev }),
    ...(from === undefined ? {} : { from }),
    ...(to === undefined ? {} : { to }),
  }
}

/** Rows are kept by the id of who they are about, which stays when a name is erased. Whatever is no user's name is taken as an id. */
async function idOf(ports: Ports, site: SiteId, name: string): Promise<string> {
  const file = await ports.store.personFile(site, name, ports.clock.now())
  return file?.user.id ?? name
}

function rowJson(row: AuditLine): object {
  return {
    seq: row.seq,
    at: rfc3339(row.at),
    user: row.user,
    action: row.action,
    event: row.ev,
    actor: row.actor,
    subject: row.subject,
    application: row.application,
    data: row.data,
    address: row.origin.address,
    user_agent: row.origin.userAgent,
    request: row.origin.request,
    hash: row.hash,
  }
}
