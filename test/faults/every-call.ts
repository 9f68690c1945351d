import assert from 'node:assert/strict'
import { minutes } from '#domain/time.ts'
import { StoreUnavailable, type Database } from '../../src/store/database.ts'
import { sqlStore } from '../../src/store/sql-store.ts'
import { seededRandom } from '../../src/system/random.ts'
import { type World, world } from '../world.ts'
import { type FaultKind, faultyStore } from './faulty-store.ts'
import type { Flow, Told } from './flows.ts'
import { brokenInvariants } from './invariants.ts'

/**
 * Goes a way once for every call of the store on it, and lets that call fail. Whatever was told holds, nothing else is there, and the
 * next try succeeds. Answers how many calls were broken.
 */
export async function breakEveryCall(flow: Flow, open: () => Promise<Database>, kind: FaultKind): Promise<number> {
  for (let nth = 1; ; nth += 1) {
    const database = await open()
    const faulty = faultyStore(sqlStore(database, seededRandom('faults')))
    const at = await world({ preset: flow.preset, store: faulty.store })
    const go = await flow.prepare(at)
    faulty.arm(nth, kind)
    const first = await tell(go)
    const came = faulty.disarm()
    assert.deepEqual(await problems(at, database, first), [], `${flow.name}: after a fault ${kind} call ${nth}`)
    at.clock.pass(minutes(2))
    const again = await tell(go, first)
    assert.ok(!again.broken, `${flow.name}: nobody gets through after a fault ${kind} call ${nth}`)
    assert.deepEqual(await problems(at, database, again), [], `${flow.name}: tried again after call ${nth}`)
    await at.close()
    if (!came) return nth - 1
  }
}

/** Goes the way, after `before` has gone it. */
async function tell(go: (told: Told) => Promise<void>, before?: Told): Promise<Told & { readonly broken: boolean }> {
  const told: Told = { secrets: [...(before?.secrets ?? [])], wrong: before?.wrong ?? 0, holds: new Map() }
  try {
    await go(told)
  } catch (error) {
    if (!(error instanceof StoreUnavailable)) throw error
    return Object.assign(told, { broken: true })
  }
  return Object.assign(told, { broken: false })
}

/** What was told holds in the database, and the database holds together. */
async function problems(at: World, database: Database, told: Told): Promise<readonly string[]> {
  const found: string[] = []
  for (const [name, holds] of told.holds) if (!(await holds())) found.push(name)
  const kim = await at.ports.store.personFile(at.site.id, 'kim', at.clock.now())
  assert.ok(kim)
  const toldWrong = new Map([[kim.user.id, told.wrong]])
  return [...found, ...(await brokenInvariants(database, { secrets: told.secrets, toldWrong }))]
}
