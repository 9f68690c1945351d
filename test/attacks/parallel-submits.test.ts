import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { AnswerOutcome } from '#usecases/answer-challenge.ts'
import { appCode, withApp, wrongAppCode } from '../enrolment-steps.ts'
import { opened, otherThan, rows, siteFor, type, waiting } from '../steps.ts'
import type { World } from '../world.ts'

// Fifty answers at the same instant. If reading, comparing and writing could be interleaved, one right code would open several
// sessions, and a limit of five guesses would be a limit of fifty.

const MANY = 50

function burst(at: World, pendingToken: string, codes: readonly string[]): Promise<AnswerOutcome[]> {
  return Promise.all(codes.map((code) => type(at, pendingToken, code)))
}

function tally(outcomes: readonly AnswerOutcome[]): Record<string, number> {
  const counts: Record<string, number> = {}
  for (const { kind } of outcomes) counts[kind] = (counts[kind] ?? 0) + 1
  return counts
}

async function person(at: World) {
  const file = await at.ports.store.personFile(at.site.id, 'kim', at.clock.now())
  assert.ok(file)
  return file
}

const ONE_SESSION = [
  ['[RC-01] fifty times the right code of the app opens exactly one session, and eats no guesses', 'app'],
  ['[RC-02] fifty times the right email code opens exactly one session, and eats no guesses', 'email'],
] as const

for (const [name, method] of ONE_SESSION) {
  test(name, async (t) => {
    const at = await siteFor(t, method === 'app' ? 'erp' : 'manufacturing')
    const secret = method === 'app' ? await withApp(at, 'kim') : ''
    const { user } = await person(at)
    const before = await at.ports.store.countSessions(at.site.id, user.id, at.clock.now())
    const pending = waiting(await at.password('kim'))
    const code = method === 'app' ? appCode(at, secret) : at.codeFor('kim')
    const passed = (await rows(at, 'auth.factor.ok')).length

    const outcomes = await burst(at, pending, Array<string>(MANY).fill(code))
    assert.deepEqual(tally(outcomes), { 'signed-in': 1, gone: MANY - 1 })
    assert.equal(await at.ports.store.countSessions(at.site.id, user.id, at.clock.now()), before + 1)
    assert.equal((await rows(at, 'auth.factor.ok')).length, passed + 1)
    assert.equal((await rows(at, 'auth.challenge.replayed')).length, MANY - 1)
    const { consecutive, inWindow } = (await person(at)).counters
    assert.deepEqual([consecutive, inWindow], [0, 0])
  })
}

test('[RC-07] of fifty wrong codes at once at most five are judged, and every verdict told was counted', async (t) => {
  const at = await siteFor(t, 'erp')
  const secret = await withApp(at, 'kim')
  const pending = waiting(await at.password('kim'))
  const wrong = wrongAppCode(at, secret)

  let told = 0
  for (let round = 0; round < 4; round += 1) {
    const outcomes = await burst(at, pending, Array<string>(MANY).fill(wrong))
    const counts = tally(outcomes)
    told += counts['refused'] ?? 0
    assert.ok(told <= 5, `${told} verdicts`)
    for (const kind of Object.keys(counts)) assert.ok(['refused', 'busy', 'exhausted'].includes(kind), kind)
    assert.equal((await person(at)).counters.consecutive, told)
  }
  assert.equal(told, 5)
  // The right one comes too late.
  assert.equal((await type(at, pending, appCode(at, secret))).kind, 'exhausted')
  opened(await type(at, waiting(await at.password('kim')), appCode(at, secret)))
})

test('[RC-07] a right code among fifty wrong ones is no more than one guess of five', async (t) => {
  const at = await siteFor(t, 'manufacturing')
  const pending = waiting(await at.password('kim'))
  const right = at.codeFor('kim')
  const codes = [...Array<string>(MANY - 1).fill(otherThan(right)), right]
  const outcomes = await burst(at, pending, codes)
  const counts = tally(outcomes)
  assert.ok((counts['refused'] ?? 0) <= 5)
  assert.equal(counts['signed-in'], undefined)
})

test('[RC-07] fifty wrong codes over ten waiting sign-ins stop at the lock of the user', async (t) => {
  const at = await siteFor(t, 'erp')
  const secret = await withApp(at, 'kim')
  const wrong = wrongAppCode(at, secret)
  const tabs: string[] = []
  for (let count = 0; count < 10; count += 1) tabs.push(waiting(await at.password('kim')))
  let told = 0
  for (let round = 0; round < 12; round += 1) {
    const outcomes = await Promise.all(tabs.flatMap((tab) => Array.from({ length: 5 }, () => type(at, tab, wrong))))
    told += tally(outcomes)['refused'] ?? 0
  }
  assert.equal(told, 10)
  assert.equal((await person(at)).counters.consecutive, 10)
  assert.equal((await rows(at, 'factor.locked')).length, 1)
})
