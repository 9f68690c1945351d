import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { closeSync, mkdtempSync, openSync, rmSync } from 'node:fs'
import { connect, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { setTimeout as pause } from 'node:timers/promises'
import { EVERY_SITE, StoreUnavailable } from '../../src/store/database.ts'
import { openDatabase } from '../../src/store/open.ts'
import { openPostgres } from '../../src/store/postgres.ts'
import { all } from '../../src/store/database.ts'
import { brokenInvariants } from '../faults/invariants.ts'
import { freePort, type NodeProcess, startNode, writeKey } from '../nodes/node-process.ts'
import { startPostgres, withoutPostgres } from '../postgres.ts'
import { without } from '../real-parts.ts'
import { world } from '../world.ts'

const DESCRIPTORS = 160
/** Half are kept for everything else. (Node.js itself raises the soft limit to the hard one, so that it is the hard one that counts.) */
const SERVED = DESCRIPTORS / 2

describe('a node without file descriptors', { skip: without('prlimit') }, () => {
  const folder = mkdtempSync(join(tmpdir(), 'countersign-shortage-'))
  const url = `sqlite:${join(folder, 'countersign.db')}`
  let node: NodeProcess
  const crowd: Socket[] = []

  before(async () => {
    writeKey(folder)
    const site = await world({ preset: 'erp', database: url })
    await site.close()
    const installation = { folder, database: url, origin: `http://127.0.0.1:${await freePort()}` }
    node = await startNode(installation, {}, ['prlimit', `--nofile=${DESCRIPTORS}:${DESCRIPTORS}`])
  })
  after(async () => {
    disperse()
    await node.stop('SIGKILL')
    rmSync(folder, { recursive: true, force: true })
  })

  const limit = (count: number): void => {
    const done = spawnSync('prlimit', ['--pid', String(node.child.pid), `--nofile=${count}:`], { encoding: 'utf8' })
    assert.equal(done.status, 0, done.stderr)
  }
  function disperse(): void {
    for (const socket of crowd.splice(0)) socket.destroy()
  }
  /** A connection that says nothing; whether it was closed again tells the event. */
  async function join_(): Promise<Socket> {
    const socket = connect(node.port, '127.0.0.1')
    socket.on('error', () => undefined)
    crowd.push(socket)
    await once(socket, 'connect')
    return socket
  }
  /** What a new connection is answered; 0: it was closed without a word. */
  const asked = async (path: string): Promise<{ status: number; head: string }> => {
    const socket = await join_()
    let said = ''
    socket.setEncoding('utf8').on('data', (chunk) => (said += String(chunk)))
    socket.write(`GET ${path} HTTP/1.1\r\nhost: 127.0.0.1\r\nconnection: close\r\n\r\n`)
    await once(socket, 'close')
    return { status: Number(/^HTTP\/1\.1 (?<status>\d+)/.exec(said)?.groups?.['status'] ?? 0), head: said }
  }
  /** What `/readyz` says once it answers this; it is asked for five seconds at most. */
  const readiness = async (status: number): Promise<string> => {
    for (let tries = 0; tries < 100 && (await node.ready()).status !== status; tries += 1) await pause(50)
    const told = await node.ready()
    assert.equal(told.status, status)
    return told.text
  }
  const login = () => node.ask('POST /login', { body: { username: 'web', password: 'web-demo-password' } })

  test('[ST-15] more connections than descriptors: new ones are told 503, those that were there go on, and none of it is a crash', async () => {
    assert.equal((await login()).body.status, 'signed_in')
    assert.equal((await asked('/readyz')).status, 200)
    while (crowd.length < DESCRIPTORS * 2) await join_()
    // Whoever had a connection before is served, and told that the node wants no more.
    assert.match(await readiness(503), /All \d+ connections that this node has file descriptors for are in use/)
    assert.equal((await login()).body.status, 'signed_in')
    disperse()
    await readiness(200)
    // As many as are served, with the one that asks all the time: the next ones are told so.
    while (crowd.length < SERVED - 1) await join_()
    await readiness(503)
    const [page, ready, health] = [await asked('/acme/login'), await asked('/readyz'), await asked('/healthz')]
    assert.deepEqual([page.status, ready.status, health.status], [503, 503, 200])
    assert.match(page.head, /^retry-after: \d+\r$/im)
    disperse()
    await readiness(200)
    assert.equal((await asked('/readyz')).status, 200)
    assert.equal(node.child.exitCode, null)
  })

  test('[ST-15] no descriptor is left at all: nothing ends, little is said, and it serves again by itself', async () => {
    assert.equal((await login()).body.status, 'signed_in')
    limit(16)
    for (let more = 0; more < 50; more += 1) await join_().catch(() => undefined)
    const answer = await login()
    assert.ok([200, 503].includes(answer.status), String(answer.status))
    limit(DESCRIPTORS)
    disperse()
    await readiness(200)
    assert.equal((await login()).body.status, 'signed_in')
    assert.equal(node.child.exitCode, null)
    const errors = node
      .log()
      .split('\n')
      .filter((line) => /"level":"error"/.test(line))
    assert.ok(errors.length <= 6, errors.join('\n'))
    const database = await openDatabase(url, { migrate: false })
    assert.deepEqual(await brokenInvariants(database), [])
    await database.close()
  })
})

describe('databases that cannot be opened for want of a descriptor', { skip: without('prlimit') }, () => {
  /** Takes every descriptor that this process may have, does something, and gives them back. */
  async function exhausted<T>(work: () => Promise<T>): Promise<T> {
    const taken: number[] = []
    spawnSync('prlimit', ['--pid', String(process.pid), '--nofile=256:'])
    try {
      for (;;) taken.push(openSync('/dev/null', 'r'))
    } catch (error) {
      assert.equal((error as NodeJS.ErrnoException).code, 'EMFILE')
    }
    try {
      return await work()
    } finally {
      for (const each of taken) closeSync(each)
    }
  }

  test('[ST-15] an SQLite database says so in one sentence, and opens as soon as there is one', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'countersign-descriptors-'))
    const url = `sqlite:${join(folder, 'countersign.db')}`
    await (await openDatabase(url, { migrate: true })).close()
    await exhausted(() =>
      assert.rejects(openDatabase(url, { migrate: false }), (error) => {
        assert.ok(error instanceof StoreUnavailable)
        assert.match(error.message, /no file descriptor is left\. Raise the limit/)
        return true
      }),
    )
    await (await openDatabase(url, { migrate: false })).close()
    rmSync(folder, { recursive: true, force: true })
  })

  test('[ST-15] a PostgreSQL connection is tried again for a bounded time, and then it is 503', {
    skip: withoutPostgres(18),
  }, async () => {
    const cluster = await startPostgres(18)
    const database = openPostgres({ url: await cluster.database(), schema: null, patienceMs: 120 })
    const read = () => database.together('read', () => all('SELECT 1 AS n'), EVERY_SITE)
    await exhausted(() =>
      assert.rejects(read(), (error) => {
        assert.ok(error instanceof StoreUnavailable)
        assert.match(error.message, /no file descriptor left \(EMFILE\)/)
        return true
      }),
    )
    assert.equal((await read()).length, 1)
    await database.close()
    await cluster.stop()
  })
})
