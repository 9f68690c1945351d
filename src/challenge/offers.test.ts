import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { CHANNELS, isChannel, METHODS } from '#domain/method.ts'
import { type Instant, minutes, seconds } from '#domain/time.ts'
import type { Asked } from './challenge.ts'
import { offeredChannels, offeredMethods, type OfferTerms, resendAt } from './offers.ts'

const SEED = 20261102
const MONDAY: Instant = Date.UTC(2026, 10, 2, 9)
const SMS_FIRST: OfferTerms = { primary: 'sms', backupOfferAfter: 1, otherMethodWhenSendFails: true }

/** Kim has just been sent an SMS and could also read an email. */
const asked: Asked = {
  kind: 'asked',
  methods: ['sms', 'email'],
  method: 'sms',
  sent: { counter: 0, digits: 6, expiresAt: MONDAY + minutes(5), over: ['sms'], sentAt: { sms: MONDAY } },
  sends: 1,
  failed: 0,
  askedAgain: false,
  undeliverable: [],
}

const anyState: fc.Arbitrary<Asked> = fc.record({
  kind: fc.constant('asked'),
  methods: fc
    .uniqueArray(fc.constantFrom(...METHODS), { minLength: 1 })
    .map(([first = 'sms', ...more]) => [first, ...more] as const),
  method: fc.constantFrom(...METHODS),
  sent: fc.option(
    fc
      .constantFrom(...CHANNELS)
      .map((channel) => ({ counter: 0, digits: 6 as const, expiresAt: MONDAY, over: [channel] as const, sentAt: {} })),
  ),
  sends: fc.nat(5),
  failed: fc.nat(9),
  askedAgain: fc.boolean(),
  undeliverable: fc.subarray([...CHANNELS]),
})
const anyTerms: fc.Arbitrary<OfferTerms> = fc.record({
  primary: fc.constantFrom(...CHANNELS),
  backupOfferAfter: fc.oneof(fc.nat(10), fc.constant('never' as const)),
  otherMethodWhenSendFails: fc.boolean(),
})

function law(says: string, holds: (state: Asked, terms: OfferTerms) => void): void {
  test(`${says} (seed ${SEED})`, () => {
    fc.assert(fc.property(anyState, anyTerms, holds), { seed: SEED, numRuns: 2_000 })
  })
}

law('[C13] the primary channel is offered if it can be used, else the other one', (state, terms) => {
  const usable = CHANNELS.filter((channel) => state.methods.includes(channel))
  const offered = offeredChannels(state, terms)
  if (usable.includes(terms.primary)) assert.ok(offered.includes(terms.primary))
  assert.equal(offered.length === 0, usable.length === 0)
})

law('[C17] what is offered is among the methods, and a method without messages always is', (state, terms) => {
  const methods = offeredMethods(state, terms)
  assert.ok(methods.every((method) => state.methods.includes(method)))
  for (const method of state.methods) if (!isChannel(method)) assert.ok(methods.includes(method))
  for (const channel of state.sent?.over ?? [])
    if (state.methods.includes(channel)) assert.ok(methods.includes(channel))
})

law('[C14] one more failed code never takes an offer away', (state, terms) => {
  const more = offeredChannels({ ...state, failed: state.failed + 1 }, terms)
  for (const channel of offeredChannels(state, terms)) assert.ok(more.includes(channel))
})

test('[C14] the other channel opens at the number of failed codes that the site says, not before', () => {
  const after = (failed: number, backupOfferAfter: OfferTerms['backupOfferAfter']) =>
    offeredChannels({ ...asked, failed }, { ...SMS_FIRST, backupOfferAfter }).includes('email')
  assert.deepEqual([after(0, 1), after(1, 1)], [false, true])
  assert.deepEqual([after(2, 3), after(3, 3)], [false, true])
  assert.equal(after(0, 0), true)
  assert.equal(after(9, 'never'), false)
})

test('[C15] asking for a new code opens the other channel under every setting', () => {
  for (const backupOfferAfter of [1, 5, 'never'] as const) {
    const terms = { ...SMS_FIRST, backupOfferAfter }
    assert.deepEqual(offeredChannels(asked, terms), ['sms'])
    assert.deepEqual(offeredChannels({ ...asked, askedAgain: true }, terms), ['email', 'sms'])
  }
  // It opens nothing that the user cannot be asked with.
  assert.deepEqual(offeredChannels({ ...asked, methods: ['sms'], askedAgain: true }, SMS_FIRST), ['sms'])
})

test('[C16] a first channel that does not work opens the other one, unless the site says block', () => {
  const broken: Asked = { ...asked, undeliverable: ['sms'] }
  assert.deepEqual(offeredChannels(broken, SMS_FIRST), ['email', 'sms'])
  assert.deepEqual(offeredChannels(broken, { ...SMS_FIRST, otherMethodWhenSendFails: false }), ['sms'])
  assert.deepEqual(offeredChannels({ ...asked, undeliverable: ['email'] }, SMS_FIRST), ['sms'])
})

test('[C18] the cooldown is of the channel: the same one after it, the other one at once', () => {
  assert.equal(resendAt(asked, 'sms', 30), MONDAY + seconds(30))
  assert.equal(resendAt(asked, 'email', 30), 0)
  assert.equal(resendAt({ ...asked, sent: null }, 'sms', 30), 0)
})
