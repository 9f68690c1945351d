import type { Checkpoint } from '#audit/checkpoint.ts'
import type { ChainHead } from '#audit/chain.ts'
import type { Verifier } from '#audit/signed-note.ts'
import { type LogFault, type LogItem, verifyLog } from '#audit/verify-log.ts'
import type { Ports } from '#ports/ports.ts'
import { ownTrust } from './seal-audit.ts'

export interface VerifyAudit {
  readonly site: string
  /** Whose checkpoints count; left out: the keys of the site as its database has them. */
  readonly verifiers?: readonly Verifier[]
  /** Checkpoints that were kept elsewhere. */
  readonly anchors?: readonly Checkpoint[]
}

export type VerifyAuditOutcome =
  | {
      readonly kind: 'ok'
      readonly site: string
      readonly first: number
      readonly head: ChainHead
      readonly checkpoints: number
      /** How many entries the newest checkpoint counts. */
      readonly sealed: number
      /** The first entry that seems to be older than the one before it. */
      readonly backwards: number | null
    }
  | (LogFault & { readonly site: string })
  /** Every entry fits, and they end before, or elsewhere than, the place that was noted beside the chain. */
  | { readonly kind: 'cut'; readonly site: string; readonly noted: ChainHead; readonly found: ChainHead }
  | { readonly kind: 'unknown-site' }

/**
 * Walks the audit log of a site from where it begins to the last entry, with every checkpoint on the way. The server may be running:
 * entries that are added meanwhile are verified too, and the place to reach is where the log ended at the beginning.
 */
export async function verifyAudit(ports: Pick<Ports, 'store'>, query: VerifyAudit): Promise<VerifyAuditOutcome> {
  const found = await ports.store.site(query.site)
  const seal = found && (await ports.store.auditSeal(found.id))
  if (!seal) return { kind: 'unknown-site' }
  const { id, name: site } = found
  const { head: noted, start, sealed, newest } = seal
  let count = start.head.seq
  let atHead: string | undefined
  let newestSeen = sealed.head.seq === start.head.seq
  const watched = async function* (): AsyncGenerator<LogItem> {
    for await (const each of ports.store.auditLog(id, start.head.seq)) {
      if ('note' in each) newestSeen ||= each.note === newest?.note
      else count += 1
      if (count === noted.seq && 'hash' in each) atHead = each.hash
      yield each
    }
  }
  const trust = { verifiers: query.verifiers ?? ownTrust(seal).verifiers, anchors: query.anchors ?? [] }
  const verdict = await verifyLog(watched(), trust, start)
  if (verdict.kind !== 'ok') return { ...verdict, site }
  const { head, checkpoints, backwards } = verdict
  if (noted.seq > 0 && atHead !== noted.hash) return { kind: 'cut', site, noted, found: head }
  if (!newestSeen) return { kind: 'unsigned', site, seq: sealed.head.seq }
  return {
    kind: 'ok',
    site,
    first: head.seq === 0 ? 0 : start.head.seq + 1,
    head,
    checkpoints,
    sealed: verdict.sealed,
    backwards,
  }
}
