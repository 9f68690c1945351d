import type { AuditStream, StreamKind } from '#ports/audit-streams.ts'
import type { Ports } from '#ports/ports.ts'
import type { Act } from './act.ts'
import { inRounds } from './rounds.ts'

export interface AddAuditStream extends Act {
  readonly site: string
  readonly name: string
  readonly kind: StreamKind
  /** As it came in; what belongs to each kind says `auditSink.check`. */
  readonly config: unknown
  /** From the first entry that is still there; otherwise from now on. */
  readonly fromStart: boolean
}

export type AddAuditStreamOutcome =
  | { readonly kind: 'added'; readonly stream: AuditStream }
  | { readonly kind: 'invalid'; readonly problem: string }
  | { readonly kind: 'name-taken' }
  | { readonly kind: 'unknown-site' }
  | { readonly kind: 'busy' }

const NAME = /^[a-z0-9](?:[a-z0-9-]{0,38}[a-z0-9])?$/

/** Sends the audit log of a site on to a receiver outside, from now on or from the beginning. */
export async function addAuditStream(ports: Ports, order: AddAuditStream): Promise<AddAuditStreamOutcome> {
  const outcome = await inRounds(() => add(ports, order))
  return outcome === 'busy' ? { kind: 'busy' } : outcome
}

async function add(ports: Ports, order: AddAuditStream): Promise<AddAuditStreamOutcome | 'conflict'> {
  const site = await ports.store.site(order.site)
  const head = site && (await ports.store.auditHead(site.id))
  if (!site || !head) return { kind: 'unknown-site' }
  if (!NAME.test(order.name))
    return { kind: 'invalid', problem: 'A name is 1 to 40 lower case letters, digits and hyphens.' }
  const checked = ports.auditSink.check(order.kind, order.config)
  if (!checked.ok) return { kind: 'invalid', problem: checked.problem }
  const known = await ports.store.auditStreams(site.id)
  if (known.some(({ name }) => name === order.name)) return { kind: 'name-taken' }
  const now = ports.clock.now()
  const stream: AuditStream = {
    site: site.id,
    name: order.name,
    kind: order.kind,
    sealedConfig: ports.vault.seal(Buffer.from(checked.config), `audit-stream:${site.id}:${order.name}`),
    madeAt: now,
    sentSeq: order.fromStart ? 0 : head.seq,
    nextAt: now,
    failures: 0,
    failingSince: null,
    lastError: null,
  }
  const committed = await ports.store.commit({
    site: site.id,
    at: now,
    origin: order.origin,
    changes: [{ kind: 'add-audit-stream', stream }],
    events: [
      {
        ev: 'audit.stream.added',
        actor: order.actor,
        subject: { type: 'site', id: site.id, name: site.name },
        application: null,
        data: { stream: order.name, kind: order.kind },
      },
    ],
  })
  return committed === 'conflict' ? 'conflict' : { kind: 'added', stream }
}
