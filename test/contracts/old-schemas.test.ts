import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { after, test } from 'node:test'
import { verifyLog } from '#audit/verify-log.ts'
import { accountForMigrations } from '../../src/store/account-for-migrations.ts'
import { all, type Database, EVERY_SITE, type Row, script, type Work } from '../../src/store/database.ts'
import { type Migration, migrate, migrationsFor } from '../../src/store/migrate.ts'
import { openDatabase } from '../../src/store/open.ts'
import { openPostgres } from '../../src/store/postgres.ts'
import { openSqlite } from '../../src/store/sqlite.ts'
import { sqlStore } from '../../src/store/sql-store.ts'
import { seededRandom } from '../../src/system/random.ts'
import { startPostgres, withoutPostgres } from '../postgres.ts'
import { ACME, MONDAY } from './store-things.ts'

const SCHEMAS = join(import.meta.dirname, '../fixtures/schemas')
const FOLDER = mkdtempSync(join(tmpdir(), 'countersign-schemas-'))
after(() => rmSync(FOLDER, { recursive: true }))

interface Schema {
  readonly name: string
  /** Everything, for SQLite. */
  readonly sql: string
  /** The rows alone. */
  readonly rows: string
  /** The migrations it had on PostgreSQL. */
  readonly postgres: readonly string[]
  readonly tables: readonly string[]
}

const OLD: readonly Schema[] = readdirSync(SCHEMAS).map((file) => {
  const sql = readFileSync(join(SCHEMAS, file), 'utf8')
  const rows = /^-- rows$(?<rows>.*)^-- indexes and triggers$/ms.exec(sql)?.groups?.['rows'] ?? ''
  const tables = new Set([...rows.matchAll(/^INSERT INTO (\w+) /gm)].map(([, table]) => String(table)))
  tables.delete('schema_migrations')
  const postgres = /^-- postgres: (?<names>.*)$/m.exec(sql)?.groups?.['names']?.split(' ') ?? []
  return {
    name: file.replace(/\.sql$/, ''),
    sql,
    rows: rows.replaceAll(/^INSERT INTO schema_migrations .*$/gm, ''),
    postgres,
    tables: [...tables],
  }
})

/** Breaks everything that comes behind it. */
const BROKEN: Migration = step('999-broken.sql', 'CREATE TABLE half (a INTEGER); INSERT INTO nowhere VALUES (1);')
const HARMLESS: Migration = step('998-harmless.sql', 'CREATE TABLE more (a INTEGER); DELETE FROM sessions;')

function step(name: string, sql: string): Migration {
  return { name, sql, digest: createHash('sha256').update(sql).digest('hex') }
}

/** The database that people have who run this version, in a file. */
function onDisk({ sql }: Schema, name: string): string {
  const path = join(FOLDER, name)
  const db = new DatabaseSync(path)
  db.exec(sql)
  db.close()
  return path
}

async function rowsOf(database: Database, tables: readonly string[]): Promise<Record<string, readonly Row[]>> {
  return database.together(
    'read',
    function* (): Work<Record<string, readonly Row[]>> {
      const found: Record<string, readonly Row[]> = {}
      for (const table of tables) found[table] = (yield* all(`SELECT * FROM ${table}`)).map((row) => ({ ...row }))
      return found
    },
    EVERY_SITE,
  )
}

/** Every row of before is there, with the same value in each column that is still there; the audit log has one entry more a site. */
function assertKept(before: Record<string, readonly Row[]>, now: Record<string, readonly Row[]>, grown: number): void {
  for (const [table, rows] of Object.entries(before)) {
    const found = now[table] ?? []
    const columns = Object.keys(rows[0] ?? {}).filter((column) => column in (found[0] ?? {}))
    const ownRow = (row: Row): string => JSON.stringify(columns.map((column) => row[column]))
    const there = new Set(found.map(ownRow))
    if (table === 'audit_heads') continue
    assert.deepEqual(
      rows.map(ownRow).filter((row) => !there.has(row)),
      [],
      table,
    )
    assert.equal(found.length, rows.length + (table === 'audit_entries' ? grown : 0), table)
  }
}

async function assertUsable(database: Database, ran: boolean): Promise<void> {
  const store = sqlStore(database, seededRandom('old'))
  const file = await store.personFile(ACME.id, 'ada', MONDAY)
  assert.deepEqual(file?.user.roles.toSorted(), ['Administrator', 'Clerk'])
  assert.ok(file && file.apps.length > 0 && file.passkeys.length > 0)
  const [newest] = await store.audit(ACME.id, { limit: 1 })
  assert.equal(newest?.ev === 'system.migrated', ran)
  const verdict = await verifyLog(store.auditLog(ACME.id, 0), { verifiers: [] })
  assert.equal(verdict.kind, 'ok')
}

/** Something is missing in the database: migrations that were written since. */
const isBehind = (names: readonly string[], dialect: Database['dialect']): boolean =>
  migrationsFor(dialect).some(({ name }) => !names.includes(name))

