import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Writes } from '#ports/changes.ts'
import type { Ports } from '#ports/ports.ts'
import { type Answer, answerChallenge } from '#usecases/answer-challenge.ts'
import { appCode, withApp, wrongAppCode } from '../enrolment-steps.ts'
import { opened, otherThan, siteFor, type, waiting } from '../steps.ts'
import { HOME, type World } from '../world.ts'

// The power goes, the disk is full, another process is always faster: the commit that spends a code does not hold. If a part of it
// stayed, a session without a record or a spent code without a session would be left. And if the verdict were told although it
// could not be counted, whoever can make our commits fail could guess for as long as they like.

/** The same server with a store whose commits are spoilt on their way in. */
function withSpoilt(ports: Ports, spoil: (writes: Writes) => Writes): Ports {
  return { ...ports, store: { ...ports.store, commit: (writes) => ports.store.commit(spoil(writes)) } }
}

/** Adds a change that finds nothing to change, as the last one of the commit. */
function neverHolds(writes: Writes): Writes {
  return { ...writes, changes: [...writes.changes, { kind: 'revoke-api-key', key: 'key_of_nobody', at: writes.at }] }
}

/** Adds an event that cannot be written, after everything else has been. */
function auditFails(writes: Writes): Writes {
  const [first, ...others] = writes.events
  return { ...writes, events: [first, ...others, { ...first, data: { number: Number.NaN } }] }
}

function answer(at: World, ports: Ports, pendingToken: string, code: string) {
  const typed: Answer = { site: at.site.id, pendingToken, code, remember: true, origin: HOME }
  return answerChallenge(ports, typed)
}

/** Everything that passing a challenge changes. */
async function whatIsThere(at: World) {
  const file = await at.ports.store.personFile(at.site.id, 'kim', at.clock.now())
  assert.ok(file)
  const { user, apps, counters, deliveries } = { deliveries: file.sendsThisHour, ...file }
  const { store } = at.ports
  return {
    user,
    counters,
    deliveries,
    lastSteps: apps.map(({ lastStep }) => lastStep),
    sessions: await store.countSessions(at.site.id, user.id, at.clock.now()),
    devices: await store.countDevices(at.site.id, user.id),
    trail: (await at.trail()).length,
  }
}

test('[R-002] a right code whose commit does not hold leaves no session, no spent step and no row of the audit', async (t) => {
  const at = await siteFor(t, 'erp')
  await at.set({ 'challenge.interval_hours': 24 })
  const secret = await withApp(at, 'kim')
  const pending = waiting(await at.password('kim'))
  const before = await whatIsThere(at)
  const code = appCode(at, secret)

  const lost = await answer(at, withSpoilt(at.ports, neverHolds), pending, code)
  assert.deepEqual(lost, { kind: 'busy' })
  await assert.rejects(answer(at, withSpoilt(at.ports, auditFails), pending, code))
  assert.deepEqual(await whatIsThere(at), before)

  // The code was not spent, and the sign-in still waits for it.
  opened(await type(at, pending, code, true))
  const after = await whatIsThere(at)
  assert.equal(after.sessions, before.sessions + 1)
  assert.equal(after.devices, before.devices + 1)
  assert.ok(Number(after.lastSteps[0]) > Number(before.lastSteps[0]))
  assert.equal(after.trail, before.trail + 3)
})

test('[R-002] the same for an email code, and for the password alone where it is enough', async (t) => {
  const at = await siteFor(t, 'manufacturing')
  const pending = waiting(await at.password('kim'))
  const before = await whatIsThere(at)
  const lost = await answer(at, withSpoilt(at.ports, neverHolds), pending, at.codeFor('kim'))
  assert.deepEqual(lost, { kind: 'busy' })
  assert.deepEqual(await whatIsThere(at), before)
  opened(await type(at, pending, at.codeFor('kim')))
})

test('[R-022] a guess that cannot be counted is not answered: right and wrong get the same word', async (t) => {
  const at = await siteFor(t, 'manufacturing')
  const pending = waiting(await at.password('kim'))
  const right = at.codeFor('kim')
  const never = withSpoilt(at.ports, neverHolds)
  const told = [await answer(at, never, pending, right), await answer(at, never, pending, otherThan(right))]
  assert.deepEqual(told, [{ kind: 'busy' }, { kind: 'busy' }])

  const broken = withSpoilt(at.ports, () => {
    throw new Error('the disk is full')
  })
  for (const code of [right, otherThan(right)])
    await assert.rejects(answer(at, broken, pending, code), { message: 'the disk is full' })
  opened(await type(at, pending, right))
})

test('[R-022] what was told was counted before: the count is there when the answer is', async (t) => {
  const at = await siteFor(t, 'erp')
  const secret = await withApp(at, 'kim')
  const pending = waiting(await at.password('kim'))
  for (let failed = 1; failed <= 5; failed += 1) {
    const outcome = await type(at, pending, wrongAppCode(at, secret))
    assert.ok(outcome.kind === 'refused')
    assert.equal(outcome.failedCodes, failed)
    assert.equal((await whatIsThere(at)).counters.consecutive, failed)
  }
})
