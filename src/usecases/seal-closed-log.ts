import type { LogFault } from '#audit/verify-log.ts'
import type { SiteId } from '#domain/id.ts'
import type { Ports } from '#ports/ports.ts'
import { inRounds } from './rounds.ts'
import { planSeal } from './seal-audit.ts'

export type SealClosedLogOutcome =
  | { readonly kind: 'sealed' | 'nothing-new' | 'unknown-site' | 'busy' }
  /** What is to be signed was changed since it was written: it is not signed. */
  | { readonly kind: 'damaged'; readonly fault: LogFault }

/**
 * Signs the last checkpoint over the log of a deleted site, which counts the entry of the deletion too: whoever cuts that off, or brings
 * the site back from a copy as if nothing had been, shows. No entry tells of this checkpoint, because nothing is added to a closed log.
 */
export async function sealClosedLog(ports: Ports, site: SiteId): Promise<SealClosedLogOutcome> {
  const outcome = await inRounds<SealClosedLogOutcome>(async () => {
    const seal = await ports.store.auditSeal(site)
    if (seal === null) return { kind: 'unknown-site' }
    if (seal.sealed.head.seq === seal.head.seq) return { kind: 'nothing-new' }
    const planned = await planSeal(ports, { id: site }, seal)
    if (planned.kind === 'damaged') return planned
    return (await ports.store.sealClosedLog(site, planned.changes)) === 'committed' ? { kind: 'sealed' } : 'conflict'
  })
  return outcome === 'busy' ? { kind: 'busy' } : outcome
}
