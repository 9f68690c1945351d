import assert from 'node:assert/strict'
import type { ChildProcess } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { setTimeout as pause } from 'node:timers/promises'
import { minutes, seconds } from '#domain/time.ts'
import { type Database } from '../../src/store/database.ts'
import { openDatabase } from '../../src/store/open.ts'
import { enrol } from '../enrolment-steps.ts'
import { LOOPS, rounds } from '../faults/how-long.ts'
import { brokenInvariants } from '../faults/invariants.ts'
import { assertKept, killUnderLoad, nothingTold } from '../faults/kill-under-load.ts'
import { codeOf } from '../phone.ts'
import { type Cluster, startPostgres, withoutPostgres } from '../postgres.ts'
import { without } from '../real-parts.ts'
import { type World, world } from '../world.ts'
import {
  type Answer,
  freePort,
  type NodeProcess,
  startBalancer,
  startNode,
  throughBalancer,
  writeKey,
} from './node-process.ts'

describe('two nodes on one PostgreSQL behind nginx', { skip: withoutPostgres(18) || without('nginx') }, () => {
  const folder = mkdtempSync(join(tmpdir(), 'countersign-nodes-'))
  let cluster: Cluster
  let database: Database
  let site: World
  let origin: string
  let one: NodeProcess
  let two: NodeProcess
  let balancer: ChildProcess
  const start = (more?: Readonly<Record<string, string>>): Promise<NodeProcess> =>
    startNode({ folder, database: url, origin }, more)
  let url: string
  let port: number

  before(async () => {
    writeKey(folder)
    cluster = await startPostgres()
    url = await cluster.database()
    site = await world({ preset: 'erp', database: url, now: Date.now() - minutes(10) })
    await site.set({ 'enrolment.channel': 'screen', 'lock.after': 50, 'code.max_attempts': 10 })
    database = await openDatabase(url, { migrate: false })
    port = await freePort()
    origin = `https://127.0.0.1:${port}`
    ;[one, two] = await Promise.all([start(), start()])
    balancer = await startBalancer(folder, port, [one.port, two.port])
  })
  after(async () => {
    balancer.kill('SIGTERM')
    await Promise.all([one.stop('SIGKILL'), two.stop('SIGKILL')])
    await Promise.all([site.close(), database.close()])
    await cluster.stop()
    rmSync(folder, { recursive: true, force: true })
  })

  const login = (node: NodeProcess, username: string): Promise<Answer> =>
    node.ask('POST /login', { body: { username, password: `${username}-demo-password` } })
  const session = (node: NodeProcess, token: string): Promise<number> =>
    node.ask('GET /session', { token }).then(({ status }) => status)
  async function signedIn(node: NodeProcess, username = 'web'): Promise<string> {
    const { status, body } = await login(node, username)
    assert.equal(body.status, 'signed_in', `${status} ${JSON.stringify(body)}`)
    return body.session.token
  }

  test('[RP-09] [RC-03] the password at one node, the code fifty times at both: one session, and the code is spent at all', async () => {
    const secret = await enrol(site, 'sam')
    const { body } = await login(one, 'sam')
    const code = codeOf(secret, Date.now())
    const answers = await Promise.all(
      Array.from({ length: 50 }, (_, index) =>
        (index % 2 ? one : two).ask('POST /login/verify', { token: body.pending.token, body: { code } }),
      ),
    )
    const opened = answers.filter(({ status }) => status === 200)
    assert.equal(opened.length, 1, JSON.stringify(answers.map(({ status }) => status)))
    // 503 says that all connections were taken for two seconds: nothing was told, and nothing was counted that was not.
    assert.ok(answers.every(({ status }) => [200, 401, 409, 410, 422, 429, 503].includes(status)))
    const again = await login(two, 'sam')
    const replayed = await two.ask('POST /login/verify', { token: again.body.pending.token, body: { code } })
    assert.notEqual(replayed.status, 200)
    assert.deepEqual(
      await brokenInvariants(database, { secrets: [secret, opened[0]?.body.session.token], toldWrong: new Map() }),
      [],
    )
  })

  /** A second is promised; a busy machine is given two more. */
  const refusedSoon = async (node: Parameters<typeof session>[0], token: string): Promise<void> => {
    const until = performance.now() + 3_000
    let status = await session(node, token)
    while (status !== 401 && performance.now() < until) status = await session(node, token)
    assert.equal(status, 401)
  }

  test('[R-153] [SE-06] signing out, disabling and "end all sessions" at one node hold at the other within a second', async () => {
    const admin = { token: site.keys.admin }
    const [token, other] = [await signedIn(one), await signedIn(two)]
    assert.deepEqual([await session(two, token), await session(one, other)], [200, 200])
    assert.equal((await one.ask('DELETE /session', { token })).status, 204)
    await refusedSoon(two, token)
    await one.ask('DELETE /users/web/sessions', admin)
    await refusedSoon(two, other)
    const last = await signedIn(two)
    assert.equal((await one.ask('PATCH /users/web', { ...admin, body: { status: 'disabled' } })).status, 200)
    await refusedSoon(two, last)
    assert.equal((await login(two, 'web')).status, 401)
    assert.equal((await two.ask('PATCH /users/web', { ...admin, body: { status: 'active' } })).status, 200)
    assert.equal(await session(one, await signedIn(one)), 200)
  })

  test('a setting that is changed at one node counts at the other', async () => {
    const admin = { token: site.keys.admin }
    const patch = async (enabled: boolean): Promise<void> => {
      const body = { 'two_factor.enabled': enabled }
      assert.equal((await one.ask('PATCH /settings', { ...admin, body })).status, 200)
    }
    await patch(false)
    assert.equal((await login(two, 'op')).body.status, 'signed_in')
    await patch(true)
    assert.notEqual((await login(two, 'op')).body.status, 'signed_in')
  })

  test('[FO-09] a node with another environment is not ready, and leaves the mail server of the others alone', async () => {
    const odd = await start({ COUNTERSIGN_SMTP_URL: 'smtp://nobody:secret@127.0.0.1:1?from=a@b.test' })
    const told = await odd.ready()
    assert.equal(told.status, 503)
    assert.match(told.text, /COUNTERSIGN_SMTP_URL of this node differ/)
    assert.doesNotMatch(told.text, /secret/)
    assert.deepEqual([(await one.ready()).status, (await two.ready()).status], [200, 200])
    assert.equal((await site.ports.store.siteFile('acme'))?.channels.email?.row.kind, 'config')
    assert.equal(await odd.stop(), 0)
  })

  test('a node with another key does not start', async () => {
    const other = mkdtempSync(join(tmpdir(), 'countersign-other-key-'))
    await assert.rejects(
      startNode({ folder: other, database: url, origin }, { COUNTERSIGN_KEY_FILE: join(other, 'none') }),
      /did not start/,
    )
    rmSync(other, { recursive: true, force: true })
  })

  test('[ST-14] a node that is told to stop finishes what was begun and ends with 0; the other serves on', async () => {
    const third = await start()
    const underWay = Array.from({ length: 8 }, () => login(third, 'web'))
    // The first answer says that the others have arrived.
    await Promise.race(underWay)
    const ended = third.stop('SIGTERM')
    const answers = await Promise.all(underWay)
    assert.deepEqual(new Set(answers.map(({ body }) => body.status)), new Set(['signed_in']))
    assert.equal(await ended, 0)
    await assert.rejects(login(third, 'web'))
    for (const { body } of answers) assert.equal(await session(one, body.session.token), 200)
  })

  test('behind the nginx of compose.yaml both nodes serve, and one that is killed costs no more than what it had begun', async () => {
    const through = (token: string): Promise<number> => throughBalancer(port, '/acme/api/v1/session', token)
    const token = await signedIn(one)
    for (let round = 0; round < 6; round += 1) assert.equal(await through(token), 200)
    await two.stop('SIGKILL')
    const statuses: number[] = []
    for (let round = 0; round < 20; round += 1) statuses.push(await through(token))
    assert.deepEqual(new Set(statuses), new Set([200]))
    two = await start()
    assert.equal(await session(two, token), 200)
    assert.deepEqual([await throughBalancer(port, '/healthz'), await throughBalancer(port, '/readyz')], [200, 404])
    assert.equal(await throughBalancer(port, '/metrics'), 404)
  })

  test('[ST-03] PostgreSQL restarted under load: at most two in a hundred requests fail, within ten seconds, and nothing is lost', async (t) => {
    const tokens: string[] = []
    const failures: number[] = []
    const load = { asked: 0, running: true }
    const look = async (node: NodeProcess, token: string): Promise<void> => {
      load.asked += 1
      const at = performance.now()
      const status = await session(node, token).catch(() => 0)
      if (status === 200) return
      assert.equal(status, 503)
      failures.push(at, performance.now())
    }
    const client = async (node: NodeProcess): Promise<void> => {
      while (load.running) {
        load.asked += 1
        const at = performance.now()
        const { status, body } = await login(node, 'web').catch(() => ({ status: 0, body: {} }))
        if (body.status === 'signed_in') {
          tokens.push(body.session.token)
          for (let looks = 0; looks < 12; looks += 1) await look(node, body.session.token)
        } else {
          assert.ok([429, 503].includes(status), `${status} ${JSON.stringify(body)}`)
          failures.push(at, performance.now())
        }
      }
    }
    const clients = [one, one, one, two, two, two].map((node) => client(node).finally(() => (load.running = false)))
    const reached = async (count: number): Promise<void> => {
      while (load.running && load.asked < count) await pause(20)
    }
    await reached(200)
    let restarts = 0
    let failed = 0
    let longest = 0
    for (const round of rounds(LOOPS.restarts)) {
      await cluster.halt(round % 2 === 1 ? 'immediate' : 'fast')
      await cluster.resume()
      await reached(load.asked + 400)
      const window = failures.length === 0 ? 0 : Math.max(...failures) - Math.min(...failures)
      assert.ok(window <= seconds(10), `restart ${round} cost ${window} ms`)
      longest = Math.max(longest, window)
      failed += failures.splice(0).length / 2
      restarts = round
    }
    load.running = false
    await Promise.all(clients)
    failed += failures.length / 2
    assert.ok(failed <= load.asked * 0.02, `${failed} of ${load.asked} failed`)
    for (const token of tokens) assert.equal(await session(one, token), 200)
    assert.deepEqual(await brokenInvariants(database, { secrets: tokens, toldWrong: new Map() }), [])
    assert.deepEqual([(await one.ready()).status, (await two.ready()).status], [200, 200])
    t.diagnostic(
      `${restarts} restarts, ${failed} of ${load.asked} requests failed, the longest window ${Math.round(longest)} ms`,
    )
  })

  test('[ST-02] killed under load again and again: what was told is so, and every code that passed is spent', async (t) => {
    const secrets = new Map([['op', await enrol(site, 'op')]])
    site.clock.pass(seconds(60))
    const told = nothingTold()
    let kills = 0
    for (const round of rounds(LOOPS.kills)) {
      await killUnderLoad(await start(), told, { adminKey: site.keys.admin, secrets, acts: 8 + (round % 7) * 3 })
      await assertKept(round % 2 === 1 ? one : two, told, site.keys.admin)
      kills = round
    }
    assert.deepEqual(
      await brokenInvariants(database, { secrets: [...told.open, ...secrets.values()], toldWrong: new Map() }),
      [],
    )
    t.diagnostic(`${kills} kills, ${told.acts} acts told`)
  })
})
