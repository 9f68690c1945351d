import assert from 'node:assert/strict'
import { test } from 'node:test'
import { appCode, look, shown, startOver } from '../enrolment-steps.ts'
import { fileOf } from '../people.ts'
import { opened, siteFor, type, waiting } from '../steps.ts'

// Somebody has the password of a person who is about to set up an app. They sign in first, note the secret on their screen and wait
// for the person to bind the same one: from then on both have its codes, and the person sees nothing odd.

test('two pending sign-ins never see one secret, and the one that is bound was seen by its own browser only', async (t) => {
  const at = await siteFor(t, 'retail')
  const thief = waiting(await at.password('kim'))
  const noted = shown(await look(at, thief)).secret

  const own = waiting(await at.password('kim'))
  const { secret } = shown(await look(at, own))
  assert.notEqual(secret, noted)
  assert.equal((await look(at, thief)).kind, 'over')
  opened(await type(at, own, appCode(at, secret)))

  at.clock.pass(30_000)
  const later = waiting(await at.password('kim'))
  assert.equal((await type(at, later, appCode(at, noted))).kind, 'refused')
})

test('a thief who takes over is noticed: the person’s own secret is over, and no code is held against the thief’s', async (t) => {
  const at = await siteFor(t, 'retail')
  const own = waiting(await at.password('kim'))
  const { secret } = shown(await look(at, own))
  const thief = waiting(await at.password('kim'))
  assert.notEqual(shown(await look(at, thief)).secret, secret)
  assert.equal((await type(at, own, appCode(at, secret))).kind, 'enrolment-over')
  assert.equal((await fileOf(at, 'kim')).enrolment?.wrongCodes, 0)
  assert.notEqual(shown(await startOver(at, own)).secret, secret)
})
