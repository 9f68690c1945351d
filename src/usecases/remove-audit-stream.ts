import type { Ports } from '#ports/ports.ts'
import type { Act } from './act.ts'

export type RemoveAuditStreamOutcome =
  | { readonly kind: 'removed' }
  | { readonly kind: 'unknown-stream'; readonly known: readonly string[] }
  | { readonly kind: 'unknown-site' }

/** Ends the sending; that it ended is the last thing the log says about it, and the receiver does not get that entry. */
export async function removeAuditStream(
  ports: Ports,
  order: Act & { readonly site: string; readonly name: string },
): Promise<RemoveAuditStreamOutcome> {
  const site = await ports.store.site(order.site)
  if (!site) return { kind: 'unknown-site' }
  const known = await ports.store.auditStreams(site.id)
  const stream = known.find(({ name }) => name === order.name)
  if (stream === undefined) return { kind: 'unknown-stream', known: known.map(({ name }) => name) }
  const committed = await ports.store.commit({
    site: site.id,
    at: ports.clock.now(),
    origin: order.origin,
    changes: [{ kind: 'remove-audit-stream', site: site.id, name: order.name }],
    events: [
      {
        ev: 'audit.stream.removed',
        actor: order.actor,
        subject: { type: 'site', id: site.id, name: site.name },
        application: null,
        data: { stream: order.name, kind: stream.kind, sent: stream.sentSeq },
      },
    ],
  })
  return committed === 'conflict' ? { kind: 'unknown-stream', known: [] } : { kind: 'removed' }
}
