import assert from 'node:assert/strict'
import { setImmediate as settle } from 'node:timers/promises'
import type { Secret } from '#domain/secret.ts'
import { seconds } from '#domain/time.ts'
import type { Ports } from '#ports/ports.ts'
import type { Store } from '#ports/store.ts'
import { type Database, StoreUnavailable } from '../../src/store/database.ts'
import { sqlStore } from '../../src/store/sql-store.ts'
import { seededRandom } from '../../src/system/random.ts'
import { fileOf } from '../people.ts'
import { world } from '../world.ts'
import { brokenInvariants, quicklyBroken } from './invariants.ts'
import { handOut, nothingSeen, tryOnce } from './simulated-client.ts'

/** Some people have two browsers. */
const CLIENTS = ['kim', 'sam', 'op', 'op', 'sam'] as const
const TRIES = 2

/**
 * Five clients and two nodes on one empty database, SQLite or PostgreSQL. Every call of the store waits for its turn, and who is next, what fails, what is typed and
 * how the time goes comes out of the seed: the same seed is the same run. The invariants are looked at after each turn. Answers how
 * many sessions were opened.
 */
export async function simulate(seed: number, database: Database): Promise<number> {
  const chance = chanceOf(seed)
  const made = await world({ preset: 'manufacturing', store: sqlStore(database, seededRandom(`world ${seed}`)) })
  // Passwords are hashed in threads, whose order no seed decides; they are not what this is about.
  const passwords = {
    ...made.ports.passwords,
    verify: () => Promise.resolve('right' as const),
    stretch: (code: Secret, salt: string) => Promise.resolve(made.ports.vault.digest(`${salt} ${code.reveal()}`)),
    needsRehash: () => false,
  }
  const at = { ...made, ports: { ...made.ports, passwords } }
  const held = await handOut(at)
  const waiting: Turn[] = []
  const nodes = ['one', 'two'].map((name): Ports => {
    const store = turning(sqlStore(database, seededRandom(`${name} ${seed}`)), waiting, chance)
    return { ...at.ports, store, random: seededRandom(`ports ${name} ${seed}`) }
  })
  const seen = nothingSeen()

  const clients = { busy: CLIENTS.length }
  const failures: unknown[] = []
  for (const username of CLIENTS) {
    const client = async (): Promise<void> => {
      for (let tries = 0; tries < TRIES; tries += 1) {
        try {
          await tryOnce({ at, nodes, held, seen, chance }, username)
        } catch (error) {
          if (!(error instanceof StoreUnavailable)) failures.push(error)
        }
      }
    }
    void client().finally(() => (clients.busy -= 1))
  }
  for (let turns = 0; clients.busy > 0; turns += 1) {
    assert.ok(turns < 5_000, `seed ${seed} does not end`)
    await settle()
    const [next] = waiting.splice(Math.floor(chance() * waiting.length), 1)
    if (chance() < 0.05) at.clock.pass(seconds(Math.floor(chance() * 40) - 5))
    if (next === undefined) continue
    await next()
    await settle()
    assert.deepEqual(await quicklyBroken(database), [], `seed ${seed}`)
  }
  assert.deepEqual(failures, [], `seed ${seed}`)
  for (const times of seen.opened.values())
    assert.equal(times, 1, `seed ${seed}: I1, told twice that one challenge was passed`)
  const toldWrong = new Map<string, number>()
  for (const [username, times] of seen.toldWrong) toldWrong.set((await fileOf(at, username)).user.id, times)
  const witness = { secrets: seen.secrets, toldWrong, typed: seen.typed }
  assert.deepEqual(await brokenInvariants(database, witness), [], `seed ${seed}`)
  return seen.opened.size
}

/** Lets one call of the store go on, and is over when the call is: a database over a socket takes more than a turn of the event loop. */
type Turn = () => Promise<void>

/** Every call waits until it is let go on, and sometimes fails: before it was done, or when it was and nobody is told. */
function turning(real: Store, waiting: Turn[], chance: () => number): Store {
  return new Proxy(real, {
    get(target, name) {
      const member: unknown = Reflect.get(target, name)
      if (typeof member !== 'function') return member
      const call = async (...given: readonly unknown[]): Promise<unknown> => {
        const luck = chance()
        if (luck < 0.02) throw new StoreUnavailable('a fault before it was done')
        const answer: unknown = await Reflect.apply(member, target, given)
        if (luck > 0.98) throw new StoreUnavailable('a fault after it was done')
        return answer
      }
      return (...given: readonly unknown[]): Promise<unknown> =>
        new Promise((answered, failed) => {
          waiting.push(() => call(...given).then(answered, failed))
        })
    },
  })
}

/** Mulberry32: numbers from 0 to 1 out of a seed. */
function chanceOf(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}
