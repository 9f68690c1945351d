import assert from 'node:assert/strict'
import { setImmediate as settle } from 'node:timers/promises'
import { seconds } from '#domain/time.ts'
import type { Ports } from '#ports/ports.ts'
import type { Store } from '#ports/store.ts'
import { answerChallenge } from '#usecases/answer-challenge.ts'
import { signIn } from '#usecases/sign-in.ts'
import { Secret } from '#domain/secret.ts'
import { type Database, StoreUnavailable } from '../../src/store/database.ts'
import { sqlStore } from '../../src/store/sql-store.ts'
import { seededRandom } from '../../src/system/random.ts'
import { HOME, world } from '../world.ts'
import { brokenInvariants, quicklyBroken } from './invariants.ts'

const CLIENTS = ['kim', 'sam', 'op', 'kim', 'sam'] as const
const TRIES = 2

/**
 * Five clients and two nodes on one empty database, SQLite or PostgreSQL. Every call of the store waits for its turn, and who is next, what fails, what is typed and
 * how the time goes comes out of the seed: the same seed is the same run. The invariants are looked at after each turn. Answers how
 * many sessions were opened.
 */
export async function simulate(seed: number, database: Database): Promise<number> {
  const chance = chanceOf(seed)
  const one = <T>(list: readonly T[]): T => list[Math.floor(chance() * list.length)] as T
  const at = await world({ preset: 'manufacturing', store: sqlStore(database, seededRandom(`world ${seed}`)) })
  const waiting: Turn[] = []
  const toldWrong = new Map<string, number>()
  const secrets: string[] = []
  const opened = new Map<string, number>()

  const nodes = ['one', 'two'].map((name): Ports => {
    const store = turning(sqlStore(database, seededRandom(`${name} ${seed}`)), waiting, chance)
    // Passwords are hashed in threads, whose order no seed decides; they are not what this is about.
    const passwords = {
      ...at.ports.passwords,
      verify: () => Promise.resolve('right' as const),
      needsRehash: () => false,
    }
    return { ...at.ports, store, passwords, random: seededRandom(`ports ${name} ${seed}`) }
  })

  async function tryOnce(username: string): Promise<void> {
    const start = await signIn(one(nodes), {
      site: at.site.id,
      username,
      password: new Secret('any'),
      surface: 'form',
      origin: HOME,
    })
    if (start.kind !== 'pending') return
    const pendingToken = start.pending.token
    secrets.push(pendingToken)
    const right = /\b\d{6}\b/.exec(
      at.messages('email').find(({ to }) => to.startsWith(`${username}@`))?.text ?? '',
    )?.[0]
    const wrong = right === '271828' ? '314159' : '271828'
    const typed = chance() < 0.3 ? [wrong] : chance() < 0.5 ? [right ?? wrong, right ?? wrong] : [wrong, right ?? wrong]
    const answers = await Promise.allSettled(
      typed.map((code) =>
        answerChallenge(one(nodes), { site: at.site.id, pendingToken, code, remember: false, origin: HOME }),
      ),
    )
    for (const answer of answers) {
      if (answer.status === 'rejected') throw answer.reason
      if (answer.value.kind === 'refused') toldWrong.set(username, (toldWrong.get(username) ?? 0) + 1)
      if (answer.value.kind !== 'signed-in') continue
      secrets.push(answer.value.token)
      opened.set(pendingToken, (opened.get(pendingToken) ?? 0) + 1)
    }
  }

  const clients = { busy: CLIENTS.length }
  const failures: unknown[] = []
  for (const username of CLIENTS) {
    const client = async (): Promise<void> => {
      for (let tries = 0; tries < TRIES; tries += 1) {
        try {
          await tryOnce(username)
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
  for (const times of opened.values())
    assert.equal(times, 1, `seed ${seed}: I1, told twice that one challenge was passed`)
  const ids = new Map<string, number>()
  for (const [username, times] of toldWrong) {
    const file = await at.ports.store.personFile(at.site.id, username, at.clock.now())
    ids.set(file?.user.id ?? '', times)
  }
  assert.deepEqual(await brokenInvariants(database, { secrets, toldWrong: ids }), [], `seed ${seed}`)
  return opened.size
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
