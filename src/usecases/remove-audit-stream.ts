import type { Ports } from '#ports/ports.ts'
import type { Act } from './act.ts'
import { inRounds } from './rounds.ts'

export type RemoveAuditStreamOutcome =
  | { readonly kind: 'removed' }
  | { readonly kind: 'unknown-stream'; readonly known: readonly string[] }
  | { readonly kind: 'unknown-site' }
  | { readonly kind: 'busy' }

export interface RemoveAuditStream extends Act {
  readonly site: string
  readonly name: string
}

/** Ends the sending; that it ended is the last thing the log says about it, and the receiver does not get that entry. */
export async function removeAuditStream(ports: Ports, order: RemoveAuditStream): Promise<RemoveAuditStreamOutcome> {
  const outcome = await inRounds(() => remove(ports, order))
  return outcome === 'busy' ? { kind: 'busy' } : outcome
}

async function remove(ports: Ports, order: RemoveAuditStream): Promise<RemoveAuditStreamOutcome | 'conflict'> {
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
  return committed === 'conflict' ? 'conflict' : { kind: 'removed' }
}
