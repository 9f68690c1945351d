import assert from 'node:assert/strict'
import { test, type TestContext } from 'node:test'
import { hours, minutes } from '#domain/time.ts'
import type { PersonFile } from '#ports/store.ts'
import { siteFor } from '../../test/steps.ts'
import { budgetWarning, channelWithin, messageLimit, methodsWithin, sendLimit } from './send-limit.ts'

const NOW = Date.UTC(2026, 10, 2, 9)
const NO_SMS = { toNumber: 0, block: { answered: 0, unanswered: 0 }, thisMonth: 0, warned: false }

/** Kim's file with these counts, at a site with these settings. */
async function fileWith(t: TestContext, counts: Partial<PersonFile>, settings: object = {}): Promise<PersonFile> {
  const at = await siteFor(t, 'scheduling')
  const file = await at.ports.store.personFile(at.site.id, 'kim', at.clock.now())
  assert.ok(file)
  return { ...file, sms: NO_SMS, ...counts, settings: { ...file.settings, ...settings } }
}

test('each cap lets so many through and no more, and says when it lets one through again', async (t) => {
  const block = (answered: number, unanswered: number) => ({ ...NO_SMS, block: { answered, unanswered } })
  const cases = [
    [
      'user_hour',
      'email',
      NOW + hours(1),
      { 'delivery.max_sends_per_user_hour': 3 },
      (n: number) => ({ sendsThisHour: n }),
    ],
    [
      'user_unanswered_day',
      'email',
      NOW + hours(24),
      { 'delivery.max_unanswered_per_user_day': 3 },
      (n: number) => ({ unansweredToday: n }),
    ],
    [
      'site_day',
      'email',
      NOW + hours(24),
      { 'delivery.max_sends_per_site_day': 3 },
      (n: number) => ({ siteSendsToday: n }),
    ],
    [
      'number_hour',
      'sms',
      NOW + hours(1),
      { 'delivery.max_sms_per_number_hour': 3 },
      (n: number) => ({ sms: { ...NO_SMS, toNumber: n } }),
    ],
    [
      'block',
      'sms',
      NOW + minutes(10),
      { 'delivery.max_unanswered_sms_per_block': 3 },
      (n: number) => ({ sms: block(0, n) }),
    ],
    [
      'budget',
      'sms',
      Date.UTC(2026, 11, 1),
      { 'delivery.sms_budget_month': 3 },
      (n: number) => ({ sms: { ...NO_SMS, thisMonth: n } }),
    ],
  ] as const
  for (const [cap, channel, until, settings, counts] of cases) {
    assert.equal(sendLimit(await fileWith(t, counts(2), settings), channel, NOW), null, cap)
    assert.deepEqual(sendLimit(await fileWith(t, counts(3), settings), channel, NOW), { cap, until })
    if (channel === 'sms') assert.equal(sendLimit(await fileWith(t, counts(3), settings), 'email', NOW), null, cap)
  }
  const answered = await fileWith(t, { sms: block(3, 3) }, { 'delivery.max_unanswered_sms_per_block': 3 })
  assert.equal(sendLimit(answered, 'sms', NOW), null, 'as many were typed back')
  const off = await fileWith(t, { siteSendsToday: 9, sms: { ...NO_SMS, thisMonth: 9 } })
  assert.equal(sendLimit(off, 'sms', NOW), null, '0 is no limit')
  const flooded = await fileWith(t, { unansweredToday: 99 })
  assert.equal(messageLimit(flooded, 'email', NOW), null, 'a message without a code is not held back by codes')
})

test('a number beyond the prefixes gets no SMS, and waiting does not help', async (t) => {
  const foreign = await fileWith(t, {}, { 'delivery.sms_prefixes': ['+44', '+43'] })
  assert.deepEqual(sendLimit(foreign, 'sms', NOW), { cap: 'prefix', until: null })
  assert.equal(sendLimit(await fileWith(t, {}, { 'delivery.sms_prefixes': ['+44', '+49'] }), 'sms', NOW), null)
})

test('where an SMS is held back the code goes by email, if it may and can', async (t) => {
  const full = { sms: { ...NO_SMS, toNumber: 99 } }
  const fallback = { 'delivery.sms_failure_fallback': 'email_always' }
  const both = ['sms', 'email'] as const
  assert.equal(channelWithin(await fileWith(t, full, fallback), 'sms', both, NOW), 'email')
  assert.deepEqual(methodsWithin(await fileWith(t, full, fallback), ['sms', 'app', 'email'], NOW), [
    'email',
    'sms',
    'app',
  ])
  assert.deepEqual(methodsWithin(await fileWith(t, {}, fallback), ['sms', 'email'], NOW), both)
  assert.equal(channelWithin(await fileWith(t, full, fallback), 'sms', ['sms'], NOW), 'sms')
  assert.equal(
    channelWithin(await fileWith(t, full, { 'delivery.sms_failure_fallback': 'none' }), 'sms', both, NOW),
    'sms',
  )
  assert.equal(channelWithin(await fileWith(t, { ...full, sendsThisHour: 99 }, fallback), 'sms', both, NOW), 'sms')
})

test('the budget of a month is warned of once, from the message on that makes four fifths of it', async (t) => {
  const warned = async (thisMonth: number, more: object = {}, channel: 'sms' | 'email' = 'sms') =>
    budgetWarning(
      await fileWith(t, { sms: { ...NO_SMS, thisMonth, ...more } }, { 'delivery.sms_budget_month': 10 }),
      channel,
    )
  assert.deepEqual(await warned(6), [])
  const [event] = await warned(7)
  assert.deepEqual([event?.ev, event?.data], ['delivery.budget', { sent: 8, budget: 10 }])
  assert.deepEqual(await warned(7, { warned: true }), [])
  assert.deepEqual(await warned(7, {}, 'email'), [])
  assert.deepEqual(budgetWarning(await fileWith(t, { sms: { ...NO_SMS, thisMonth: 99 } }), 'sms'), [])
})
