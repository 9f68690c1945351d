import { hash as digest } from 'node:crypto'

/**
 * The hash tree over a log (RFC 9162 2.1), kept as its complete subtrees from left to right: that is all it takes to add an entry
 * and to tell the root, so a log of millions grows in a few dozen hashes. `level` 0 is a leaf, and 2^level entries are below it.
 */
export interface Subtree {
  readonly level: number
  /** SHA-256 in hexadecimal. */
  readonly hash: string
}
export type Tree = readonly Subtree[]

export const EMPTY_TREE: Tree = []

/** The leaf of an entry, given its hash in hexadecimal. The prefix keeps a leaf from passing as a node (RFC 9162 2.1.1). */
export function leafHash(entryHash: string): string {
  return digest('sha256', Buffer.from(`00${entryHash}`, 'hex'))
}

/** The node above two others. */
export function nodeHash(left: string, right: string): string {
  return digest('sha256', Buffer.from(`01${left}${right}`, 'hex'))
}

/** How many entries are below the tree. */
export function treeSize(tree: Tree): number {
  return tree.reduce((sum, { level }) => sum + 2 ** level, 0)
}

/** The tree with a complete subtree more at its right end. RangeError where one of that level cannot stand. */
export function grown(tree: Tree, next: Subtree): Tree {
  const rest = [...tree]
  let { level, hash } = next
  if (rest.length > 0 && (rest.at(-1) as Subtree).level < level)
    throw new RangeError(`a subtree of level ${level} does not fit behind one of level ${rest.at(-1)?.level}`)
  for (let left = rest.at(-1); left?.level === level; left = rest.at(-1)) {
    rest.pop()
    hash = nodeHash(left.hash, hash)
    level += 1
  }
  return [...rest, { level, hash }]
}

/** The root of the tree (RFC 9162 2.1.1); of an empty one the SHA-256 of nothing. */
export function rootOf(tree: Tree): string {
  const last = tree.at(-1)
  if (last === undefined) return digest('sha256', '')
  return tree.slice(0, -1).reduceRight((right, { hash }) => nodeHash(hash, right), last.hash)
}

/** A run of entries by index, `from` included and `to` not; the first entry of a log has index 0. */
export interface Span {
  readonly from: number
  readonly to: number
}

/**
 * The runs of entries whose roots prove that the entry at `index` is in a log of `size` entries, from its neighbour up to the other
 * half of the log (RFC 9162 2.1.3.1). RangeError for an index that is not in the log.
 */
export function proofSpans(index: number, size: number): readonly Span[] {
  if (!(index >= 0 && index < size)) throw new RangeError(`entry ${index} is not among ${size}`)
  const spans: Span[] = []
  for (let span: Span = { from: 0, to: size }; span.to - span.from > 1; ) {
    const half = span.from + largestPowerBelow(span.to - span.from)
    const [left, right] = [
      { from: span.from, to: half },
      { from: half, to: span.to },
    ] as const
    const inLeft = index < half
    spans.unshift(inLeft ? right : left)
    span = inLeft ? left : right
  }
  return spans
}

/** The root that a proof leads to: it is that of the log exactly when the entry stands at `index` in it (RFC 9162 2.1.3.2). */
export function provenRoot(leaf: string, index: number, size: number, proof: readonly string[]): string | undefined {
  if (!Number.isSafeInteger(index) || index < 0 || index >= size) return undefined
  const spans = proofSpans(index, size)
  if (spans.length !== proof.length) return undefined
  return proof.reduce((hash, sibling, at) => {
    const onTheLeft = (spans[at] as Span).to <= index
    return onTheLeft ? nodeHash(sibling, hash) : nodeHash(hash, sibling)
  }, leaf)
}

function largestPowerBelow(count: number): number {
  let power = 1
  while (power * 2 < count) power *= 2
  return power
}
