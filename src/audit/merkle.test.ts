import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { test } from 'node:test'
import fc from 'fast-check'
import { EMPTY_TREE, grown, leafHash, nodeHash, proofSpans, provenRoot, rootOf, type Tree, treeSize } from './merkle.ts'

const hashes = (count: number): string[] =>
  Array.from({ length: count }, (_, index) => createHash('sha256').update(`entry ${index}`).digest('hex'))

const treeOf = (entries: readonly string[]): Tree =>
  entries.reduce((tree, each) => grown(tree, { level: 0, hash: leafHash(each) }), EMPTY_TREE)

/** The definition of RFC 9162 2.1.1, word by word: the witness for everything here. */
function definition(entries: readonly string[]): string {
  if (entries.length === 0) return createHash('sha256').digest('hex')
  if (entries.length === 1) return leafHash(entries[0] as string)
  let half = 1
  while (half * 2 < entries.length) half *= 2
  return nodeHash(definition(entries.slice(0, half)), definition(entries.slice(half)))
}

test('leaf and node hashes are those of RFC 9162, with the prefixes 0x00 and 0x01', () => {
  const bytes = Buffer.from('ab'.repeat(32), 'hex')
  const leaf = createHash('sha256')
    .update(Buffer.concat([Buffer.of(0), bytes]))
    .digest('hex')
  assert.equal(leafHash('ab'.repeat(32)), leaf)
  const node = createHash('sha256')
    .update(Buffer.concat([Buffer.of(1), bytes, bytes]))
    .digest('hex')
  assert.equal(nodeHash('ab'.repeat(32), 'ab'.repeat(32)), node)
})

test('the root that grows entry by entry is that of the definition, for every size up to 70', () => {
  for (let size = 0; size <= 70; size += 1) {
    const entries = hashes(size)
    const tree = treeOf(entries)
    assert.equal(rootOf(tree), definition(entries), `${size} entries`)
    assert.equal(treeSize(tree), size)
  }
})

test('whole subtrees can be put together as well as leaves, and only where they fit', () => {
  const entries = hashes(13)
  const first = treeOf(entries.slice(0, 8))
  const together = entries.slice(8).reduce((tree, each) => grown(tree, { level: 0, hash: leafHash(each) }), first)
  assert.equal(rootOf(together), definition(entries))
  assert.throws(() => grown(treeOf(hashes(3)), { level: 2, hash: 'ab'.repeat(32) }), RangeError)
})

test('law: an entry is proved at its place, and nothing else is', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 90 }), fc.nat(), fc.nat(), (size, any, other) => {
      const entries = hashes(size)
      const index = any % size
      const proof = proofSpans(index, size).map(({ from, to }) => definition(entries.slice(from, to)))
      const root = definition(entries)
      const leaf = leafHash(entries[index] as string)
      assert.equal(provenRoot(leaf, index, size, proof), root)
      assert.notEqual(provenRoot(leafHash('00'.repeat(32)), index, size, proof), root)
      const elsewhere = other % size
      if (elsewhere !== index) assert.notEqual(provenRoot(leaf, elsewhere, size, proof), root)
      assert.equal(provenRoot(leaf, index, size, [...proof, root]), undefined)
    }),
    { seed: 20_261_125, numRuns: 300 },
  )
})

test('a place outside the log is refused', () => {
  assert.throws(() => proofSpans(3, 3), RangeError)
  assert.throws(() => proofSpans(0, 0), RangeError)
  for (const index of [-1, 5, 1.5, Number.NaN]) assert.equal(provenRoot('ab'.repeat(32), index, 5, []), undefined)
})
