import { checkpointHead, parseCheckpoint } from '#audit/checkpoint.ts'
import { EMPTY_TREE, grown, leafHash, proofSpans, provenRoot, rootOf, type Tree } from '#audit/merkle.ts'
import { openNote, type Verifier } from '#audit/signed-note.ts'
import { textHash } from '#audit/chain.ts'
import type { SiteId } from '#domain/id.ts'
import type { Ports } from '#ports/ports.ts'
import { sealAudit } from './seal-audit.ts'

/** That one entry stands in a log, for somebody who has nothing of it but the public key. Hashes in hexadecimal. */
export interface EntryProof {
  /** The entry as it is stored: its canonical JSON. */
  readonly entry: string
  /** Its number, 1 for the first. */
  readonly seq: number
  /** A signed checkpoint that counts it. */
  readonly checkpoint: string
  /** The neighbours on the way to the root (RFC 9162 2.1.3). */
  readonly path: readonly string[]
}

export type ProveEntryOutcome =
  | { readonly kind: 'proved'; readonly proof: EntryProof }
  /** There is no such entry, or it was purged with its segment. */
  | { readonly kind: 'unknown-entry'; readonly first: number; readonly last: number }
  | { readonly kind: 'unknown-site' }
  | { readonly kind: 'busy' }

/** Proves one entry by the newest checkpoint, which is made first where there is none that counts it. */
export async function proveEntry(ports: Ports, site: string, seq: number): Promise<ProveEntryOutcome> {
  const found = await ports.store.site(site)
  if (!found) return { kind: 'unknown-site' }
  let seal = await ports.store.auditSeal(found.id)
  // Right after a purge nothing that is left is sealed.
  if (seal && seal.sealed.head.seq < Math.max(seq, seal.start.head.seq + 1)) {
    await sealAudit(ports, site)
    seal = await ports.store.auditSeal(found.id)
  }
  if (!seal) return { kind: 'unknown-site' }
  const { start, sealed, newest } = seal
  if (!(seq > start.head.seq && seq <= sealed.head.seq) || newest === null)
    return { kind: 'unknown-entry', first: start.head.seq + 1, last: sealed.head.seq }
  const gathered = await gather(ports, found.id, start.tree, start.head.seq, { seq, size: newest.size })
  if (gathered === undefined) return { kind: 'busy' }
  return { kind: 'proved', proof: { ...gathered, seq, checkpoint: newest.note } }
}

/** Reads the log once and keeps the roots of the runs that the proof is made of. */
async function gather(
  { store }: Pick<Ports, 'store'>,
  site: SiteId,
  startTree: Tree,
  after: number,
  { seq, size }: { readonly seq: number; readonly size: number },
): Promise<{ entry: string; path: readonly string[] } | undefined> {
  const spans = proofSpans(seq - 1, size)
  const trees = spans.map((): Tree => EMPTY_TREE)
  const put = (index: number, level: number, hash: string): void => {
    const at = spans.findIndex(({ from, to }) => index >= from && index + 2 ** level <= to)
    if (at >= 0) trees[at] = grown(trees[at] as Tree, { level, hash })
  }
  let index = 0
  // What was purged stands as complete subtrees, each of which lies within one run.
  for (const { level, hash } of startTree) {
    put(index, level, hash)
    index += 2 ** level
  }
  let entry: string | undefined
  for await (const item of store.auditLog(site, after)) {
    if (index >= size) break
    if ('note' in item) continue
    if (index === seq - 1) entry = item.entry
    put(index, 0, leafHash(item.hash))
    index += 1
  }
  return entry === undefined ? undefined : { entry, path: trees.map(rootOf) }
}

/** What a proof shows: the entry is in the log whose checkpoint one of these signed, at its place. */
export function checkProof(proof: EntryProof, trusted: readonly Verifier[]): 'proved' | 'unsigned' | 'not-in-log' {
  const opened = openNote(proof.checkpoint, trusted)
  const checkpoint = opened === 'unsigned' ? undefined : parseCheckpoint(opened.text)
  if (checkpoint === undefined) return 'unsigned'
  const { seq: size } = checkpointHead(checkpoint)
  const root = provenRoot(leafHash(textHash(proof.entry)), proof.seq - 1, size, proof.path)
  return root === checkpoint.root ? 'proved' : 'not-in-log'
}
