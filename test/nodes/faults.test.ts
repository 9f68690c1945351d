import assert from 'node:assert/strict'
import { after, afterEach, before, describe, test } from 'node:test'
import { seconds } from '#domain/time.ts'
import type { Ports } from '#ports/ports.ts'
import { type AnswerOutcome, answerChallenge } from '#usecases/answer-challenge.ts'
import { resetAuthenticators } from '#usecases/authenticators.ts'
import { checkAccess } from '#usecases/check-access.ts'
import { changeUser } from '#usecases/users.ts'
import { EVERY_SITE, type Database, StoreUnavailable } from '../../src/store/database.ts'
import { migrate, migrationsFor } from '../../src/store/migrate.ts'
import { openDatabase } from '../../src/store/open.ts'
import { openPostgres } from '../../src/store/postgres.ts'
import { sqlStore } from '../../src/store/sql-store.ts'
import { seededRandom } from '../../src/system/random.ts'
import { appCode, withApp } from '../enrolment-steps.ts'
import { breakEveryCall } from '../faults/every-call.ts'
import { FLOWS } from '../faults/flows.ts'
import { LOOPS } from '../faults/how-long.ts'
import { brokenInvariants } from '../faults/invariants.ts'
import { type Cluster, startPostgres, withoutPostgres } from '../postgres.ts'
import { waiting } from '../steps.ts'
import { ADMIN, HOME, type World, world } from '../world.ts'
import { type Cut, type CuttingProxy, cuttingProxy } from './cutting-proxy.ts'

