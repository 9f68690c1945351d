import assert from 'node:assert/strict'
import { minutes } from '#domain/time.ts'
import { answerChallenge } from '#usecases/answer-challenge.ts'
import { checkAccess } from '#usecases/check-access.ts'
import { StoreUnavailable, type Database } from '../../src/store/database.ts'
import { sqlStore } from '../../src/store/sql-store.ts'
import { seededRandom } from '../../src/system/random.ts'
import { waiting } from '../steps.ts'
import { HOME, type World, world } from '../world.ts'
import { type FaultKind, faultyStore } from './faulty-store.ts'
import { brokenInvariants } from './invariants.ts'

/** What somebody who signs in was told, up to the moment at which something broke. */
interface Told {
  readonly secrets: string[]
  wrong: number
  session: string | null
  broken: boolean
}

/**
 * Signs in with a wrong code and then the right one, once for every call of the store on the way, and lets that call fail. Whatever
 * was told holds, nothing else is there, and the next try succeeds. Answers how many calls were broken.
 */
export async function breakEveryCall(open: () => Promise<Database>, kind: FaultKind): Promise<number> {
  for (let nth = 1; ; nth += 1) {
    const database = await open()
    const faulty = faultyStore(sqlStore(database, seededRandom('faults')))
    const at = await world({ preset: 'manufacturing', store: faulty.store })
    faulty.arm(nth, kind)
    const told = await signIn(at)
    const came = faulty.disarm()
    assert.deepEqual(await problems(at, database, told), [], `after a fault ${kind} call ${nth}`)
    at.clock.pass(minutes(2))
    const again = await signIn(at)
    assert.ok(again.session !== null && !again.broken, `nobody can sign in after a fault ${kind} call ${nth}`)
    assert.deepEqual(await problems(at, database, again), [])
    await at.close()
    if (!came) return nth - 1
  }
}

async function signIn(at: World): Promise<Told> {
  const told: Told = { secrets: ['kim-demo-password'], wrong: 0, session: null, broken: false }
  try {
    // What an earlier try left in the outbox goes out first, so that the newest message is the one of this try.
    await at.pump()
    const pendingToken = waiting(await at.password('kim'))
    await at.pump()
    const code = at.codeFor('kim')
    told.secrets.push(pendingToken)
    const type = (typed: string) =>
      answerChallenge(at.ports, { site: at.site.id, pendingToken, code: typed, remember: false, origin: HOME })
    const refused = await type(code === '271828' ? '314159' : '271828')
    assert.equal(refused.kind, 'refused')
    told.wrong += 1
    const opened = await type(code)
    assert.ok(opened.kind === 'signed-in', opened.kind)
    told.session = opened.token
    told.secrets.push(opened.token)
    const access = await checkAccess(at.ports, {
      site: at.site.id,
      sessionToken: opened.token,
      application: 'web',
      address: null,
    })
    assert.equal(access.kind, 'granted')
  } catch (error) {
    if (!(error instanceof StoreUnavailable)) throw error
    told.broken = true
  }
  return told
}

/** What was told holds in the database, and the database holds together. */
async function problems(at: World, database: Database, told: Told): Promise<readonly string[]> {
  const kim = await at.ports.store.personFile(at.site.id, 'kim', at.clock.now())
  assert.ok(kim)
  const toldWrong = new Map([[kim.user.id, told.wrong]])
  const found = [...(await brokenInvariants(database, { secrets: told.secrets, toldWrong }))]
  if (told.session !== null) {
    const access = await checkAccess(at.ports, {
      site: at.site.id,
      sessionToken: told.session,
      application: 'web',
      address: null,
    })
    if (access.kind !== 'granted') found.push(`I4: a session that was told is ${JSON.stringify(access)}`)
  }
  return found
}
