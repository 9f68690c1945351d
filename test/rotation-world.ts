import assert from 'node:assert/strict'
import { readCsv } from '#csv/read-csv.ts'
import { readHardwareTable } from '#moving/hardware-table.ts'
import { seconds } from '#domain/time.ts'
import type { Ports } from '#ports/ports.ts'
import { SEALED_PLACES, type ServingNode } from '#ports/sealed-values.ts'
import type { Vault } from '#ports/system.ts'
import { announceNode, type NodeName } from '#usecases/announce-node.ts'
import { addAuditStream } from '#usecases/add-audit-stream.ts'
import { doOnce } from '#usecases/do-once.ts'
import { importHardware } from '#usecases/hardware.ts'
import { openIdKeys } from '#usecases/openid-keys.ts'
import { rotateKeys, type RotateKeys } from '#usecases/rotate-keys.ts'
import { sealAudit } from '#usecases/seal-audit.ts'
import { all, type Database, EVERY_SITE } from '../src/store/database.ts'
import { openDatabase } from '../src/store/open.ts'
import { sqlStore } from '../src/store/sql-store.ts'
import type { Keys } from '../src/system/key-file.ts'
import { seededRandom } from '../src/system/random.ts'
import { keyId } from '../src/system/vault.ts'
import { unlock } from '../src/unlock.ts'
import { withApp } from './enrolment-steps.ts'
import { waiting } from './steps.ts'
import { ADMIN, KEY, type World, world } from './world.ts'

// A server that runs with an old and a new key in its key file, and the command that puts the new one in use beside it.

export const NEW_KEY = seededRandom('the new key').bytes(32)
export const OLD = keyId(KEY)
export const NEW = keyId(NEW_KEY)

export interface RotationWorld extends World {
  /** Below the store. */
  readonly database: Database
  /** What the secret of the app of this user is. */
  readonly secrets: Readonly<Record<'sam' | 'kim', string>>
  /** What each node does every five seconds; a sentence says that one of them can serve nobody. */
  look(): Promise<string | null>
  /** A second node with the same key file. Answers its vault. */
  join(): Promise<Vault>
  /** `keys rotate` in a process of its own, with the same key file. */
  rotate(more?: Partial<RotateKeys>, ports?: Partial<Ports>): ReturnType<typeof rotateKeys>
  /** Ports of another process on this database, with these keys in its key file. */
  portsWith(keys: Keys): Promise<Ports>
  /** How many texts anywhere in the database name this key as the one they are sealed with. */
  sealedWith(key: string): Promise<number>
}

export async function rotationWorld(url: string): Promise<RotationWorld> {
  const random = seededRandom('rotation')
  const database = await openDatabase(url, { migrate: true })
  const store = sqlStore(database, random)
  const before = await unlock(store, { keys: [KEY], keyFile: 'key', random })
  assert.equal(before.kind, 'unlocked')
  const small = await world({ preset: 'erp', store, keys: [NEW_KEY, KEY] })
  const { ports } = small
  assert.equal(ports.vault.ring.sealsWith(), OLD)
  await small.set({ 'enrolment.channel': 'screen' })
  const secrets = { sam: await withApp(small, 'sam'), kim: await withApp(small, 'kim') }
  await fill(small)

  const nodes = [announcer(() => ports, { id: 'server', name: 'the server' })]
  const look = async (): Promise<string | null> => {
    const said = await Promise.all(nodes.map((announce) => announce()))
    return said.find((wrong) => wrong !== null) ?? null
  }
  const portsWith = async (keys: Keys): Promise<Ports> => {
    const unlocked = await unlock(store, { keys, keyFile: 'key', random })
    assert.ok(unlocked.kind === 'unlocked', unlocked.kind === 'failed' ? unlocked.message : '')
    return { ...ports, vault: unlocked.vault }
  }
  await look()

  return {
    ...small,
    database,
    secrets,
    look,
    portsWith,
    async join() {
      const second = await portsWith([NEW_KEY, KEY])
      nodes.push(announcer(() => second, { id: 'second', name: 'the second server' }))
      await look()
      return second.vault
    },
    async rotate(more = {}, other = {}) {
      const pause = async (): Promise<void> => {
        small.clock.pass(seconds(5))
        await look()
      }
      const own = { ...(await portsWith([NEW_KEY, KEY])), ...other }
      return rotateKeys(own, { ...ADMIN, progress: () => {}, pause, batch: 1, ...more })
    },
    async sealedWith(key) {
      let found = 0
      for (const table of await tablesOf(database)) {
        const rows = await database.together('read', () => all(`SELECT * FROM ${table}`), EVERY_SITE)
        found += JSON.stringify(rows).split(`v1.${key}.`).length - 1
      }
      return found
    },
  }
}

/** A node that says which keys it has, and remembers what it said. `ports` are another's after a restart. */
function announcer(ports: () => Ports, node: NodeName): () => Promise<string | null> {
  let told: ServingNode | null = null
  return () => announceNode(ports(), node, told, (said) => (told = said))
}

/** Something sealed in every place where something can be. */
async function fill(at: World): Promise<void> {
  const { ports, site } = at
  // A link in a mail, and a secret that waits to be bound.
  await at.set({ 'enrolment.channel': 'email_link' })
  waiting(await at.password('op'))
  await at.set({ 'enrolment.channel': 'screen' })
  // The secret of sent codes.
  await at.set({
    'methods.allowed': ['email'],
    'two_factor.include_website_users': true,
    'two_factor.require_all': true,
  })
  waiting(await at.password('web'))
  await at.set({ 'methods.allowed': ['app', 'email'] })
  const table = readCsv('serial,secret\nA-1,3132333435363738393031323334353637383930\n')
  assert.ok(table.kind === 'table')
  const imported = await importHardware(ports, { ...ADMIN, site: site.name, list: readHardwareTable(table.table) })
  assert.equal(imported.kind, 'imported', JSON.stringify(imported))
  assert.equal((await sealAudit(ports, site.name)).kind, 'sealed')
  const config = { path: '/var/log/countersign.jsonl' }
  const stream = await addAuditStream(ports, {
    ...ADMIN,
    site: site.name,
    name: 'siem',
    kind: 'file',
    config,
    fromStart: true,
  })
  assert.equal(stream.kind, 'added', JSON.stringify(stream))
  await openIdKeys(ports, site.id, () => Promise.resolve({ kid: 'kid' }))
  await doOnce(ports, { site: site.id, caller: 'test', key: 'once', request: 'a key' }, () =>
    Promise.resolve({ answer: 'cs_live_shown_once', keep: true }),
  )
  at.clock.pass(seconds(90))
  for (const place of SEALED_PLACES) {
    const query = { place, except: NEW, after: null, limit: 1, now: at.clock.now() }
    const there = (await ports.store.sealedValues(query)).length
    assert.equal(there, place === 'server_values' ? 0 : 1, `nothing is sealed in ${place}`)
  }
}

export async function tablesOf(database: Database): Promise<readonly string[]> {
  const sql =
    database.dialect === 'sqlite'
      ? "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
      : "SELECT CAST(relname AS TEXT) AS name FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r'"
  return (await database.together('read', () => all(sql), EVERY_SITE)).map(({ name }) => String(name))
}
