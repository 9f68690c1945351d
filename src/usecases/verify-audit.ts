import type { ChainFault, ChainHead } from '#audit/chain.ts'
import { verifyStoredChain } from '#audit/stored-chain.ts'
import type { Ports } from '#ports/ports.ts'

export type VerifyAuditOutcome =
  | { readonly kind: 'ok'; readonly site: string; readonly first: number; readonly head: ChainHead }
  | (ChainFault & { readonly site: string })
  /** Every entry fits, and they end before, or elsewhere than, the place that was noted beside the chain. */
  | { readonly kind: 'cut'; readonly site: string; readonly noted: ChainHead; readonly found: ChainHead }
  | { readonly kind: 'unknown-site' }

/**
 * Walks the audit chain of a site from its first entry to the last. The server may be running: entries that are added meanwhile are
 * verified too, and the place to reach is where the chain ended at the beginning.
 */
export async function verifyAudit(ports: Pick<Ports, 'store'>, name: string): Promise<VerifyAuditOutcome> {
  const file = await ports.store.siteFile(name)
  if (!file) return { kind: 'unknown-site' }
  const { id, name: site } = file.site
  const noted = await ports.store.auditHead(id)
  let count = 0
  let atHead: string | undefined
  const watched = async function* (): AsyncGenerator<{ entry: string; hash: string }> {
    for await (const each of ports.store.auditChain(id)) {
      count += 1
      if (count === noted?.seq) atHead = each.hash
      yield each
    }
  }
  const verdict = await verifyStoredChain(watched())
  if (verdict.kind !== 'ok') return { ...verdict, site }
  const { head } = verdict
  if (noted !== null && noted.seq > 0 && atHead !== noted.hash) return { kind: 'cut', site, noted, found: head }
  return { kind: 'ok', site, first: head.seq === 0 ? 0 : 1, head }
}
