import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { EVERY_SITE, all, type Database, run, StoreUnavailable } from '../../src/store/database.ts'
import { RIGHTS } from '#domain/rights.ts'
import { type Migration, migrate, migrationsFor } from '../../src/store/migrate.ts'
import { openStore } from '../../src/store/open.ts'
import { openSqlite } from '../../src/store/sqlite.ts'
import { seededRandom } from '../../src/system/random.ts'

const SHIPPED = join(import.meta.dirname, '../../src/store/migrations')
const FOLDER = mkdtempSync(join(tmpdir(), 'countersign-migrate-'))
after(() => rmSync(FOLDER, { recursive: true }))

const random = seededRandom('migrate')

function step(name: string, sql: string): Migration {
  return { name, sql, digest: createHash('sha256').update(sql).digest('hex') }
}

async function applied(database: Database): Promise<readonly unknown[]> {
  const rows = await database.together(
    'read',
    () => all('SELECT name FROM schema_migrations ORDER BY name'),
    EVERY_SITE,
  )
  return rows.map((row) => row['name'])
}

const ONE = step('001-one.sql', 'CREATE TABLE one (a INTEGER); CREATE TABLE two (a INTEGER);')
const TWO = step('002-two.sql', 'INSERT INTO one VALUES (1);')

test('shipped migrations are unchanged, and every migration is written down as shipped', () => {
  const lines = readFileSync(join(SHIPPED, 'SHIPPED'), 'utf8').trim().split('\n')
  const files = readdirSync(SHIPPED).filter((name) => name.endsWith('.sql'))
  const digests = files.map(
    (name) =>
      `${createHash('sha256')
        .update(readFileSync(join(SHIPPED, name)))
        .digest('hex')}  ${name}`,
  )
  assert.deepEqual(lines.toSorted(), digests.toSorted())
})

test('each database has its own triggers and the tables of both', () => {
  const names = migrationsFor('sqlite').map(({ name }) => name)
  assert.deepEqual(names.slice(0, 2), ['001-tables.sql', '002-append-only.sqlite.sql'])
  const others = migrationsFor('postgres').map(({ name }) => name)
  assert.ok(others.includes('001-tables.sql') && !others.some((name) => name.endsWith('.sqlite.sql')))
})

test('keys made before rights had names keep what they could do', async () => {
  const database = openSqlite({ path: ':memory:' })
  const migrations = migrationsFor('sqlite')
  const before = migrations.filter(({ name }) => name < '003')
  await migrate(database, before)
  const scopes = '["challenges","settings","users","sessions","audit","delivery","session"]'
  await database.together(
    'write',
    function* () {
      yield* run("INSERT INTO sites VALUES ('site_a', 'a', 'A', 1, 1, 1, 0)")
      yield* run("INSERT INTO api_keys VALUES ('key_a', 'site_a', 'old', NULL, 'digest', ?, 0, NULL, NULL)", scopes)
    },
    EVERY_SITE,
  )
  await migrate(database, migrations)
  const [row] = await database.together('read', () => all('SELECT scopes, last_used_at FROM api_keys'), EVERY_SITE)
  const rights = JSON.parse(String(row?.['scopes'])) as string[]
  assert.ok(rights.every((right) => (RIGHTS as readonly string[]).includes(right)))
  assert.deepEqual(rights.slice(1, 4), ['settings:write', 'users:write', 'users:help'])
  assert.equal(row?.['last_used_at'], null)
  await database.close()
})

test('every migration runs once, in its order, and a second start does nothing', async () => {
  const database = openSqlite({ path: ':memory:' })
  await migrate(database, [ONE, TWO])
  await migrate(database, [ONE, TWO])
  assert.deepEqual(await applied(database), ['001-one.sql', '002-two.sql'])
  const rows = await database.together('read', () => all('SELECT a FROM one'), EVERY_SITE)
  assert.equal(rows.length, 1)
  await database.close()
})

test('a migration that fails leaves nothing behind, of itself or of those before it in the same start', async () => {
  const database = openSqlite({ path: ':memory:' })
  const broken = step('003-broken.sql', 'CREATE TABLE three (a INTEGER); INSERT INTO nothing VALUES (1);')
  await migrate(database, [ONE])
  await assert.rejects(migrate(database, [ONE, TWO, broken]), /nothing/)
  assert.deepEqual(await applied(database), ['001-one.sql'])
  assert.deepEqual(await database.together('read', () => all('SELECT a FROM one'), EVERY_SITE), [])
  await assert.rejects(
    database.together('read', () => all('SELECT * FROM three'), EVERY_SITE),
    /three/,
  )
  await migrate(database, [ONE, TWO])
  assert.deepEqual(await applied(database), ['001-one.sql', '002-two.sql'])
  await database.close()
})

test('a database that is newer than this program is refused', async () => {
  const database = openSqlite({ path: ':memory:' })
  await migrate(database, [ONE, TWO])
  await assert.rejects(migrate(database, [ONE]), {
    name: 'StoreUnavailable',
    message: /newer version of Countersign.*002-two\.sql/,
  })
  await database.close()
})

test('a migration that was edited after it ran is refused', async () => {
  const database = openSqlite({ path: ':memory:' })
  await migrate(database, [ONE])
  const edited = step(ONE.name, `${ONE.sql} -- edited`)
  await assert.rejects(migrate(database, [edited]), {
    name: 'StoreUnavailable',
    message: /001-one\.sql is not the one/,
  })
  await database.close()
})

test('who may not migrate is told that the database is not up to date', async () => {
  const url = `sqlite:${join(FOLDER, 'later.db')}`
  await assert.rejects(openStore(url, random, { migrate: false }), {
    name: 'StoreUnavailable',
    message: /not up to date/,
  })
  await (await openStore(url, random)).close()
  await (await openStore(url, random, { migrate: false })).close()
})

test('a folder that is missing is made', async () => {
  const store = await openStore(`sqlite:${join(FOLDER, 'a', 'b', 'c.db')}`, random)
  assert.deepEqual(await store.sites(), [])
  await store.close()
})

test('an address that cannot be used is answered with one sentence that names it', async () => {
  mkdirSync(join(FOLDER, 'a-folder.db'))
  writeFileSync(join(FOLDER, 'text.db'), 'This is a letter to my grandmother, and no database at all. '.repeat(50))
  const wrong: readonly (readonly [string, RegExp])[] = [
    [`sqlite:${join(FOLDER, 'a-folder.db')}`, /a-folder\.db is a folder/],
    [`sqlite:${join(FOLDER, 'text.db')}`, /text\.db is not an SQLite database/],
    [`sqlite:${join(FOLDER, 'text.db', 'below.db')}`, /below\.db cannot be made/],
    ['sqlite:', /address of the database is none/],
    ['countersign.db', /address of the database is none/],
    ['postgres://countersign:password@127.0.0.1:1/countersign', /countersign at 127\.0\.0\.1:1 cannot be reached/],
    ['postgresql://user:password@ /countersign', /address of the database is none/],
  ]
  for (const [url, message] of wrong) {
    const error: unknown = await openStore(url, random).catch((reason: unknown) => reason)
    assert.ok(error instanceof StoreUnavailable, url)
    assert.match(error.message, message)
    assert.match(error.message, /^[^.]*(?:\.[^ ][^.]*)*\.$/, 'it is one sentence')
    assert.ok(!error.message.includes('password@'))
  }
})
