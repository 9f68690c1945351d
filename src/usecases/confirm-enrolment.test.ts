import assert from 'node:assert/strict'
import { test } from 'node:test'
import { hours } from '#domain/time.ts'
import { appCode, look, shown, wrongAppCode } from '../../test/enrolment-steps.ts'
import { siteFor, type, waiting } from '../../test/steps.ts'

test('a browser on which an app is set up is remembered where the interval is an hour, and where it is none it is not', async (t) => {
  for (const [interval, remembered] of [
    [1, true],
    [0, false],
  ] as const) {
    const at = await siteFor(t, 'erp')
    await at.set({ 'challenge.interval_hours': interval, 'enrolment.channel': 'screen' })
    const pending = waiting(await at.password('kim'))
    const { secret } = shown(await look(at, pending))
    const outcome = await type(at, pending, appCode(at, secret), true)
    assert.ok(outcome.kind === 'signed-in')
    assert.equal(outcome.deviceToken !== null, remembered, String(interval))
    if (outcome.deviceToken === null) continue
    const known = { deviceToken: outcome.deviceToken }
    at.clock.pass(hours(1) - 1)
    assert.equal((await at.password('kim', known)).kind, 'signed-in')
    at.clock.pass(1)
    assert.equal((await at.password('kim', known)).kind, 'pending')
  }
})

test('codes typed into a sign-in whose picture another one has replaced do not take the new picture away', async (t) => {
  const at = await siteFor(t, 'erp')
  await at.set({ 'enrolment.channel': 'screen', 'lock.after': 50 })
  const old = waiting(await at.password('kim'))
  shown(await look(at, old))
  const pending = waiting(await at.password('kim'))
  const { secret } = shown(await look(at, pending))
  for (let guess = 0; guess < 6; guess += 1) {
    const outcome = await type(at, old, wrongAppCode(at, secret))
    assert.notEqual(outcome.kind, 'signed-in')
  }
  assert.equal((await type(at, pending, appCode(at, secret))).kind, 'signed-in')
})

test('five wrong codes take the picture away, four do not', async (t) => {
  for (const [wrong, bound] of [
    [4, true],
    [5, false],
  ] as const) {
    const at = await siteFor(t, 'erp')
    await at.set({ 'enrolment.channel': 'screen', 'lock.after': 50 })
    const pending = waiting(await at.password('kim'))
    const { secret } = shown(await look(at, pending))
    for (let guess = 0; guess < wrong; guess += 1) await type(at, pending, wrongAppCode(at, secret))
    const outcome = await type(at, pending, appCode(at, secret))
    assert.equal(outcome.kind === 'signed-in', bound, String(wrong))
  }
})
