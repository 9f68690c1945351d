import assert from 'node:assert/strict'
import { test } from 'node:test'
import { hours, minutes } from '#domain/time.ts'
import { join, passwordOf } from '../people.ts'
import { opened, page, requestCode, rows, siteFor, type, waiting } from '../steps.ts'
import { MONDAY, type World } from '../world.ts'

// Somebody has a password and nothing else: every sign-in brings its owner one more code that nobody asked for.

async function flood(at: World, times: number): Promise<readonly string[]> {
  const pending: string[] = []
  for (let count = 0; count < times; count += 1) {
    pending.push(waiting(await at.password('kim')))
    at.clock.pass(minutes(11))
  }
  return pending
}

const codes = (at: World) => at.messages().filter(({ to, text }) => to === 'kim@acme.test' && /^\d{6} /.test(text))
const warnings = (at: World) => at.messages('email').filter(({ subject }) => /again and again/.test(subject ?? ''))

test('[DF-14] ten codes that nobody types back in a day are the last; the user is told once that somebody has the password', async (t) => {
  const at = await siteFor(t, 'manufacturing')
  const pending = await flood(at, 13)
  await at.pump()
  assert.equal(codes(at).length, 10)
  assert.equal(warnings(at).length, 1)
  assert.match(warnings(at)[0]?.text ?? '', /somebody has your password .* change it/)
  assert.deepEqual(
    (await rows(at, 'delivery.flood')).map(({ data }) => [data['cap'], data['codes']]),
    [['user_unanswered_day', 10]],
  )
  assert.equal((await rows(at, 'delivery.quota')).length, 2)

  const stuck = pending.at(-1) ?? ''
  assert.equal((await page(at, stuck))?.sending?.state, 'not_sent')
  assert.deepEqual(await requestCode(at, stuck), { kind: 'send-limit', retryAt: at.clock.now() + hours(24) })

  at.clock.set(MONDAY + hours(24) + minutes(1))
  waiting(await at.password('kim'))
  assert.equal(codes(at).length, 11)
})

test('[DF-14] who types every code back signs in as often as they like', async (t) => {
  const at = await siteFor(t, 'fleet')
  for (let count = 0; count < 15; count += 1) {
    opened(await type(at, waiting(await at.password('kim')), at.codeFor('kim')))
    at.clock.pass(minutes(11))
  }
  assert.deepEqual(await rows(at, 'delivery.flood'), [])
})

test('[DF-14] [DF-12] requests of many users at the same moment do not pass a cap together', async (t) => {
  const at = await siteFor(t, 'manufacturing')
  const names = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h']
  const pending: string[] = []
  for (const name of names) {
    await join(at, name, { email: `${name}@acme.test` })
    pending.push(waiting(await at.password(name, { password: passwordOf(name) })))
  }
  at.clock.pass(minutes(1))
  await at.set({ 'delivery.max_sends_per_site_day': names.length + 3 })
  const outcomes = await Promise.all(pending.map((token) => requestCode(at, token)))
  assert.deepEqual(outcomes.map(({ kind }) => kind).toSorted(), [
    ...Array.from({ length: 5 }, () => 'send-limit'),
    ...Array.from({ length: 3 }, () => 'sent'),
  ])
  assert.equal(at.messages('email').length, names.length + 3)
})
