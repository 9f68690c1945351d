import { type AuditEvent, type Origin, type Party, SYSTEM } from '#audit/event.ts'
import { rootOf } from '#audit/merkle.ts'
import { type LogFault, type LogItem, verifyLog } from '#audit/verify-log.ts'
import { days, type Instant } from '#domain/time.ts'
import type { Ports } from '#ports/ports.ts'
import { inRounds } from './rounds.ts'
import { ownTrust } from './seal-audit.ts'

export type PurgeAuditOutcome =
  | { readonly kind: 'purged'; readonly from: number; readonly to: number }
  /** No checkpoint lies behind entries that are all that old. */
  | { readonly kind: 'nothing-old' }
  /** What is to go was changed since it was written: it stays, as evidence. */
  | { readonly kind: 'damaged'; readonly fault: LogFault }
  | { readonly kind: 'unknown-site' }
  | { readonly kind: 'busy' }

export interface PurgeAudit {
  readonly site: string
  /** Entries of this moment and later stay. Left out: those that are kept by `audit.retention_days`. */
  readonly before?: Instant
  readonly actor?: Party
  readonly origin?: Origin
}

const BY_ITSELF: Origin = { request: 'retention', address: null, userAgent: null }

/**
 * Removes the oldest part of a site's audit log, as far as the newest checkpoint whose entries are all old enough. The part is verified
 * before it goes; its root stays and is told in the log, so that what is left verifies as before.
 */
export async function purgeAudit(ports: Ports, order: PurgeAudit): Promise<PurgeAuditOutcome> {
  const outcome = await inRounds<PurgeAuditOutcome>(async () => {
    const file = await ports.store.siteFile(order.site)
    const seal = file && (await ports.store.auditSeal(file.site.id))
    if (!seal) return { kind: 'unknown-site' }
    const { site, settings } = file
    const now = ports.clock.now()
    const kept = now - days(settings['audit.retention_days'])
    const last = await ports.store.checkpointBefore(site.id, order.before ?? kept)
    if (last === null) return { kind: 'nothing-old' }
    const part = upTo(ports.store.auditLog(site.id, seal.start.head.seq), last.size - seal.start.head.seq)
    const verdict = await verifyLog(part, { ...ownTrust(seal), partial: true }, seal.start)
    if (verdict.kind !== 'ok') return { kind: 'damaged', fault: verdict }
    const { head, tree } = verdict
    const from = seal.start.head.seq + 1
    const event: AuditEvent = {
      ev: 'audit.segment_purged',
      actor: order.actor ?? SYSTEM,
      subject: { type: 'site', id: site.id, name: site.name },
      application: null,
      data: { from, to: head.seq, root: rootOf(tree) },
    }
    const committed = await ports.store.commit({
      site: site.id,
      at: now,
      origin: order.origin ?? BY_ITSELF,
      changes: [{ kind: 'purge-audit', site: site.id, from: seal.start.head.seq, start: { head, tree } }],
      events: [event],
    })
    return committed === 'conflict' ? 'conflict' : { kind: 'purged', from, to: head.seq }
  })
  return outcome === 'busy' ? { kind: 'busy' } : outcome
}

/** So many entries, with the checkpoint behind the last. */
async function* upTo(items: AsyncIterable<LogItem>, entries: number): AsyncGenerator<LogItem> {
  let left = entries
  for await (const item of items) {
    if ('entry' in item && left-- === 0) return
    yield item
  }
}
