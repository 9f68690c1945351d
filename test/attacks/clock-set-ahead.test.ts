import assert from 'node:assert/strict'
import { test } from 'node:test'
import { days, hours, minutes, seconds } from '#domain/time.ts'
import { repairSteps } from '#usecases/repair-steps.ts'
import { appCode, withApp, wrongAppCode } from '../enrolment-steps.ts'
import { opened, rows, siteFor, type, waiting } from '../steps.ts'
import { HOME, type World } from '../world.ts'

// A server that woke up a day ahead, somebody who signed in there, and the clock that was set right afterwards.

const ACTOR = { type: 'operator', id: 'operator', name: 'ada' } as const

const repair = (at: World, more: { time?: number; reason?: string; username?: string } = {}) =>
  repairSteps(at.ports, {
    site: 'acme',
    username: 'kim',
    reason: 'the clock was a day ahead',
    time: at.clock.now(),
    actor: ACTOR,
    origin: HOME,
    ...more,
  })

const typed = async (at: World, code: string) => type(at, waiting(await at.password('kim')), code)

test('[CK-02] a code spent a day ahead is noticed when the right one of today is refused, and repaired on the record', async (t) => {
  const at = await siteFor(t, 'erp')
  const secret = await withApp(at, 'kim')
  at.clock.pass(days(1))
  opened(await typed(at, appCode(at, secret)))
  at.clock.pass(-days(1))

  assert.equal((await typed(at, wrongAppCode(at, secret))).kind, 'refused')
  assert.deepEqual(await rows(at, 'system.clock_jump'), [], 'a wrong code tells of nothing')
  assert.equal((await typed(at, appCode(at, secret))).kind, 'refused')
  const [jump, ...more] = await rows(at, 'system.clock_jump')
  assert.deepEqual(more, [])
  assert.deepEqual([jump?.actor.name, jump?.subject?.name], ['system', 'kim'])
  assert.ok(Math.abs(Number(jump?.data['ahead_seconds']) - days(1) / 1000) <= 60)

  assert.equal((await repair(at)).kind, 'saved')
  const [repaired] = await rows(at, 'factor.steps.repaired')
  assert.deepEqual(
    [repaired?.actor.name, repaired?.subject?.name, repaired?.data['reason']],
    ['ada', 'kim', 'the clock was a day ahead'],
  )
  at.clock.pass(minutes(2))
  opened(await typed(at, appCode(at, secret)))
})

test('[CK-02] what was used in the present, or can have been, stays used after the repair', async (t) => {
  const at = await siteFor(t, 'erp')
  const secret = await withApp(at, 'kim')
  // The phone is half a minute ahead: the code of the next step is used now.
  const present = appCode(at, secret, 1)
  opened(await typed(at, present))
  at.clock.pass(hours(5))
  opened(await typed(at, appCode(at, secret)))
  at.clock.pass(-hours(5))
  assert.equal((await repair(at)).kind, 'saved')
  for (let passed = 0; passed < 120; passed += 30) {
    const outcome = await typed(at, present)
    assert.equal(outcome.kind, 'refused', `after ${passed} seconds`)
    at.clock.pass(seconds(30))
  }
  opened(await typed(at, appCode(at, secret)))
  assert.equal((await repair(at)).kind, 'nothing-ahead', 'there is nothing to repair twice')
})

test('[CK-02] nothing is given back while the clocks disagree: ours may be the wrong one', async (t) => {
  const at = await siteFor(t, 'erp')
  const secret = await withApp(at, 'kim')
  opened(await typed(at, appCode(at, secret)))
  const right = at.clock.now()
  const spent = appCode(at, secret)
  // Set back by an hour: what was used a moment ago looks like the future.
  at.clock.pass(-hours(1))
  for (const time of [right, at.clock.now() - minutes(3), Number.NaN]) {
    const outcome = await repair(at, { time })
    assert.ok(outcome.kind === 'invalid' && outcome.problems[0]?.field === 'time', JSON.stringify(outcome))
  }
  assert.deepEqual(await rows(at, 'factor.steps.repaired'), [])
  at.clock.pass(hours(1))
  assert.equal((await typed(at, spent)).kind, 'refused')
})

test('[CK-02] a repair needs a reason and somebody whose codes are ahead', async (t) => {
  const at = await siteFor(t, 'erp')
  await withApp(at, 'kim')
  const silent = await repair(at, { reason: ' ' })
  assert.ok(silent.kind === 'invalid' && silent.problems[0]?.field === 'reason')
  assert.equal((await repair(at)).kind, 'nothing-ahead')
  assert.equal((await repair(at, { username: 'nobody' })).kind, 'unknown-user')
  assert.deepEqual(await rows(at, 'factor.steps.repaired'), [])
})
