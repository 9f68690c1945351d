import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { type TestContext, test } from 'node:test'
import { allSeldom, type Database, EVERY_SITE, type Row, run, script } from './database.ts'
import { rowsAtHand } from './rows-at-hand.ts'
import { openSqlite } from './sqlite.ts'

const OF_A = 'SELECT v FROM parts WHERE whole = ? ORDER BY v'

async function filled(
  t: TestContext,
): Promise<{ database: Database; path: string; of: () => Promise<readonly Row[]> }> {
  const folder = mkdtempSync(join(tmpdir(), 'countersign-at-hand-'))
  const path = join(folder, 'a.db')
  const database = openSqlite({ path })
  t.after(async () => {
    await database.close()
    rmSync(folder, { recursive: true })
  })
  await write(database, () =>
    script(`CREATE TABLE wholes (id TEXT PRIMARY KEY);
    CREATE TABLE parts (whole TEXT REFERENCES wholes (id) ON DELETE CASCADE, v INTEGER);
    CREATE TABLE others (v INTEGER);
    INSERT INTO wholes VALUES ('a'); INSERT INTO parts VALUES ('a', 1)`),
  )
  const of = (): Promise<readonly Row[]> => database.together('read', () => allSeldom(OF_A, 'a'), EVERY_SITE)
  return { database, path, of }
}

function write(database: Database, work: Parameters<Database['together']>[1]): Promise<unknown> {
  return database.together('write', work, EVERY_SITE)
}

const values = (rows: readonly Row[]): unknown[] => rows.map(({ v }) => v)

test('as long as nothing of a table was written the answer is the very array of before', async (t) => {
  const { database, of } = await filled(t)
  const first = await of()
  await write(database, () => run('INSERT INTO others (v) VALUES (?)', 1))
  assert.equal(await of(), first)
  assert.deepEqual(values(first), [1])
})

test('what this process writes is in the next answer', async (t) => {
  const { database, of } = await filled(t)
  await of()
  await write(database, () => run('INSERT INTO parts (whole, v) VALUES (?, ?)', 'a', 2))
  assert.deepEqual(values(await of()), [1, 2])
  await write(database, () => run('UPDATE parts SET v = ? WHERE v = ?', 3, 1))
  assert.deepEqual(values(await of()), [2, 3])
  await write(database, () => run('DELETE FROM parts WHERE v = ?', 2))
  assert.deepEqual(values(await of()), [3])
  await write(database, () => script('DELETE FROM parts'))
  assert.deepEqual(values(await of()), [])
})

test('so is what another process writes, and no commit of this process hides it', async (t) => {
  const { database, path, of } = await filled(t)
  await of()
  const other = new DatabaseSync(path)
  other.exec("INSERT INTO parts VALUES ('a', 2)")
  await write(database, () => run('INSERT INTO others (v) VALUES (?)', 1))
  assert.deepEqual(values(await of()), [1, 2])
  other.exec('UPDATE parts SET v = 9 WHERE v = 2')
  assert.deepEqual(values(await of()), [1, 9])
  other.close()
})

test('what a transaction reads of its own writing is not kept when it fails', async (t) => {
  const { database, of } = await filled(t)
  let within: readonly Row[] = []
  await assert.rejects(
    write(database, function* () {
      yield* run('INSERT INTO parts (whole, v) VALUES (?, ?)', 'a', 2)
      within = yield* allSeldom(OF_A, 'a')
      throw new Error('not after all')
    }),
  )
  assert.deepEqual(values(within), [1, 2])
  assert.deepEqual(values(await of()), [1])
})

test('rows that go with a row of another table that is kept go at once', async (t) => {
  const { database, of } = await filled(t)
  await database.together('read', () => allSeldom('SELECT id FROM wholes WHERE id = ?', 'a'), EVERY_SITE)
  await of()
  await write(database, () => run('DELETE FROM wholes WHERE id = ?', 'a'))
  assert.deepEqual(values(await of()), [])
})

test('with too many answers all are forgotten, and none is wrong', () => {
  const atHand = rowsAtHand(() => 1)
  atHand.begin()
  let reads = 0
  const ask = (key: number): unknown[] =>
    values(
      atHand.rows('SELECT v FROM parts WHERE v = ?', [key], () => {
        reads += 1
        return [{ v: key }]
      }),
    )
  for (let key = 0; key < 10_001; key += 1) assert.deepEqual(ask(key), [key])
  assert.deepEqual(ask(10_000), [10_000])
  assert.equal(reads, 10_001)
  assert.deepEqual(ask(0), [0])
  assert.equal(reads, 10_002)
})
