import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import pg from 'pg'
import { verifyLog } from '#audit/verify-log.ts'
import type { Store } from '#ports/store.ts'
import { EVERY_SITE, all, type Database, run } from '../../src/store/database.ts'
import { migrate, migrationsFor } from '../../src/store/migrate.ts'
import { openDatabase } from '../../src/store/open.ts'
import { openPostgres } from '../../src/store/postgres.ts'
import { sqlStore } from '../../src/store/sql-store.ts'
import { seededRandom } from '../../src/system/random.ts'
import { GOOD } from '../contracts/store-catalogue.ts'
import { commit, event, furnish } from '../contracts/store-furniture.ts'
import { ACME, GLOBEX, MONDAY } from '../contracts/store-things.ts'
import { raiseFailures } from '../contracts/store-writer.ts'
import { type Cluster, startPostgres, withoutPostgres } from '../postgres.ts'

const NAMES = migrationsFor('postgres').map(({ name }) => name)

describe('what PostgreSQL guards', { skip: withoutPostgres(18) }, () => {
  let cluster: Cluster
  let url: string
  let database: Database
  let store: Store
  before(async () => {
    cluster = await startPostgres(18, ['deadlock_timeout=20ms'])
    url = await cluster.database()
    database = await openDatabase(url, { migrate: false })
    store = sqlStore(database, seededRandom('guards'))
    await furnish(store)
  })
  after(async () => {
    await database.close()
    await cluster.stop()
  })

  const names = (sql: string): Promise<readonly string[]> =>
    cluster
      .asMaster(sql, new URL(url).pathname.slice(1))
      .then(({ rows }) => (rows as { name: string }[]).map(({ name }) => name))

  /** The user of the nodes, past our own adapter. */
  async function asNode<T>(work: (client: pg.Client) => Promise<T>): Promise<T> {
    const client = new pg.Client({ connectionString: url })
    await client.connect()
    try {
      return await work(client)
    } finally {
      await client.end()
    }
  }

  test('[TI-10] every table that names a site has its policy, which binds the owner too', async () => {
    const unguarded = await names(`SELECT c.relname AS name FROM pg_class c
      WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r'
        AND (c.relname = 'sites' OR EXISTS (
          SELECT 1 FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attname = 'site_id' AND NOT a.attisdropped))
        AND NOT (c.relrowsecurity AND c.relforcerowsecurity AND EXISTS (
          SELECT 1 FROM pg_policy p WHERE p.polrelid = c.oid AND p.polname = 'own_site'))`)
    assert.deepEqual(unguarded, [])
    const siteless = await names(`SELECT c.relname AS name FROM pg_class c
      WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r' AND NOT c.relrowsecurity ORDER BY 1`)
    assert.deepEqual(
      siteless,
      ['nodes', 'schema_migrations', 'server_values'],
      'a table that names no site needs a reason',
    )
  })

  test('[TI-10] a statement that forgets its site finds nothing, and writes nothing of another', async () => {
    await asNode(async (client) => {
      const counted = async (site: string | null): Promise<unknown> => {
        await client.query('BEGIN')
        if (site !== null) await client.query("SELECT set_config('countersign.site', $1, true)", [site])
        const { rows } = await client.query<{ found: string }>('SELECT DISTINCT site_id AS found FROM users ORDER BY 1')
        await client.query('ROLLBACK')
        return rows.map(({ found }) => found)
      }
      assert.deepEqual(await counted(null), [])
      assert.deepEqual(await counted(ACME.id), [ACME.id])
      assert.deepEqual(await counted(GLOBEX.id), [GLOBEX.id])
    })
    const ofAcme = (sql: string): Promise<number> => database.together('write', () => run(sql), ACME.id)
    assert.equal(await ofAcme("UPDATE users SET display_name = 'X' WHERE username = 'ada'"), 1)
    assert.equal(await ofAcme(`DELETE FROM sessions WHERE site_id = '${GLOBEX.id}'`), 0)
    await assert.rejects(
      ofAcme(`INSERT INTO site_settings VALUES ('${GLOBEX.id}', 'lock.after', '1', 0, 'acme')`),
      /row-level security/,
    )
  })

  test('[TI-10] whatever the store is asked about a site, it asks the database for that site alone', async () => {
    const scopes: (string | undefined)[] = []
    const watched: Database = {
      ...database,
      together: (kind, work, site) => {
        scopes.push(site)
        return database.together(kind, work, site)
      },
    }
    const asked = sqlStore(watched, seededRandom('watched'))
    const page = { after: null, limit: 5, now: MONDAY }
    await Promise.all([
      asked.signInFile(ACME.id, { username: 'ada', deviceDigest: null, buckets: ['ada'], now: MONDAY }),
      asked.personFile(ACME.id, 'ada', MONDAY),
      asked.challengeFile(ACME.id, 'challenge ada', MONDAY),
      asked.sessionFile(ACME.id, 'session ada', MONDAY),
      asked.apiKeyFile(ACME.id, 'key ada', MONDAY),
      asked.people(ACME.id, page),
      asked.users(ACME.id, page),
      asked.audit(ACME.id, { limit: 5 }),
      asked.auditSeal(ACME.id),
      asked.sessions(ACME.id, { user: null, now: MONDAY, before: null, limit: 5 }),
      commit(asked, []),
    ])
    assert.deepEqual(new Set(scopes), new Set([ACME.id]))
  })

  test('a superuser, whom row-level security does not bind, is refused with what to do instead', async () => {
    const master = url.replace('countersign@', 'postgres@')
    await assert.rejects(openDatabase(master, { migrate: true }), {
      name: 'StoreUnavailable',
      message: /postgres is not bound by row-level security.*CREATE ROLE/,
    })
  })

  test('[AU-07] an entry that commits late is skipped by no reader: the next number waits for it', async () => {
    const seen = async (after: number): Promise<readonly number[]> =>
      (await store.audit(ACME.id, { limit: 100, after, oldestFirst: true })).map(({ seq }) => seq)
    const start = (await store.auditHead(ACME.id))?.seq ?? 0
    await asNode(async (late) => {
      // A commit that has its number, and takes its time.
      await late.query(`BEGIN; SET LOCAL countersign.site = '${ACME.id}'`)
      await late.query(`UPDATE audit_heads SET seq = seq + 1 WHERE site_id = '${ACME.id}'`)
      let overtook = false
      const other = commit(store, []).then(() => (overtook = true))
      // Whoever commits to the other site does not wait for it.
      assert.equal(await commit(store, [], { site: GLOBEX.id }), 'committed')
      assert.deepEqual(await seen(start), [])
      assert.equal(overtook, false)
      await late.query('ROLLBACK')
      await other
    })
    assert.deepEqual(await seen(start), [start + 1], 'the number that was given back is taken by the next')
  })

  test('[AU-07] a hundred commits of two nodes have numbers without a gap', async () => {
    const second = await openDatabase(url, { migrate: false })
    const node = sqlStore(second, seededRandom('second'))
    const before = (await store.auditHead(ACME.id))?.seq ?? 0
    const outcomes = await Promise.all(
      Array.from({ length: 100 }, (_, index) => commit(index % 2 ? store : node, [], { events: [event()] })),
    )
    assert.ok(outcomes.every((outcome) => outcome === 'committed'))
    const rows = await node.audit(ACME.id, { limit: 100, after: before, oldestFirst: true })
    assert.deepEqual(
      rows.map(({ seq }) => seq),
      Array.from({ length: 100 }, (_, index) => before + 1 + index),
    )
    const verdict = await verifyLog(store.auditLog(ACME.id, 0), { verifiers: [] })
    assert.equal(verdict.kind, 'ok')
    await second.close()
  })

  test('[ST-09] two nodes that want the same rows in different order, and many that want one, lose no commit', async () => {
    const second = await openDatabase(url, { migrate: false })
    const node = sqlStore(second, seededRandom('second'))
    const [counters, throttle] = [GOOD['set-counters'], GOOD['count-password']]
    for (const from of [1, 2, 3, 4, 5, 6, 7, 8]) {
      const one = { ...counters, counters: { ...counters.counters, version: from + 1 }, from }
      const two = { ...throttle, throttle: { ...throttle.throttle, failures: 3 + from }, from: 2 + from }
      const outcomes = await Promise.all([commit(store, [one, two]), commit(node, [two, one])])
      assert.deepEqual(outcomes.toSorted(), ['committed', 'conflict'])
    }
    const before = (await store.personFile(ACME.id, 'ada', MONDAY))?.counters.consecutive ?? 0
    await Promise.all([raiseFailures(store, 20), raiseFailures(node, 20)])
    assert.equal((await store.personFile(ACME.id, 'ada', MONDAY))?.counters.consecutive, before + 40)
    await second.close()
  })

  test('[UP-03] a node of an older version is fenced the moment the tables are those of a newer one', async () => {
    const own = await cluster.database()
    const old = openPostgres({ url: own, schema: NAMES })
    const newer = { name: '999-newer.sql', sql: 'CREATE TABLE newer (site_id TEXT NOT NULL)', digest: 'newer' }
    const oldStore = sqlStore(old, seededRandom('old'))
    await furnish(oldStore)
    const migrating = openPostgres({ url: own, schema: null, connections: 1 })
    await migrate(migrating, [...migrationsFor('postgres'), newer])
    for (const asked of [() => oldStore.sites(), () => commit(oldStore, [])])
      await assert.rejects(asked(), { name: 'StoreUnavailable', message: /tables of .* are those of another version/ })
    const node = openPostgres({ url: own, schema: [...NAMES, newer.name] })
    assert.equal((await sqlStore(node, seededRandom('new')).sites()).length, 2)
    const guarded = await node.together(
      'read',
      () => all("SELECT relforcerowsecurity AS yes FROM pg_class WHERE relname = 'newer'"),
      EVERY_SITE,
    )
    assert.deepEqual(guarded, [{ yes: 1 }], 'a new table is guarded like the others')
    await Promise.all([old, migrating, node].map((each) => each.close()))
  })

  test('[ST-06] a server that became read-only commits nothing and can still be read', async () => {
    const name = new URL(url).pathname.slice(1)
    await cluster.asMaster(`ALTER DATABASE ${name} SET default_transaction_read_only = on`)
    const replica = openPostgres({ url, schema: NAMES })
    const reading = sqlStore(replica, seededRandom('replica'))
    await assert.rejects(commit(reading, []), { name: 'StoreUnavailable', message: /is read-only/ })
    assert.equal((await reading.siteFile('acme'))?.site.name, 'acme')
    await cluster.asMaster(`ALTER DATABASE ${name} RESET default_transaction_read_only`)
    await replica.close()
  })

  test('[ST-05] [ST-10] with every connection in use, or a database that does not answer, the answer is no, soon, and nothing leaks', async () => {
    const small = openPostgres({ url, schema: NAMES, connections: 2, waitMs: 100, slowestMs: 400 })
    const busy = sqlStore(small, seededRandom('busy'))
    await asNode(async (holder) => {
      await holder.query('BEGIN; LOCK TABLE users IN ACCESS EXCLUSIVE MODE')
      const asked = await Promise.allSettled(Array.from({ length: 20 }, () => busy.personFile(ACME.id, 'ada', MONDAY)))
      const said = asked.map((each) => (each.status === 'rejected' ? String(each.reason) : 'answered'))
      assert.equal(said.filter((each) => /is busy: every connection/.test(each)).length, 18)
      assert.equal(said.filter((each) => /took too long to answer/.test(each)).length, 2)
      await holder.query('ROLLBACK')
    })
    for (let round = 0; round < 5; round += 1) {
      const answered = await Promise.all([1, 2].map(() => busy.personFile(ACME.id, 'ada', MONDAY)))
      assert.equal(answered.length, 2)
    }
    await small.close()
  })
})
