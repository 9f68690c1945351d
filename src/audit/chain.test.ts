import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import test from 'node:test'
import fc from 'fast-check'
import { type ChainedEntry, entryHash, GENESIS, sealPersonal, verifyChain } from './chain.ts'

interface Link {
  readonly entry: ChainedEntry
  readonly hash: string
}

function entryOf(seq: number, prev: string, data: ChainedEntry['data'] = {}): ChainedEntry {
  return {
    v: 1,
    site: 'site_acme',
    seq,
    prev,
    at: `2026-11-23T09:00:${String(seq).padStart(2, '0')}.000Z`,
    ev: 'auth.factor.ok',
    actor: { type: 'user', id: 'usr_sam' },
    subject: null,
    req: `req_${seq}`,
    app: 'web',
    data,
    pii: null,
  }
}

function chainOf(length: number): Link[] {
  const links: Link[] = []
  for (let seq = 1; seq <= length; seq += 1) {
    const entry = entryOf(seq, links.at(-1)?.hash ?? GENESIS, { method: 'app', count: seq })
    links.push({ entry, hash: entryHash(entry) })
  }
  return links
}

const CHAIN = chainOf(6)
const at = (index: number): Link => CHAIN[index] ?? assert.fail()

test('the hash is SHA-256 over the name of the form and the canonical JSON, written out here', () => {
  const text =
    '{"actor":{"id":"usr_sam","type":"user"},"app":"web",' +
    '"at":"2026-11-23T09:00:01.000Z","data":{"a":1},"ev":"auth.factor.ok","pii":null,' +
    `"prev":"${'0'.repeat(64)}","req":"req_1","seq":1,"site":"site_acme","subject":null,"v":1}`
  const bytes = Buffer.concat([Buffer.of(0), Buffer.from('countersign-audit-v1'), Buffer.of(0), Buffer.from(text)])
  assert.equal(entryHash(entryOf(1, GENESIS, { a: 1 })), createHash('sha256').update(bytes).digest('hex'))
})

test('[UP-06] the hash of the first form never changes, or old chains could not be verified', () => {
  assert.equal(
    entryHash(entryOf(1, GENESIS, { a: 1 })),
    'e70af7de5de0bc066da6db3181f732a7df970deab936bd7c4ab0dc70c75a6f5c',
  )
})

test('an untouched chain is whole, and its head can be gone on from', () => {
  assert.deepEqual(verifyChain(CHAIN), { kind: 'ok', entries: 6, head: { seq: 6, hash: at(5).hash } })
  const first = verifyChain(CHAIN.slice(0, 4))
  assert.ok(first.kind === 'ok')
  assert.deepEqual(verifyChain(CHAIN.slice(4), first.head), {
    kind: 'ok',
    entries: 2,
    head: { seq: 6, hash: at(5).hash },
  })
  assert.deepEqual(verifyChain([]), { kind: 'ok', entries: 0, head: { seq: 0, hash: GENESIS } })
})

test('a changed entry is found where it stands', () => {
  const changed = CHAIN.with(2, { ...at(2), entry: { ...at(2).entry, ev: 'auth.challenge.fail' } })
  const verdict = verifyChain(changed)
  assert.ok(verdict.kind === 'broken')
  assert.deepEqual([verdict.seq, verdict.found], [3, at(2).hash])
})

test('every part of an entry is under the hash', () => {
  const entry = at(2).entry
  const others: Partial<Record<keyof ChainedEntry, unknown>> = {
    site: 'site_b',
    at: '2026-11-23T09:00:04.000Z',
    ev: 'auth.password.ok',
    actor: { type: 'user', id: 'usr_kim' },
    subject: { type: 'user', id: 'usr_kim' },
    req: 'req_9',
    app: null,
    data: { method: 'email', count: 3 },
    pii: 'b',
  }
  for (const [part, value] of Object.entries(others)) {
    const changed = CHAIN.with(2, { ...at(2), entry: { ...entry, [part]: value } })
    assert.equal(verifyChain(changed).kind, 'broken', part)
  }
  assert.deepEqual([...Object.keys(others), 'v', 'seq', 'prev'].sort(), Object.keys(entry).sort())
})

test('a changed entry with its hash made anew breaks the link of the next', () => {
  const entry = { ...at(2).entry, ev: 'auth.challenge.fail' }
  const verdict = verifyChain(CHAIN.with(2, { entry, hash: entryHash(entry) }))
  assert.deepEqual(verdict, { kind: 'broken', seq: 4, expected: entryHash(entry), found: at(2).hash })
})

test('a changed hash is found', () => {
  assert.equal(verifyChain(CHAIN.with(5, { ...at(5), hash: GENESIS })).kind, 'broken')
})

