import assert from 'node:assert/strict'
import test from 'node:test'
import { canonicalJson } from './canonical.ts'
import { type ChainedEntry, entryHash, GENESIS, textHash } from './chain.ts'
import { checkpointText, parseCheckpoint } from './checkpoint.ts'
import { countersignNote, keyChangeText } from './key-change.ts'
import { EMPTY_TREE, grown, leafHash, rootOf, type Tree } from './merkle.ts'
import { openNote, signNote, verifierLine, verifierOf } from './signed-note.ts'
import { LOG_START, type LogItem, type LogStart, verifyLog } from './verify-log.ts'

interface Row {
  readonly entry: string
  readonly hash: string
}

/** Entries of a chain; what is said of one by its number goes into it. */
function rows(count: number, said: Readonly<Record<number, Partial<ChainedEntry>>> = {}): Row[] {
  const made: Row[] = []
  for (let seq = 1; seq <= count; seq += 1) {
    const entry: ChainedEntry = {
      v: 1,
      site: 'site_acme',
      seq,
      prev: made.at(-1)?.hash ?? GENESIS,
      at: '2026-11-23T09:00:00.000Z',
      ev: 'auth.password.fail',
      actor: { type: 'anonymous', id: 'anonymous' },
      subject: null,
      req: null,
      app: null,
      data: {},
      pii: null,
      ...said[seq],
    }
    made.push({ entry: canonicalJson(entry), hash: entryHash(entry) })
  }
  return made
}

const ROWS = rows(4)
const third = ROWS[2] ?? assert.fail()
const withThird = (entry: string) => verifyLog(ROWS.with(2, { ...third, entry }), { verifiers: [] })

test('a stored log is whole as it was written, also from a place in its middle', async () => {
  const whole = await verifyLog(ROWS, { verifiers: [] })
  assert.ok(whole.kind === 'ok')
  assert.deepEqual(whole.head, { seq: 4, hash: ROWS[3]?.hash })
  const middle = startAfter(ROWS, 2)
  const rest = await verifyLog(ROWS.slice(2), { verifiers: [], partial: true }, middle)
  assert.deepEqual(rest, { ...whole, sealed: 2 })
})

test('a changed text and a missing row are found', async () => {
  assert.equal((await withThird(third.entry.replace('password.fail', 'password.ok'))).kind, 'broken')
  assert.deepEqual(await verifyLog(ROWS.toSpliced(1, 1), { verifiers: [] }), { kind: 'gap', seq: 2 })
})

test('a key written twice is found, though the parsed entry is the one that was hashed', async () => {
  const twice = third.entry.replace('"ev":', '"ev":"auth.password.ok","ev":')
  assert.equal(canonicalJson(JSON.parse(twice)), third.entry)
  assert.equal((await withThird(twice)).kind, 'broken')
  // Even where whoever wrote it has made the hash anew: two readers would see two different events.
  const anew = [...ROWS.slice(0, 2), { entry: twice, hash: textHash(twice) }]
  const verdict = await verifyLog(anew, { verifiers: [] })
  assert.deepEqual(verdict, { kind: 'broken', seq: 3, expected: 'its canonical JSON', found: twice })
})

test('white space, another order or another spelling of the same data is found', async () => {
  for (const text of [
    ` ${third.entry}`,
    third.entry.replace('"v":1', '"v":1.0'),
    third.entry.replace('a', '\\u0061'),
  ]) {
    assert.equal((await withThird(text)).kind, 'broken', text)
  }
})

test('what is no entry at all is broken, not an error', async () => {
  for (const text of ['', '{', 'null', '7', '"entry"']) {
    assert.deepEqual(await withThird(text), { kind: 'broken', seq: 3, expected: 'the JSON of an entry', found: text })
  }
  assert.notEqual((await withThird('{}')).kind, 'ok')
  assert.notEqual((await withThird('[]')).kind, 'ok')
})

const NAME = 'countersign/site/site_acme'
const SEED = new Uint8Array(32).fill(1)
const NEXT = new Uint8Array(32).fill(2)
const VERIFIER = verifierOf(NAME, SEED)

function startAfter(entries: readonly Row[], count: number): LogStart {
  const tree = entries
    .slice(0, count)
    .reduce<Tree>((sum, { hash }) => grown(sum, { level: 0, hash: leafHash(hash) }), EMPTY_TREE)
  return { head: { seq: count, hash: entries[count - 1]?.hash ?? GENESIS }, tree }
}

function note(entries: readonly Row[], size: number, seed = SEED): string {
  const { head, tree } = startAfter(entries, size)
  return signNote(checkpointText({ origin: NAME, size, root: rootOf(tree), head: head.hash }), NAME, seed)
}

/** The entries with a checkpoint behind these. */
function sealed(entries: readonly Row[], ...sizes: readonly number[]): LogItem[] {
  return entries.flatMap((row, index): LogItem[] =>
    sizes.includes(index + 1) ? [row, { note: note(entries, index + 1) }] : [row],
  )
}

