import assert from 'node:assert/strict'
import { test } from 'node:test'
import { hours, minutes } from '#domain/time.ts'
import { rows, signInWithCode, siteFor, type, waiting } from '../steps.ts'

test('[TB-01] [S0.9] inside the 168 hours the same browser is not asked, a minute after them it is', async (t) => {
  const at = await siteFor(t, 'manufacturing')
  const passedAt = at.clock.now()
  const { deviceToken } = await signInWithCode(at, 'kim')
  assert.ok(deviceToken !== null)

  at.clock.set(passedAt + hours(168) - minutes(1))
  assert.equal((await at.password('kim', { deviceToken })).kind, 'signed-in')
  assert.equal((await rows(at, 'session.created')).at(-1)?.data['2fa'], 'remembered')

  // That sign-in was no proof: the interval runs from the code that passed.
  at.clock.set(passedAt + hours(168) + minutes(1))
  assert.equal((await at.password('kim', { deviceToken })).kind, 'pending')
  assert.equal(at.messages('email').length, 2)
})

test('[S0.9] a browser is remembered for the person who passed in it, and only if they say so', async (t) => {
  const at = await siteFor(t, 'manufacturing')
  const { deviceToken } = await signInWithCode(at, 'kim')
  assert.ok(deviceToken !== null)
  assert.equal((await at.password('sam', { deviceToken })).kind, 'pending')

  const passed = await type(at, waiting(await at.password('kim')), at.codeFor('kim'), false)
  assert.ok(passed.kind === 'signed-in')
  assert.equal(passed.deviceToken, null)
})

test('[S0.9b] another browser is asked at once', async (t) => {
  const at = await siteFor(t, 'manufacturing')
  const { deviceToken } = await signInWithCode(at, 'kim')
  assert.ok(deviceToken !== null)

  at.clock.pass(hours(1))
  assert.equal((await at.password('kim')).kind, 'pending')
  assert.equal((await at.password('kim', { deviceToken: `${deviceToken}x` })).kind, 'pending')
  assert.equal((await at.password('kim', { deviceToken })).kind, 'signed-in')
})

test('[TB-06] [S0.19] a longer interval spares a browser that passed before, a shorter one asks it at its next sign-in', async (t) => {
  const at = await siteFor(t, 'manufacturing')
  const { deviceToken } = await signInWithCode(at, 'kim')
  assert.ok(deviceToken !== null)
  const again = async () => (await at.password('kim', { deviceToken })).kind

  at.clock.pass(hours(200))
  assert.equal(await again(), 'pending')
  await at.set({ 'challenge.interval_hours': 336 })
  assert.equal(await again(), 'signed-in')
  await at.set({ 'challenge.interval_hours': 24 })
  assert.equal(await again(), 'pending')
  await at.set({ 'challenge.interval_hours': 201 })
  assert.equal(await again(), 'signed-in')
})
