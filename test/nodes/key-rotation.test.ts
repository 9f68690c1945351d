import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, test, type TestContext } from 'node:test'
import { minutes, seconds } from '#domain/time.ts'
import { SEALED_PLACES } from '#ports/sealed-values.ts'
import { announceNode } from '#usecases/announce-node.ts'
import { doOnce } from '#usecases/do-once.ts'
import { examineKeys } from '#usecases/examine-keys.ts'
import { keysInUse } from '#usecases/keys-in-use.ts'
import { all, EVERY_SITE, run } from '../../src/store/database.ts'
import { unlock } from '../../src/unlock.ts'
import { seededRandom } from '../../src/system/random.ts'
import { appCode } from '../enrolment-steps.ts'
import { type Cluster, startPostgres, withoutPostgres } from '../postgres.ts'
import { NEW, NEW_KEY, OLD, type RotationWorld, rotationWorld, tablesOf } from '../rotation-world.ts'
import { opened, rows, standingOf, type, waiting } from '../steps.ts'
import { ADMIN, KEY } from '../world.ts'

/** What the email channel of the deployment is sealed to. */
const BOUND_TO = 'channel:server:email'

type Start = (t: TestContext) => Promise<RotationWorld>

describe('the key is rotated, on SQLite', () => {
  const start: Start = async (t) => {
    const folder = mkdtempSync(join(tmpdir(), 'countersign-rotation-'))
    const at = await rotationWorld(`sqlite:${join(folder, 'site.db')}`)
    t.after(async () => {
      await at.close()
      rmSync(folder, { recursive: true })
    })
    return at
  }
  rotations(start)
  agreements(start)
})

describe('the key is rotated, on PostgreSQL', { skip: withoutPostgres(18) }, () => {
  let cluster: Cluster
  before(async () => {
    cluster = await startPostgres()
  })
  after(() => cluster.stop())
  rotations(async (t) => {
    const at = await rotationWorld(await cluster.database())
    t.after(at.close)
    return at
  })
})

/** What the statements do, on both databases. */
function rotations(start: Start): void {
  test('[SK-01] logins go on at two nodes between the batches, what was there before goes on, and then the old key opens and seals nothing', async (t) => {
    const at = await start(t)
    const nodes = [at.ports.vault, await at.join()]
    const session = await signedIn(at, 'kim')
    const sealed = await at.sealedWith(OLD)
    let logins = 0
    let told: readonly [number, number] = [-1, -1]
    const outcome = await at.rotate({
      progress: async (done, total) => {
        told = [done, total]
        // Nodes look every five seconds, which is every third batch here: in between the two seal with different keys.
        if (logins % 3 === 2) await at.look()
        at.clock.pass(seconds(30))
        Object.assign(at.ports, { vault: nodes[logins % 2] })
        await signedIn(at, logins % 2 === 0 ? 'sam' : 'kim')
        assert.equal(await standingOf(at, session), 'granted')
        logins += 1
      },
    })
    assert.ok(outcome.kind === 'rotated', JSON.stringify(outcome))
    assert.deepEqual([outcome.key, outcome.before], [NEW, [OLD]])
    assert.ok(outcome.resealed >= sealed && logins > sealed, `${outcome.resealed} of ${sealed}, ${logins} logins`)
    assert.equal(told[0], told[1])
    assert.equal(await at.sealedWith(OLD), 0)

    // After the next restart, with the new key alone.
    Object.assign(at.ports, await at.portsWith([NEW_KEY]))
    at.clock.pass(seconds(30))
    await signedIn(at, 'sam')
    assert.equal(await standingOf(at, session), 'granted')
    const again = await doOnce(at.ports, { site: at.site.id, caller: 'test', key: 'once', request: 'a key' }, () =>
      assert.fail('it was done before'),
    )
    assert.deepEqual(again, { kind: 'repeated', answer: 'cs_live_shown_once' })
    const old = await unlock(at.ports.store, { keys: [KEY], keyFile: 'key', random: seededRandom('x') })
    assert.ok(old.kind === 'failed')
    assert.match(old.message, /not the one that this database was made with/)
    for (const ev of ['vault.key.taken', 'vault.key.rotated']) {
      const [row, ...others] = await rows(at, ev)
      assert.equal(others.length, 0)
      assert.deepEqual(row?.data, { key: NEW, before: OLD })
    }
  })

  test('[SK-01] what is changed between the reading of a batch and its writing stays as it was changed', async (t) => {
    const at = await start(t)
    const { store } = at.ports
    const file = async () => (await store.personFile(at.site.id, 'web', at.clock.now())) ?? assert.fail()
    const stale = await file()
    const edited = Buffer.from('{"kind":"captured","edited":true}')
    let changed = false
    const outcome = await at.rotate(
      { batch: 100 },
      {
        store: {
          ...store,
          reseal: async (values) => {
            if (!changed && values.some(({ value }) => value.place === 'channels')) {
              changed = true
              await store.setServerChannel('email', { kind: 'config', sealed: at.ports.vault.seal(edited, BOUND_TO) })
            }
            return store.reseal(values)
          },
        },
      },
    )
    assert.equal(outcome.kind, 'rotated', JSON.stringify(outcome))
    assert.ok(changed)
    const row = (await store.siteFile(at.site.name))?.channels.email?.row
    assert.ok(row?.kind === 'config' && row.sealed.includes(NEW))
    assert.deepEqual(Buffer.from((await at.portsWith([NEW_KEY])).vault.open(row.sealed, BOUND_TO)), edited)

    // Who had read the counters before cannot write the old seal back.
    const { counters } = stale
    assert.ok(counters.sealedCodeSecret?.includes(OLD))
    const late = await store.commit({
      site: at.site.id,
      at: at.clock.now(),
      origin: ADMIN.origin,
      changes: [
        { kind: 'set-counters', counters: { ...counters, version: counters.version + 1 }, from: counters.version },
      ],
      events: [{ ev: 'factor.unlocked', actor: ADMIN.actor, subject: null, application: null, data: {} }],
    })
    assert.equal(late, 'conflict')
    assert.ok((await file()).counters.sealedCodeSecret?.includes(NEW))
  })

  test('[SK-01] every column that is named as sealed is one that is sealed anew', async (t) => {
    const at = await start(t)
    for (const table of await tablesOf(at.database)) {
      const [row] = await at.database.together('read', () => all(`SELECT * FROM ${table} LIMIT 1`), EVERY_SITE)
      const named = Object.keys(row ?? {}).some((column) => column.startsWith('sealed'))
      if (named) assert.ok((SEALED_PLACES as readonly string[]).includes(table), table)
    }
    // And nothing is sealed anywhere that is not counted.
    assert.equal(await at.sealedWith(OLD), await at.ports.store.countSealed(NEW))
  })
}

