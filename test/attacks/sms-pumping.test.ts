import assert from 'node:assert/strict'
import { test } from 'node:test'
import { hours, minutes } from '#domain/time.ts'
import { join, passwordOf } from '../people.ts'
import { opened, page, requestCode, rows, siteFor, type, waiting } from '../steps.ts'
import { MONDAY, type World } from '../world.ts'

// An SMS costs the site money, and somebody else may earn on it: whoever rents a block of numbers and has our server write to them.

/** So many users, with the numbers of one block, one after the other. */
async function neighbours(at: World, count: number): Promise<readonly string[]> {
  const names = Array.from({ length: count }, (_, index) => `n${index}`)
  for (const [index, name] of names.entries())
    await join(at, name, { phone: `+43664123${String(4000 + index)}`, email: `${name}@acme.test` })
  return names
}

async function asks(at: World, username: string): Promise<string> {
  return waiting(await at.password(username, { password: passwordOf(username) }))
}

function newestCode(at: World, channel: 'email' | 'sms'): string {
  const code = /\b\d{6}\b/.exec(at.messages(channel)[0]?.text ?? '')?.[0]
  assert.ok(code, 'no message with a code')
  return code
}

test('[DF-12] [F12] two hundred numbers of one block that type nothing back: SMS stop at fifty, with an alarm, for that block alone', async (t) => {
  const at = await siteFor(t, 'fleet')
  const pending = []
  for (const name of await neighbours(at, 200)) pending.push(await asks(at, name))
  assert.equal(at.messages('sms').length, 50)
  assert.equal(at.messages('email').length, 0)
  const kept = { channel: 'sms', cap: 'block', until: new Date(MONDAY + minutes(10)).toISOString() }
  // The alarm is raised once, and each message that is kept back is written down.
  assert.deepEqual(
    (await rows(at, 'delivery.pumping')).map(({ data }) => data),
    [{ ...kept, block: '+4366412•••••' }],
  )
  const quota = (await rows(at, 'delivery.quota')).map(({ data }) => data)
  assert.deepEqual(
    quota,
    Array.from({ length: 149 }, () => kept),
  )
  // The person is told the truth, and when to come back.
  const stuck = pending.at(-1) ?? ''
  assert.deepEqual((await page(at, stuck))?.sending, { state: 'not_sent', until: MONDAY + minutes(10) })
  assert.deepEqual(await requestCode(at, stuck), { kind: 'send-limit', retryAt: MONDAY + minutes(10) })
  // Nobody else notices.
  opened(await type(at, waiting(await at.password('kim')), at.codeFor('kim', 'sms')))

  at.clock.pass(minutes(10))
  assert.equal((await requestCode(at, stuck)).kind, 'sent')
  assert.equal(at.messages('sms').length, 52)
})

test('[F12] a company whose two hundred phones stand in one block, and who type their codes back, is not taken for a fraud', async (t) => {
  const at = await siteFor(t, 'fleet')
  for (const name of await neighbours(at, 200)) opened(await type(at, await asks(at, name), newestCode(at, 'sms')))
  assert.equal(at.messages('sms').length, 200)
  assert.deepEqual(await rows(at, 'delivery.pumping'), [])
})

test('[DF-12] where codes may fall back to email, what a cap keeps back goes there, and lets in', async (t) => {
  const at = await siteFor(t, 'fleet')
  await at.set({ 'delivery.sms_failure_fallback': 'email_if_enabled', 'delivery.max_unanswered_sms_per_block': 3 })
  const names = await neighbours(at, 4)
  for (const name of names.slice(0, 3)) await asks(at, name)
  const pending = await asks(at, 'n3')
  assert.equal(at.messages('sms').length, 3)
  assert.deepEqual((await page(at, pending))?.sending, {
    state: 'accepted',
    channel: 'email',
    to: 'n•••@acme.test',
    insteadOf: null,
  })
  assert.equal((await rows(at, 'delivery.pumping')).length, 1)
  opened(await type(at, pending, newestCode(at, 'email')))
})

test('[DF-13] [F12] one number on fifty accounts gets twenty SMS in an hour', async (t) => {
  const at = await siteFor(t, 'fleet')
  for (let index = 0; index < 50; index += 1) {
    await join(at, `s${index}`, { phone: '+436641234567' })
    await asks(at, `s${index}`)
  }
  assert.equal(at.messages('sms').length, 20)
  assert.deepEqual(
    (await rows(at, 'delivery.quota')).map(({ data }) => data['cap']),
    Array.from({ length: 30 }, () => 'number_hour'),
  )
  at.clock.pass(hours(1))
  await asks(at, 's0')
  assert.equal(at.messages('sms').length, 21)
})

test('[F12] SMS go to the beginnings of numbers that the site allows, and waiting does not change that', async (t) => {
  const at = await siteFor(t, 'fleet')
  await at.set({ 'delivery.sms_prefixes': ['+43', '+1'] })
  await neighbours(at, 1)
  await asks(at, 'n0')
  const abroad = waiting(await at.password('kim'))
  assert.deepEqual(
    at.messages().map(({ to }) => to),
    ['+436641234000'],
  )
  assert.deepEqual(await requestCode(at, abroad), { kind: 'send-limit', retryAt: null })
  assert.deepEqual(
    (await rows(at, 'delivery.quota')).map(({ data }) => data),
    [
      { channel: 'sms', cap: 'prefix' },
      { channel: 'sms', cap: 'prefix' },
    ],
  )
})

test('[F12] a month has its budget of SMS: a warning at four fifths, then email where it may, and SMS again in the next month', async (t) => {
  const at = await siteFor(t, 'fleet')
  await at.set({ 'delivery.sms_budget_month': 5, 'delivery.sms_failure_fallback': 'email_if_enabled' })
  const warnings = async () => (await rows(at, 'delivery.budget')).map(({ data }) => data)
  const names = await neighbours(at, 7)
  for (const name of names.slice(0, 3)) await asks(at, name)
  assert.deepEqual(await warnings(), [])
  for (const name of names.slice(3, 6)) await asks(at, name)
  assert.deepEqual(await warnings(), [{ sent: 4, budget: 5 }])
  assert.deepEqual([at.messages('sms').length, at.messages('email').length], [5, 1])
  await at.set({ 'delivery.sms_failure_fallback': 'none' })
  const stuck = await asks(at, 'n6')
  assert.deepEqual((await page(at, stuck))?.sending, { state: 'not_sent', until: Date.UTC(2026, 11, 1) })

  at.clock.pass(Date.UTC(2026, 11, 1) - MONDAY)
  await asks(at, 'n6')
  assert.equal(at.messages('sms').length, 6)
})
