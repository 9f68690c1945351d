import assert from 'node:assert/strict'
import { test } from 'node:test'
import { hours, seconds } from '#domain/time.ts'
import { opened, page, requestCode, rows, siteFor, type, waiting } from '../steps.ts'

// Somebody who knows a password has our server send messages, to annoy their owner, to run up a bill, or to bury one mail under many.

test('[R-029] one sign-in sends five messages at most, and says that there are no more', async (t) => {
  const at = await siteFor(t, 'fleet')
  const pending = waiting(await at.password('kim'))
  const kinds: string[] = []
  for (let count = 0; count < 6; count += 1) {
    at.clock.pass(seconds(30))
    kinds.push((await requestCode(at, pending)).kind)
  }
  assert.deepEqual(kinds, ['sent', 'sent', 'sent', 'sent', 'send-limit', 'send-limit'])
  assert.equal(at.messages().length, 5)
  assert.equal((await rows(at, 'delivery.quota')).length, 2)
  // The other channel is no way around it.
  assert.equal((await requestCode(at, pending, 'email')).kind, 'send-limit')
  opened(await type(at, pending, at.codeFor('kim')))
})

test('[R-029] a user causes ten messages an hour at most, over all sign-ins, and others are not touched', async (t) => {
  const at = await siteFor(t, 'fleet')
  // Not about those that nobody types back.
  await at.set({ 'delivery.max_unanswered_per_user_day': 0 })
  for (let count = 0; count < 14; count += 1) waiting(await at.password('kim'))
  assert.equal(at.messages().length, 10)
  const stuck = waiting(await at.password('kim'))
  assert.deepEqual((await page(at, stuck))?.sending, { state: 'not_sent', until: at.clock.now() + hours(1) })
  at.clock.pass(seconds(30))
  assert.deepEqual(await requestCode(at, stuck), { kind: 'send-limit', retryAt: at.clock.now() + hours(1) })
  opened(await type(at, waiting(await at.password('sam')), at.codeFor('sam')))

  at.clock.pass(hours(1))
  opened(await type(at, waiting(await at.password('kim')), at.codeFor('kim')))
})

test('[R-029] a site that sets a limit of its own for the day keeps to it', async (t) => {
  const at = await siteFor(t, 'fleet')
  await at.set({ 'delivery.max_sends_per_site_day': 3 })
  for (const username of ['kim', 'sam', 'op', 'root']) waiting(await at.password(username))
  assert.equal(at.messages().length, 3)
  at.clock.pass(hours(24) + 1)
  waiting(await at.password('root'))
  assert.equal(at.messages().length, 4)
})

test('[R-029] fifty parallel requests send no more than one message within the wait', async (t) => {
  const at = await siteFor(t, 'fleet')
  const pending = waiting(await at.password('kim'))
  at.clock.pass(seconds(30))
  const outcomes = await Promise.all(Array.from({ length: 50 }, () => requestCode(at, pending)))
  assert.equal(outcomes.filter(({ kind }) => kind === 'sent').length, 1)
  assert.equal(at.messages().length, 2)
})

test('[R-029] sign-ins in parallel do not slip past the limit of the hour', async (t) => {
  const at = await siteFor(t, 'fleet')
  await Promise.all(Array.from({ length: 30 }, () => at.password('kim')))
  assert.ok(at.messages().length <= 10, `${at.messages().length} messages`)
})