test('a deleted first entry is a gap', () => {
  assert.deepEqual(verifyChain(CHAIN.slice(1)), { kind: 'gap', seq: 1 })
})

test('a deleted entry in the middle is a gap', () => {
  assert.deepEqual(verifyChain(CHAIN.toSpliced(3, 1)), { kind: 'gap', seq: 4 })
})

test('a deleted entry whose followers were numbered anew is a broken link', () => {
  const closed = CHAIN.toSpliced(2, 1).map(({ entry }, index) => {
    const numbered = { ...entry, seq: index + 1 }
    return { entry: numbered, hash: entryHash(numbered) }
  })
  const verdict = verifyChain(closed)
  assert.ok(verdict.kind === 'broken')
  assert.equal(verdict.seq, 3)
})

test('an inserted entry is found, whatever number it takes', () => {
  const between = entryOf(4, at(2).hash, { method: 'forged' })
  const inserted = CHAIN.toSpliced(3, 0, { entry: between, hash: entryHash(between) })
  assert.deepEqual(verifyChain(inserted), { kind: 'broken', seq: 5, expected: 'seq 5', found: 'seq 4' })
  assert.deepEqual(verifyChain(CHAIN.toSpliced(3, 0, at(2))), {
    kind: 'broken',
    seq: 4,
    expected: 'seq 4',
    found: 'seq 3',
  })
})

test('exchanged entries are found, with and without exchanged numbers', () => {
  assert.deepEqual(verifyChain(CHAIN.with(2, at(3)).with(3, at(2))), { kind: 'gap', seq: 3 })
  const third = { ...at(3).entry, seq: 3, prev: at(1).hash }
  const fourth = { ...at(2).entry, seq: 4, prev: entryHash(third) }
  const exchanged = CHAIN.with(2, { entry: third, hash: entryHash(third) }).with(3, {
    entry: fourth,
    hash: entryHash(fourth),
  })
  assert.deepEqual(verifyChain(exchanged), { kind: 'broken', seq: 5, expected: entryHash(fourth), found: at(3).hash })
})

test('a chain that does not go on from the head known to be good is broken, and one that starts late a gap', () => {
  const from = { seq: 3, hash: GENESIS }
  assert.deepEqual(verifyChain(CHAIN.slice(3), from), { kind: 'broken', seq: 4, expected: GENESIS, found: at(2).hash })
  assert.deepEqual(verifyChain(CHAIN.slice(4), { seq: 3, hash: at(2).hash }), { kind: 'gap', seq: 4 })
})

test('an entry of a newer form, and one bent until it is no JSON, stop the walk without an error', () => {
  const newer = { ...at(1).entry, v: 2 } as unknown as ChainedEntry
  assert.deepEqual(verifyChain(CHAIN.with(1, { ...at(1), entry: newer })), { kind: 'unknown-form', seq: 2 })
  const bent = { ...at(1).entry, ev: '\uD83D' }
  assert.equal(verifyChain(CHAIN.with(1, { ...at(1), entry: bent })).kind, 'broken')
})

test('law: any one entry changed, dropped, doubled or exchanged with the next is found in any chain', () => {
  type Harm = (links: readonly Link[], index: number, link: Link, next: Link) => Link[]
  const changed: Harm = (links, index, link) => links.with(index, { ...link, entry: { ...link.entry, req: 'x' } })
  const dropped: Harm = (links, index) => links.toSpliced(index, 1)
  const doubled: Harm = (links, index, link) => links.toSpliced(index, 0, link)
  const exchanged: Harm = (links, index, link, next) => links.with(index, next).with(index + 1, link)
  const harms = fc.constantFrom(changed, dropped, doubled, exchanged)
  fc.assert(
    fc.property(fc.integer({ min: 2, max: 12 }), fc.nat(), harms, (length, any, harm) => {
      const links = chainOf(length)
      // Never the last one: that it was dropped only a later head can tell.
      const index = any % (length - 1)
      const [link = assert.fail(), next = assert.fail()] = links.slice(index)
      assert.notEqual(verifyChain(harm(links, index, link, next)).kind, 'ok')
    }),
    { seed: 20_261_122, numRuns: 500 },
  )
})

test('a personal value is in the chain only as a digest that takes its salt to make', () => {
  const salt = new Uint8Array(32).fill(7)
  const ref = sealPersonal('sam@acme.test', salt)
  assert.equal(
    ref,
    createHash('sha256')
      .update(Buffer.concat([salt, Buffer.from('sam@acme.test')]))
      .digest('hex'),
  )
  assert.notEqual(sealPersonal('sam@acme.test', new Uint8Array(32).fill(8)), ref)
  for (const length of [0, 16, 33]) assert.throws(() => sealPersonal('x', new Uint8Array(length)), RangeError)
})