test('every version that was released has its schema kept, with rows in each table', () => {
  const released = readFileSync('CHANGELOG.md', 'utf8').matchAll(/^## (?<version>\d+\.\d+\.\d+) \((?!not released)/gm)
  for (const { groups } of released)
    assert.ok(
      OLD.some(({ name }) => name === groups?.['version']),
      `node bin/run.mjs test/fixtures/write-schema.ts ${groups?.['version']}`,
    )
  assert.ok(OLD.length > 0)
  for (const { sql, tables } of OLD)
    assert.equal([...sql.matchAll(/^CREATE TABLE /gm)].length, tables.length + 1, 'schema_migrations aside')
})

for (const schema of OLD) {
  const done = [...schema.sql.matchAll(/^INSERT INTO schema_migrations .*VALUES \('(?<name>[^']+)'/gm)].map(
    ({ groups }) => String(groups?.['name']),
  )

  test(`[UP-01] the database of ${schema.name} is migrated whole, keeps every row, and says so in the audit log`, async () => {
    const url = `sqlite:${onDisk(schema, `${schema.name}.db`)}`
    const old = openSqlite({ path: url.slice('sqlite:'.length) })
    const before = await rowsOf(old, schema.tables)
    await old.close()
    const behind = isBehind(done, 'sqlite')
    for (const again of [false, true]) {
      const database = await openDatabase(url, { migrate: true })
      assertKept(before, await rowsOf(database, schema.tables), behind ? 2 : 0)
      await assertUsable(database, behind)
      if (again) assert.equal((await database.together('read', () => all('SELECT * FROM sites'), EVERY_SITE)).length, 2)
      await database.close()
    }
  })

  test(`[UP-01] a migration that fails, at whichever statement, leaves the database of ${schema.name} as it was`, async () => {
    const path = onDisk(schema, `${schema.name}-failing.db`)
    const picture = (): string => {
      const db = new DatabaseSync(path, { readOnly: true })
      const tables = db.prepare('SELECT * FROM sqlite_schema ORDER BY rowid').all()
      const rows = schema.tables.map((table) => db.prepare(`SELECT * FROM ${table}`).all())
      db.close()
      return JSON.stringify([tables, rows])
    }
    const before = picture()
    const database = openSqlite({ path })
    const account = accountForMigrations
    const migrations = [...migrationsFor('sqlite'), HARMLESS]
    await assert.rejects(migrate(database, [...migrations, BROKEN], { apply: true, account }), /nowhere/)
    assert.equal(picture(), before)

    let cuts = 0
    for (let whole = false; !whole; cuts += 1) {
      const cutting: Database = {
        ...database,
        together: (kind, work, scope) => database.together(kind, cutAt(work, cuts), scope),
      }
      whole = await migrate(cutting, migrations, { apply: true, account }).then(
        () => true,
        (error: unknown) => (assert.match(String(error), /cut off/), false),
      )
      if (!whole) assert.equal(picture(), before, `cut off at statement ${cuts}`)
    }
    assert.ok(cuts > 8)
    const events = await database.together(
      'read',
      () => all("SELECT entry FROM audit_entries WHERE ev = 'system.migrated'"),
      EVERY_SITE,
    )
    assert.equal(events.length, 2, 'one for each site')
    assert.match(String(events[0]?.['entry']), /"ran":\[[^\]]*"998-harmless\.sql"\]/)
    await database.close()
  })
}

test('[UP-01] the same on PostgreSQL', { skip: withoutPostgres(18) }, async (t) => {
  const cluster = await startPostgres()
  t.after(() => cluster.stop())
  for (const schema of OLD) {
    const url = await cluster.emptyDatabase()
    const old = openPostgres({ url, schema: null, connections: 1 })
    const known = migrationsFor('postgres')
    await migrate(
      old,
      known.filter(({ name }) => schema.postgres.includes(name)),
    )
    await old.together('write', () => script(schema.rows), EVERY_SITE)
    const before = await rowsOf(old, schema.tables)
    const account = accountForMigrations
    await assert.rejects(migrate(old, [...known, HARMLESS, BROKEN], { apply: true, account }), /nowhere/)
    assert.deepEqual(await rowsOf(old, schema.tables), before)
    await old.close()
    const database = await openDatabase(url, { migrate: true })
    const behind = isBehind(schema.postgres, 'postgres')
    assertKept(before, await rowsOf(database, schema.tables), behind ? 2 : 0)
    await assertUsable(database, behind)
    await database.close()
  }
})

/** Throws in the place of the statement of this number. */
function cutAt<T>(work: () => Work<T>, at: number): () => Work<T> {
  return function* () {
    const inner = work()
    let step = inner.next()
    for (let count = 0; !step.done; count += 1) {
      if (count === at) throw new Error('cut off')
      step = inner.next(yield step.value)
    }
    return step.value
  }
}