function anchor(entries: readonly Row[], size: number) {
  const opened = openNote(note(entries, size), [VERIFIER])
  return (opened !== 'unsigned' && parseCheckpoint(opened.text)) || assert.fail()
}

test('checkpoints are verified on the way, and how far they reach is told', async () => {
  const verdict = await verifyLog(sealed(ROWS, 2, 3), { verifiers: [VERIFIER] })
  assert.ok(verdict.kind === 'ok')
  assert.deepEqual([verdict.checkpoints, verdict.sealed, verdict.head.seq], [2, 3, 4])
})

test('[AU-03] an end that was cut off behind a checkpoint is found by that checkpoint', async () => {
  const items = sealed(ROWS, 2, 4)
  assert.deepEqual(await verifyLog(items.toSpliced(3, 2), { verifiers: [VERIFIER] }), {
    kind: 'truncated',
    seq: 2,
    noted: 4,
  })
})

test('[AU-04] an end that no checkpoint counts is missed, unless one was kept elsewhere', async () => {
  const cut = sealed(ROWS, 2).slice(0, 4)
  assert.equal((await verifyLog(cut, { verifiers: [VERIFIER] })).kind, 'ok')
  const anchors = [anchor(ROWS, 4), anchor(ROWS, 2)]
  const verdict = await verifyLog(cut, { verifiers: [VERIFIER], anchors })
  assert.deepEqual(verdict, { kind: 'truncated', seq: 3, noted: 4 })
})

test('a log written anew from one entry on, with all its hashes, contradicts each checkpoint', async () => {
  const forged = rows(4, { 2: { ev: 'auth.password.ok' } })
  const items = sealed(ROWS, 3).map((item) => ('note' in item ? item : (forged[ROWS.indexOf(item)] ?? item)))
  assert.equal((await verifyLog(forged, { verifiers: [] })).kind, 'ok')
  assert.deepEqual(await verifyLog(items, { verifiers: [VERIFIER] }), { kind: 'forked', seq: 3 })
  const anchors = [anchor(ROWS, 4)]
  assert.deepEqual(await verifyLog(forged, { verifiers: [VERIFIER], anchors }), { kind: 'forked', seq: 4 })
})

test('a checkpoint by another key, or one that is none, is not believed', async () => {
  for (const strange of [note(ROWS, 2, NEXT), 'no note', signNote('no checkpoint\n', NAME, SEED)]) {
    const items: LogItem[] = [...ROWS.slice(0, 2), { note: strange }, ...ROWS.slice(2)]
    assert.deepEqual(await verifyLog(items, { verifiers: [VERIFIER] }), { kind: 'unsigned', seq: 2 })
  }
})

test('[AU-13] who trusts the old key comes to trust the new one by the entry that both have signed', async () => {
  const text = keyChangeText(verifierLine(VERIFIER), verifierLine(verifierOf(NAME, NEXT)))
  const change = { ev: 'audit.key.rotated', data: { note: countersignNote(text, NAME, SEED, NEXT) } }
  const told = rows(4, { 3: change })
  const items: LogItem[] = [...told, { note: note(told, 4, NEXT) }]
  assert.equal((await verifyLog(items, { verifiers: [VERIFIER] })).kind, 'ok')
  for (const bad of [signNote(text, NAME, SEED), signNote(text, NAME, NEXT)]) {
    const forged = rows(4, { 3: { ...change, data: { note: bad } } })
    const behind: LogItem[] = [...forged, { note: note(forged, 4, NEXT) }]
    assert.deepEqual(await verifyLog(behind, { verifiers: [VERIFIER] }), { kind: 'unsigned', seq: 4 })
  }
})

test('[AU-10] a log whose first segment went is whole only when the purge is told in it, with the root of what went', async () => {
  const start = startAfter(ROWS, 2)
  const purged = (to: number, root: string) =>
    rows(4, { 4: { ev: 'audit.segment_purged', data: { from: 1, to, root } } }).slice(2)
  const verdict = await verifyLog(purged(2, rootOf(start.tree)), { verifiers: [] }, start)
  assert.equal(verdict.kind, 'ok')
  for (const entries of [purged(3, rootOf(start.tree)), purged(2, GENESIS), ROWS.slice(2)])
    assert.deepEqual(await verifyLog(entries, { verifiers: [] }, start), { kind: 'gap', seq: 1 })
})

test('an entry dated well before the one it follows is told, and a little earlier is not', async () => {
  const dated = (at: string) => rows(3, { 2: { at } })
  const found = async (at: string) => {
    const verdict = await verifyLog(dated(at), { verifiers: [] })
    return verdict.kind === 'ok' ? verdict.backwards : assert.fail()
  }
  assert.equal(await found('2026-11-23T08:59:54.999Z'), 2)
  assert.equal(await found('2026-11-23T08:59:55.000Z'), null)
  assert.equal(await found('2026-11-23T09:30:00.000Z'), 3)
})

test('an empty log is whole', async () => {
  const verdict = await verifyLog([], { verifiers: [] })
  assert.deepEqual(verdict, { kind: 'ok', ...LOG_START, checkpoints: 0, sealed: 0, backwards: null })
})