/** Who waits for whom: nothing in it is a matter of the database. */
function agreements(start: Start): void {
  test('[SK-01] broken off, it leaves both keys in use and everybody able to sign in, and is taken up again', async (t) => {
    const at = await start(t)
    const before = await at.sealedWith(OLD)
    let batches = 0
    await assert.rejects(
      at.rotate({
        progress: () => {
          if ((batches += 1) > 4) throw new Error('Ctrl-C')
        },
      }),
      { message: 'Ctrl-C' },
    )
    const left = await at.sealedWith(OLD)
    assert.ok(left > 0 && left < before)
    assert.deepEqual(await keysInUse(at.ports.store), [NEW, OLD])
    assert.equal((await examineKeys(at.ports)).state, 'warning')
    assert.match((await examineKeys(at.ports)).says, new RegExp(`${NEW} is taking the place of ${OLD}`))
    for (const only of [[NEW_KEY], [KEY]] as const) {
      const half = await unlock(at.ports.store, { keys: only, keyFile: 'key', random: seededRandom('x') })
      assert.equal(half.kind, 'failed', 'a node with one of the two keys does not start')
    }
    at.clock.pass(seconds(30))
    await signedIn(at, 'sam')
    await at.look()
    const outcome = await at.rotate()
    assert.equal(outcome.kind, 'rotated')
    assert.equal(await at.sealedWith(OLD), 0)
    assert.equal((await rows(at, 'vault.key.taken')).length, 1)
  })

  test('[SK-01] nothing is sealed with a key that a node does not have: it is refused, also for a node that starts in that moment', async (t) => {
    const at = await start(t)
    const { store } = at.ports
    const behind = await at.portsWith([KEY])
    const announce = () => announceNode(behind, { id: 'other', name: 'the other server' }, null, () => {})
    assert.equal(await announce(), null)
    const refused = await at.rotate()
    assert.deepEqual(refused, { kind: 'nodes-without-key', key: NEW, nodes: ['the other server'] })
    assert.deepEqual(await keysInUse(store), [OLD])
    assert.equal(await at.sealedWith(NEW), 0)

    // It was stopped, and comes back with its old key file between the look at all nodes and the new key.
    await store.forgetNode('other')
    let came = false
    const late = await at.rotate(
      {},
      {
        store: {
          ...store,
          replaceKept: async (...order) => {
            if (!came) await announce()
            came = true
            return store.replaceKept(...order)
          },
        },
      },
    )
    assert.equal(late.kind, 'nodes-without-key')
    assert.deepEqual(await keysInUse(store), [OLD])
    assert.equal(await at.sealedWith(NEW), 0)

    // Half a minute after it was last heard of it counts no more, and when it comes back it says that it cannot serve.
    at.clock.pass(seconds(31))
    await at.look()
    assert.equal((await at.rotate()).kind, 'rotated')
    assert.match((await announce()) ?? '', new RegExp(`lacks ${NEW}`))
  })

  test('[SK-01] the old key stays in use until every node has sealed with the new one for as long as a request takes', async (t) => {
    const at = await start(t)
    let pauses = 0
    const unfinished = await at.rotate({
      pause: async () => {
        pauses += 1
        at.clock.pass(seconds(5))
        // It is alive, and its look at the keys in use hangs.
        const now = at.clock.now()
        const node = { id: 'server', name: 'the server', keys: [NEW, OLD], sealsWith: OLD, sealsSince: 0, seenAt: now }
        await at.ports.store.announceNode(node, 0)
      },
    })
    assert.deepEqual(unfinished, { kind: 'unfinished', left: 0, nodes: ['the server'] })
    assert.ok(pauses > 0)
    assert.deepEqual(await keysInUse(at.ports.store), [NEW, OLD])

    await at.look()
    const started = at.clock.now()
    assert.equal((await at.rotate()).kind, 'rotated')
    assert.ok(at.clock.now() - started >= seconds(30))
  })

  test('[SK-01] a value that opens with no key is named, left as it is, and keeps the old key in use', async (t) => {
    const at = await start(t)
    const person = await at.ports.store.personFile(at.site.id, 'kim', at.clock.now())
    const [app] = person?.apps ?? []
    assert.ok(app)
    const altered = app.sealedSecret.replace(/.(?=.{8}$)/, (each) => (each === 'A' ? 'B' : 'A'))
    await at.database.together(
      'write',
      () => run('UPDATE authenticators SET sealed_secret = ? WHERE id = ?', altered, app.id),
      EVERY_SITE,
    )
    const outcome = await at.rotate()
    assert.deepEqual(outcome, { kind: 'damaged', rows: [`authenticators ${app.id}`] })
    assert.deepEqual(await keysInUse(at.ports.store), [NEW, OLD])
    assert.equal((await rows(at, 'vault.key.rotated')).length, 0)
    at.clock.pass(seconds(30))
    await signedIn(at, 'sam')
  })

  test('[SK-01] a second rotation carries on what the first one carried, and a stray is found again', async (t) => {
    const at = await start(t)
    const session = await signedIn(at, 'sam')
    assert.equal((await at.rotate()).kind, 'rotated')
    assert.equal((await at.rotate()).kind, 'nothing-to-do')

    // Somebody who began before, and wrote much later: seals once more with the old key.
    const slow = await at.portsWith([NEW_KEY, KEY])
    slow.vault.ring.sealWith(OLD)
    const sealed = slow.vault.seal(Buffer.from('{"kind":"captured"}'), BOUND_TO)
    await at.ports.store.setServerChannel('email', { kind: 'config', sealed })
    assert.equal((await examineKeys(at.ports)).state, 'wrong')
    const swept = await at.rotate()
    assert.ok(swept.kind === 'rotated')
    assert.deepEqual([swept.before, swept.resealed], [[], 1])

    const third = seededRandom('a third key').bytes(32)
    const cli = await at.portsWith([third, NEW_KEY])
    Object.assign(at.ports, await at.portsWith([third, NEW_KEY]))
    await at.look()
    assert.equal((await at.rotate({}, { vault: cli.vault })).kind, 'rotated')
    Object.assign(at.ports, await at.portsWith([third]))
    assert.equal(await at.sealedWith(NEW), 0)
    assert.equal(await standingOf(at, session), 'granted')
    at.clock.pass(minutes(1))
    await signedIn(at, 'sam')
  })
}

/** Password and app, on a new browser. Answers the session. */
async function signedIn(at: RotationWorld, username: 'sam' | 'kim'): Promise<string> {
  const pending = waiting(await at.password(username))
  return opened(await type(at, pending, appCode(at, at.secrets[username])))
}