describe('faults between a node and its PostgreSQL', { skip: withoutPostgres(18) }, () => {
  let cluster: Cluster
  let url: string
  let proxy: CuttingProxy
  let direct: Database
  before(async () => {
    cluster = await startPostgres()
    url = await cluster.database()
    proxy = await cuttingProxy(cluster.socket)
    direct = await openDatabase(url, { migrate: false })
  })
  afterEach(() => cluster.wipe(url))
  after(async () => {
    await direct.close()
    await proxy.close()
    await cluster.stop()
  })

  /** The demo's site, reached by one node over the proxy and by another past it. */
  async function twoWays(): Promise<{ at: World; past: Ports; close: () => Promise<void> }> {
    const at = await world({ preset: 'erp', database: proxy.url(url) })
    await at.set({ 'enrolment.channel': 'screen' })
    const past = { ...at.ports, store: sqlStore(direct, seededRandom('past')) }
    return { at, past, close: at.close }
  }

  const answer = (
    at: World,
    ports: Ports,
    pendingToken: string,
    code: string,
  ): Promise<AnswerOutcome | 'unavailable'> =>
    answerChallenge(ports, { site: at.site.id, pendingToken, code, remember: false, origin: HOME }).catch(
      (error: unknown) => {
        if (error instanceof StoreUnavailable) return 'unavailable' as const
        throw error
      },
    )

  const sessionsOf = async (username: string, { at }: { at: World }): Promise<number> => {
    const store = sqlStore(direct, seededRandom('count'))
    const file = await store.personFile(at.site.id, username, at.clock.now())
    return store.countSessions(at.site.id, file?.user.id ?? null, at.clock.now())
  }

  for (const cut of ['before-commit', 'after-commit'] as const satisfies readonly Cut[])
    test(`a connection cut ${cut} of a right code opens one session or none, and tells nothing`, async () => {
      const ways = await twoWays()
      const { at, past } = ways
      const secret = await withApp(at, 'sam')
      const pendingToken = waiting(await at.password('sam'))
      const open = await sessionsOf('sam', ways)
      proxy.arm(cut)
      const code = appCode(at, secret)
      assert.equal(await answer(at, at.ports, pendingToken, code), 'unavailable')
      assert.equal(proxy.left, 0)
      assert.equal((await sessionsOf('sam', ways)) - open, cut === 'after-commit' ? 1 : 0)
      const again = await answer(at, past, pendingToken, code)
      assert.equal(typeof again === 'object' && again.kind === 'signed-in', cut === 'before-commit')
      assert.equal((await sessionsOf('sam', ways)) - open, 1, 'one session, whatever was tried')
      assert.deepEqual(await brokenInvariants(direct, { secrets: [secret], toldWrong: new Map() }), [])
      await ways.close()
    })

  test('a wrong code whose count was cut off is not called wrong', async () => {
    const ways = await twoWays()
    const { at, past } = ways
    await withApp(at, 'sam')
    const pendingToken = waiting(await at.password('sam'))
    proxy.arm('before-commit', 'after-commit')
    const outcomes = [
      await answer(at, at.ports, pendingToken, '271828'),
      await answer(at, at.ports, pendingToken, '271828'),
    ]
    assert.deepEqual(outcomes, ['unavailable', 'unavailable'])
    const third = await answer(at, past, pendingToken, '271828')
    assert.ok(typeof third === 'object' && third.kind === 'refused')
    assert.equal(third.failedCodes, 2, 'the one that was committed counts, the one that was not does not')
    await ways.close()
  })

  test('[RC-09] [RC-10] a user is disabled, or loses the app, while the right code is under way: no session outlives it', async () => {
    const ways = await twoWays()
    const { at, past } = ways
    const order = { ...ADMIN, site: 'acme', username: 'sam' }
    let opened = 0
    for (let round = 0; round < 20; round += 1) {
      const secret = await withApp(at, 'sam')
      const pendingToken = waiting(await at.password('sam'))
      const disabling = round % 2 === 0
      const [outcome, changed] = await Promise.all([
        answer(at, round % 4 < 2 ? at.ports : past, pendingToken, appCode(at, secret)),
        disabling ? changeUser(past, { ...order, fields: { status: 'disabled' } }) : resetAuthenticators(past, order),
      ])
      assert.equal(changed.kind, 'saved', JSON.stringify(changed))
      if (typeof outcome === 'object' && outcome.kind === 'signed-in') {
        opened += 1
        const query = { site: at.site.id, sessionToken: outcome.token, application: 'web', address: null }
        assert.equal((await checkAccess(at.ports, query)).kind, 'refused', disabling ? 'disabled' : 'reset')
      }
      if (disabling) {
        assert.equal((await changeUser(past, { ...order, fields: { status: 'active' } })).kind, 'saved')
        assert.equal((await resetAuthenticators(past, order)).kind, 'saved')
      }
      at.clock.pass(seconds(60))
    }
    assert.ok(opened <= 20)
    assert.deepEqual(await brokenInvariants(direct), [])
    await ways.close()
  })

  for (const flow of FLOWS.slice(0, LOOPS.postgresFlows))
    test(`[ST-07] ${flow.name}: whichever call of the store fails after it was done, nothing is told that was not counted (PostgreSQL)`, async () => {
      const open = async (): Promise<Database> => {
        await cluster.wipe(url)
        return openDatabase(url, { migrate: false })
      }
      assert.ok((await breakEveryCall(flow, open, 'after')) > 1)
    })

  test('[UP-02] cut off before or after the commit of the migrations, the tables are old or new, and the next start goes on', async () => {
    const own = await cluster.emptyDatabase()
    const names = migrationsFor('postgres').map(({ name }) => name)
    const whole = openPostgres({ url: own, schema: null, connections: 1, patienceMs: 0 })
    let commits = 0
    for (; commits < 100; commits += 1) {
      const cutting = openPostgres({ url: proxy.url(own), schema: null, connections: 1, patienceMs: 0 })
      proxy.arm(commits % 2 ? 'after-commit' : 'before-commit')
      const failed = await migrate(cutting).then(
        () => null,
        (error: unknown) => error,
      )
      await cutting.close()
      assert.ok(failed === null || failed instanceof StoreUnavailable, String(failed))
      const done = await whole.together(
        'read',
        function* () {
          const [there] = (yield {
            kind: 'all',
            sql: "SELECT to_regclass('schema_migrations') IS NOT NULL AS yes",
            params: [],
          }).rows
          if (there?.['yes'] !== 1) return []
          return (yield { kind: 'all', sql: 'SELECT name FROM schema_migrations ORDER BY name', params: [] }).rows
        },
        EVERY_SITE,
      )
      // One transaction for all of them: whatever was cut off, it is none or every one.
      assert.deepEqual(
        done.map((row) => row['name']),
        done.length === 0 ? [] : names,
      )
      if (failed === null || done.length === names.length) break
    }
    assert.equal(commits, 1, 'cut off before the commit there was nothing; after it, everything')
    await migrate(whole)
    await whole.close()
    const node = await openDatabase(own, { migrate: false })
    assert.deepEqual(await sqlStore(node, seededRandom('migrated')).sites(), [])
    await node.close()
  })
})
