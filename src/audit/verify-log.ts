import { isCanonical } from './canonical.ts'
import { type ChainedEntry, type ChainFault, type ChainHead, faultAfter, START, textHash } from './chain.ts'
import { type Checkpoint, parseCheckpoint } from './checkpoint.ts'
import { acceptedChange } from './key-change.ts'
import { EMPTY_TREE, grown, leafHash, rootOf, type Tree } from './merkle.ts'
import { openNote, type Verifier } from './signed-note.ts'

/** A log as it is read: entries in their order, as they are stored, and each checkpoint behind the last entry it counts. */
export type LogItem = { readonly entry: string; readonly hash: string } | { readonly note: string }

/** Where a log begins whose first entries were purged: the place in the chain, and the tree over what is gone. */
export interface LogStart {
  readonly head: ChainHead
  readonly tree: Tree
}

export const LOG_START: LogStart = { head: START, tree: EMPTY_TREE }

export interface LogTrust {
  /** Whose checkpoints count. */
  readonly verifiers: readonly Verifier[]
  /** Checkpoints that were kept elsewhere, opened and in any order: the log must have come by each of them. */
  readonly anchors?: readonly Checkpoint[]
  /** Only the first part of the log is walked: what is told behind it is not looked for. */
  readonly partial?: boolean
}

export type LogFault =
  | ChainFault
  /** A checkpoint that no trusted key has signed, or that is none. */
  | { readonly kind: 'unsigned'; readonly seq: number }
  /** A signed checkpoint, or one kept elsewhere, says otherwise about the first `seq` entries: they were rewritten. */
  | { readonly kind: 'forked'; readonly seq: number }
  /** The log ends at `seq`; a signed checkpoint counts `noted` entries. */
  | { readonly kind: 'truncated'; readonly seq: number; readonly noted: number }

export type LogVerdict =
  | {
      readonly kind: 'ok'
      readonly head: ChainHead
      readonly tree: Tree
      /** How many checkpoints were verified, and how many entries the newest of them counts. */
      readonly checkpoints: number
      readonly sealed: number
      /** The first entry that was written at an earlier moment than the one before it, by more than clocks may differ. */
      readonly backwards: number | null
    }
  | LogFault

/** How far the clocks of two nodes may lie apart. */
const TOLERANCE_MS = 5_000

/** Walks a log from its start to its end, and stops at the first thing that does not fit. */
export async function verifyLog(
  items: AsyncIterable<LogItem> | Iterable<LogItem>,
  { verifiers, anchors = [], partial = false }: LogTrust,
  start: LogStart = LOG_START,
): Promise<LogVerdict> {
  let { head, tree } = start
  let checkpoints = 0
  let sealed = head.seq
  let latest = ''
  let backwards: number | null = null
  // A first segment that is gone must have been purged as the rules want it, and told of behind.
  let purgeTold = partial || start.head.seq === 0
  const trusted = [...verifiers]
  const expected = Map.groupBy(anchors, ({ size }) => size)
  const noted = Math.max(0, ...expected.keys())

  for await (const item of items) {
    if ('note' in item) {
      const opened = openNote(item.note, trusted)
      const checkpoint = opened === 'unsigned' ? undefined : parseCheckpoint(opened.text)
      if (checkpoint === undefined) return { kind: 'unsigned', seq: head.seq }
      if (checkpoint.size > head.seq) return { kind: 'truncated', seq: head.seq, noted: checkpoint.size }
      if (!vouchesFor(checkpoint, head, tree)) return { kind: 'forked', seq: checkpoint.size }
      checkpoints += 1
      sealed = head.seq
      continue
    }
    const entry = parse(item.entry)
    const fault = entry === undefined ? notAnEntry(head, item.entry) : faultOf(head, entry, item)
    if (fault !== undefined) return fault
    const { at } = entry as ChainedEntry
    // Moments of one form are in the order of their texts; only one that seems to go back is looked at as a time.
    if (at >= latest) latest = at
    else if (backwards === null && Date.parse(at) < Date.parse(latest) - TOLERANCE_MS) backwards = head.seq + 1
    head = { seq: head.seq + 1, hash: item.hash }
    const { ev, data } = entry as ChainedEntry
    if (ev === 'audit.key.rotated') trusted.push(...acceptedChange(data['note'], trusted))
    if (ev === 'audit.segment_purged')
      purgeTold ||= data['to'] === start.head.seq && data['root'] === rootOf(start.tree)
    tree = grown(tree, { level: 0, hash: leafHash(item.hash) })
    for (const anchor of expected.get(head.seq) ?? [])
      if (!vouchesFor(anchor, head, tree)) return { kind: 'forked', seq: head.seq }
  }
  if (!purgeTold) return { kind: 'gap', seq: 1 }
  if (noted > head.seq) return { kind: 'truncated', seq: head.seq, noted }
  return { kind: 'ok', head, tree, checkpoints, sealed, backwards }
}

function vouchesFor(checkpoint: Checkpoint, head: ChainHead, tree: Tree): boolean {
  return checkpoint.size === head.seq && checkpoint.head === head.hash && checkpoint.root === rootOf(tree)
}

function parse(text: string): ChainedEntry | undefined {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null ? (value as ChainedEntry) : undefined
  } catch {
    return undefined
  }
}

/**
 * The hash is taken over the text as it is stored. That text must be the canonical JSON of what it holds: with a key written twice,
 * two readers of one row would see two different events.
 */
function faultOf(
  head: ChainHead,
  entry: ChainedEntry,
  { entry: text, hash }: { readonly entry: string; readonly hash: string },
): ChainFault | undefined {
  const fault = faultAfter(head, entry, hash, () => textHash(text))
  if (fault !== undefined || isCanonical(text, entry)) return fault
  return { kind: 'broken', seq: head.seq + 1, expected: 'its canonical JSON', found: text }
}

function notAnEntry(head: ChainHead, found: string): ChainFault {
  return { kind: 'broken', seq: head.seq + 1, expected: 'the JSON of an entry', found }
}
