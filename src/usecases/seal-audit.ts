import { type AuditEvent, type Origin, SYSTEM } from '#audit/event.ts'
import { checkpointText, logOrigin } from '#audit/checkpoint.ts'
import { rootOf } from '#audit/merkle.ts'
import { parseVerifier, signNote, type Verifier } from '#audit/signed-note.ts'
import { type LogFault, verifyLog } from '#audit/verify-log.ts'
import type { Site } from '#domain/site.ts'
import type { Instant } from '#domain/time.ts'
import type { AuditKey, AuditSeal, SealAudit, SealChanges } from '#ports/audit-log.ts'
import type { Ports } from '#ports/ports.ts'
import { newAuditKey } from './new-audit-key.ts'
import { inRounds } from './rounds.ts'

export type SealAuditOutcome =
  | { readonly kind: 'sealed'; readonly size: number; readonly note: string }
  | { readonly kind: 'nothing-new' }
  /** What is to be signed was changed since it was written: it is not signed. */
  | { readonly kind: 'damaged'; readonly fault: LogFault }
  | { readonly kind: 'unknown-site' }
  | { readonly kind: 'busy' }

const BY_ITSELF: Origin = { request: 'seal', address: null, userAgent: null }

/**
 * Signs a checkpoint over a site's audit log: how many entries there are, the root of the hash tree over them and the hash of the last.
 * Only what still verifies is signed. The first time the site gets a key of its own. The checkpoint is itself told in the log.
 */
export async function sealAudit(ports: Ports, name: string): Promise<SealAuditOutcome> {
  const site = await ports.store.site(name)
  if (!site) return { kind: 'unknown-site' }
  const outcome = await inRounds(() => sealOnce(ports, site))
  return outcome === 'busy' ? { kind: 'busy' } : outcome
}

async function sealOnce(ports: Ports, site: Site): Promise<SealAuditOutcome | 'conflict'> {
  const { store, clock } = ports
  const seal = await store.auditSeal(site.id)
  if (seal === null) return { kind: 'unknown-site' }
  // The entry that tells of a checkpoint comes right behind it: alone it is nothing new.
  if (seal.head.seq <= (seal.newest === null ? 0 : seal.sealed.head.seq + 1)) return { kind: 'nothing-new' }
  const planned = await planSeal(ports, site, seal)
  if (planned.kind === 'damaged') return planned
  const { changes, size, root, note } = planned
  const event: AuditEvent = {
    ev: 'audit.checkpoint',
    actor: SYSTEM,
    subject: { type: 'site', id: site.id, name: site.name },
    application: null,
    data: { size, root, note },
  }
  const committed = await store.commit({
    site: site.id,
    at: clock.now(),
    origin: BY_ITSELF,
    changes,
    events: [event],
  })
  return committed === 'conflict' ? 'conflict' : { kind: 'sealed', size, note }
}

type PlannedSeal =
  | {
      readonly kind: 'planned'
      readonly changes: SealChanges
      readonly size: number
      readonly root: string
      readonly note: string
    }
  | Extract<SealAuditOutcome, { kind: 'damaged' }>

/** A checkpoint over all that a log holds, if that still verifies. */
export async function planSeal(ports: Ports, site: Pick<Site, 'id'>, seal: AuditSeal): Promise<PlannedSeal> {
  const verdict = await verifyLog(
    ports.store.auditLog(site.id, seal.sealed.head.seq),
    { ...ownTrust(seal), partial: true },
    seal.sealed,
  )
  if (verdict.kind !== 'ok') return { kind: 'damaged', fault: verdict }
  const at = ports.clock.now()
  const { key, seed, isNew } = signingKey(ports, site, seal, at)
  const origin = logOrigin(site.id)
  const size = verdict.head.seq
  const root = rootOf(verdict.tree)
  const note = signNote(checkpointText({ origin, size, root, head: verdict.head.hash }), origin, seed)
  const sealed: SealAudit = {
    kind: 'seal-audit',
    site: site.id,
    from: seal.sealed.head.seq,
    checkpoint: { size, note, at },
    hash: verdict.head.hash,
    tree: verdict.tree,
  }
  return {
    kind: 'planned',
    changes: [...(isNew ? [{ kind: 'add-audit-key', key } as const] : []), sealed],
    size,
    root,
    note,
  }
}

/** The keys of the site itself: whoever trusts the database trusts these. */
export function ownTrust({ keys }: Pick<AuditSeal, 'keys'>): { readonly verifiers: readonly Verifier[] } {
  return { verifiers: keys.flatMap(({ verifier }) => parseVerifier(verifier) ?? []) }
}

function signingKey(
  ports: Pick<Ports, 'vault' | 'random'>,
  site: Pick<Site, 'id'>,
  seal: AuditSeal,
  now: Instant,
): { key: AuditKey; seed: Uint8Array; isNew: boolean } {
  const key = seal.keys.findLast(({ retiredAt }) => retiredAt === null)
  if (key === undefined) return { ...newAuditKey(ports, site.id, now), isNew: true }
  return { key, seed: ports.vault.open(key.sealedSeed, `audit-key:${site.id}:${key.id}`), isNew: false }
}
