import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { test } from 'node:test'
import { promisify } from 'node:util'
import { verifyLog } from '#audit/verify-log.ts'
import { EVERY_SITE, all, type Database, script } from '../../src/store/database.ts'
import { migrate } from '../../src/store/migrate.ts'
import { sqlStore } from '../../src/store/sql-store.ts'
import { openSqlite } from '../../src/store/sqlite.ts'
import { seededRandom } from '../../src/system/random.ts'
import { type OpenedStore, storeContract } from './store-contract.ts'
import { commit, event, furnish } from './store-furniture.ts'
import { ACME, MONDAY } from './store-things.ts'
import { everything } from './store-rows.ts'
import { raiseFailures } from './store-writer.ts'

const WRITER = join(import.meta.dirname, 'store-writer.ts')

async function opened(path: string): Promise<OpenedStore> {
  const database = openSqlite({ path })
  await migrate(database)
  const store = sqlStore(database, seededRandom(path))
  return { store, database, close: () => store.close() }
}

async function openFile(): Promise<OpenedStore & { readonly path: string }> {
  const folder = mkdtempSync(join(tmpdir(), 'countersign-store-'))
  const path = join(folder, 'data', 'test.db')
  const file = await opened(path)
  const close = async (): Promise<void> => {
    await file.close()
    rmSync(folder, { recursive: true })
  }
  return { ...file, path, close }
}

function write(path: string, times: number, seed: string): Promise<unknown> {
  return promisify(execFile)(process.execPath, [WRITER, path, String(times), seed], { timeout: 60_000 })
}

storeContract('SQLite in memory', () => opened(':memory:'))
storeContract('SQLite in a file', openFile)

test('[ST-11] [RC-17] two processes and fifty writers on two connections share one file: no lock error, no commit lost, none there twice', async () => {
  const { store, path, close } = await openFile()
  const second = await opened(path)
  try {
    await furnish(store)
    await Promise.all([
      write(path, 60, 'one'),
      write(path, 60, 'two'),
      ...Array.from({ length: 50 }, (_, index) => raiseFailures(index % 2 ? store : second.store, 2)),
    ])
    const file = await second.store.personFile(ACME.id, 'ada', MONDAY)
    assert.deepEqual([file?.counters.consecutive, file?.counters.version], [220, 221])
    const verdict = await verifyLog(store.auditLog(ACME.id, 0), { verifiers: [] })
    assert.ok(verdict.kind === 'ok')
    assert.equal(verdict.head.seq, 221)
  } finally {
    await second.close()
    await close()
  }
})

test('two processes may make a file at the same moment', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'countersign-store-'))
  try {
    for (const round of [1, 2, 3]) {
      const path = join(folder, `new-${round}.db`)
      await Promise.all([write(path, 0, 'one'), write(path, 0, 'two'), write(path, 0, 'three')])
      const { store, close } = await opened(path)
      assert.deepEqual(await store.sites(), [])
      await close()
    }
  } finally {
    rmSync(folder, { recursive: true })
  }
})

test('what was committed is there after the file is opened again, and only its owner may read it', async () => {
  const first = await openFile()
  try {
    await furnish(first.store)
    assert.equal(
      await commit(first.store, [{ kind: 'spend-step', authenticator: 'aut_ada', step: 101, at: MONDAY }]),
      'committed',
    )
    for (const name of readdirSync(join(first.path, '..')))
      assert.equal(statSync(join(first.path, '..', name)).mode & 0o077, 0, name)
    await first.store.close()
    const again = await opened(first.path)
    const file = await again.store.personFile(ACME.id, 'ada', MONDAY)
    assert.equal(file?.apps.find(({ id }) => id === 'aut_ada')?.lastStep, 101)
    await again.close()
  } finally {
    await first.close()
  }
})

test('a second connection that holds the file makes a commit wait, then conflict, and never throws', async () => {
  const first = await openFile()
  const impatient = openSqlite({ path: first.path, waitMs: 1 })
  const store = sqlStore(impatient, seededRandom('impatient'))
  const holder = new DatabaseSync(first.path)
  try {
    await furnish(first.store)
    holder.exec('BEGIN IMMEDIATE')
    assert.equal(await commit(store, []), 'conflict')
    // A patient one does not hold up its process: the holder lets go in a later turn, and the commit is there.
    const waiting = commit(first.store, [])
    setImmediate(() => holder.exec('ROLLBACK'))
    assert.equal(await waiting, 'committed')
    assert.equal(await commit(store, []), 'committed')
  } finally {
    holder.close()
    await impatient.close()
    await first.close()
  }
})

test('[ST-01] a full disk is said in one sentence, leaves nothing half done, and is over when there is room', async () => {
  const { store, database, close } = await openFile()
  try {
    await furnish(store)
    const before = await everything(database)
    await pragma(database, 'max_page_count = 1')
    const long = event({ data: { words: 'so much to say '.repeat(20_000) } })
    await assert.rejects(commit(store, [], { events: [long] }), {
      name: 'StoreUnavailable',
      message: /disk .*test\.db is full/,
    })
    assert.deepEqual(await everything(database), before)
    await pragma(database, 'max_page_count = 1000000')
    assert.equal(await commit(store, [], { events: [long] }), 'committed')
  } finally {
    await close()
  }
})

test('[ST-06] a database that may not be written is unavailable, and can still be read', async () => {
  const { store, database, close } = await openFile()
  try {
    await furnish(store)
    await pragma(database, 'query_only = ON')
    await assert.rejects(commit(store, []), { name: 'StoreUnavailable', message: /test\.db cannot be used/ })
    assert.equal((await store.siteFile('acme'))?.site.name, 'acme')
  } finally {
    await close()
  }
})

test('the settings that keep a spent code spent are on', async () => {
  const { database, close } = await openFile()
  const value = async (name: string) => {
    const [row] = await database.together('read', () => all(`PRAGMA ${name}`), EVERY_SITE)
    return Object.values(row ?? {})[0]
  }
  assert.deepEqual(
    [await value('journal_mode'), await value('synchronous'), await value('foreign_keys')],
    ['wal', 2, 1],
  )
  await close()
})

function pragma(database: Database, setting: string): Promise<void> {
  return database.together('read', () => script(`PRAGMA ${setting}`), EVERY_SITE)
}
