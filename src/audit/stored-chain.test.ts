import assert from 'node:assert/strict'
import test from 'node:test'
import { canonicalJson } from './canonical.ts'
import { type ChainedEntry, entryHash, GENESIS } from './chain.ts'
import { verifyStoredChain } from './stored-chain.ts'

interface Row {
  readonly entry: string
  readonly hash: string
}

function rows(count: number): Row[] {
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
    }
    made.push({ entry: canonicalJson(entry), hash: entryHash(entry) })
  }
  return made
}

async function* read(given: readonly Row[]): AsyncGenerator<Row> {
  yield* given
}

const ROWS = rows(4)
const third = ROWS[2] ?? assert.fail()
const withThird = (entry: string) => verifyStoredChain(read(ROWS.with(2, { ...third, entry })))

test('a stored chain is whole as it was written, also from a head in its middle', async () => {
  const head = { seq: 4, hash: ROWS[3]?.hash }
  assert.deepEqual(await verifyStoredChain(read(ROWS)), { kind: 'ok', entries: 4, head })
  const from = { seq: 2, hash: ROWS[1]?.hash ?? assert.fail() }
  assert.deepEqual(await verifyStoredChain(read(ROWS.slice(2)), from), { kind: 'ok', entries: 2, head })
})

test('a changed text and a missing row are found', async () => {
  assert.equal((await withThird(third.entry.replace('password.fail', 'password.ok'))).kind, 'broken')
  assert.deepEqual(await verifyStoredChain(read(ROWS.toSpliced(1, 1))), { kind: 'gap', seq: 2 })
})

test('a key written twice is found, though the parsed entry is the one that was hashed', async () => {
  const twice = third.entry.replace('"ev":', '"ev":"auth.password.ok","ev":')
  assert.equal(canonicalJson(JSON.parse(twice)), third.entry)
  assert.deepEqual(await withThird(twice), { kind: 'broken', seq: 3, expected: third.entry, found: twice })
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
