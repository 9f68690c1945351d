import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import type { Evidence } from '#domain/evidence.ts'
import { CHANNELS, METHODS } from '#domain/method.ts'
import { type Instant, minutes, seconds } from '#domain/time.ts'
import { type Asked, type Challenge, PENDING_LIFE, PENDING_LIMIT, standing, stillProved } from './challenge.ts'
import { openChallenge, openEnrolment } from './open.ts'
import { type Command, step } from './step.ts'

const SEED = 20261102
const RUNS = 2_000
const MONDAY: Instant = Date.UTC(2026, 10, 2, 9)
const PASSWORD: Evidence = { kind: 'password', at: MONDAY }
const BY_SMS: Evidence = { kind: 'code', over: ['sms'], at: MONDAY }

const opening = {
  id: 'chl_test',
  site: 'site_test',
  user: 'usr_kim',
  application: 'web',
  purpose: 'login',
  tokenDigest: 'digest',
  decision: { outcome: 'challenge', rule: 'methods', reason: 'site_requires' },
  firstProof: PASSWORD,
  userEpoch: 3,
  now: MONDAY,
  address: null,
  userAgent: null,
} as const

const fail = { kind: 'fail', maxAttempts: 5 } as const
const pass = { kind: 'pass', evidence: BY_SMS } as const
const cancel = { kind: 'cancel' } as const
const send = (more: Partial<Extract<Command, { kind: 'send' }>> = {}): Command => ({
  kind: 'send',
  channel: 'sms',
  counter: 7,
  digits: 6,
  life: minutes(5),
  again: false,
  ...more,
})
const asked = openChallenge(opening, ['sms', 'email'])

function waiting(challenge: Challenge): Asked {
  assert.ok(challenge.state.kind === 'asked', challenge.state.kind)
  return challenge.state
}

// Any story: a challenge of either kind, and commands with the time that passes before each, sometimes backwards.

const anyChannel = fc.constantFrom(...CHANNELS)
const anyCommand: fc.Arbitrary<Command> = fc.oneof(
  fc.record({ kind: fc.constant('fail'), maxAttempts: fc.integer({ min: 3, max: 10 }) }),
  fc.record({ kind: fc.constant('pass'), evidence: fc.constant(BY_SMS) }),
  fc.record({
    kind: fc.constant('send'),
    channel: anyChannel,
    counter: fc.nat(1_000),
    digits: fc.constantFrom(6, 7, 8),
    life: fc.integer({ min: seconds(60), max: minutes(10) }),
    again: fc.boolean(),
  }),
  fc.record({ kind: fc.constant('undelivered'), channel: anyChannel, insteadOver: fc.option(anyChannel) }),
  fc.record({ kind: fc.constant('cancel') }),
)
const anyMoment = fc.oneof(fc.integer({ min: 0, max: minutes(4) }), fc.integer({ min: -minutes(2), max: minutes(20) }))
const anyStory = fc.record({
  start: fc.oneof(
    fc
      .uniqueArray(fc.constantFrom(...METHODS), { minLength: 1 })
      .map(([first = 'sms', ...more]) => openChallenge(opening, [first, ...more])),
    fc.constantFrom('screen', 'email_link', 'both').map((channel) => openEnrolment(opening, channel)),
  ),
  acts: fc.array(fc.tuple(anyCommand, anyMoment), { maxLength: 30 }),
})

function law(says: string, holds: (before: Challenge, command: Command, after: Challenge, now: Instant) => void): void {
  test(`${says} (seed ${SEED})`, () => {
    fc.assert(
      fc.property(anyStory, ({ start, acts }) => {
        let challenge = start
        let now = MONDAY
        for (const [command, passing] of acts) {
          now += passing
          const after = step(challenge, command, now)
          holds(challenge, command, after, now)
          challenge = after
        }
      }),
      { seed: SEED, numRuns: RUNS },
    )
  })
}

const KINDS = ['asked', 'enrolling', 'passed', 'closed']

law('[C1] from any state any command gives a legal state', (before, _, { state, ...after }, now) => {
  assert.ok(KINDS.includes(state.kind))
  assert.ok(after.expiresAt <= after.openedAt + PENDING_LIMIT && after.expiresAt >= after.openedAt + PENDING_LIFE)
  if (state.kind === 'passed' && before.state.kind !== 'passed') assert.equal(state.at, now)
  if (state.kind !== 'asked') return
  assert.ok(state.methods.length > 0 && new Set(state.methods).size === state.methods.length)
  assert.equal(new Set(state.undeliverable).size, state.undeliverable.length)
  if (state.sent === null) return
  assert.deepEqual(Object.keys(state.sent.sentAt).toSorted(), state.sent.over.toSorted())
})

law('[C1] what is over never moves, and what moves moves its version by one', (before, command, after, now) => {
  if (standing(before, now) !== 'live') return assert.equal(after, before)
  if (after !== before) return assert.equal(after.version, before.version + 1)
  assert.ok(before.state.kind === 'enrolling' && ['fail', 'send', 'undelivered'].includes(command.kind))
})

law('[C2] failed codes and messages never grow fewer, nor does the time', (before, _, after) => {
  assert.ok(after.expiresAt >= before.expiresAt)
  if (before.state.kind !== 'asked' || after.state.kind !== 'asked') return
  assert.ok(after.state.failed >= before.state.failed)
  assert.ok(after.state.sends >= before.state.sends)
  assert.ok(after.state.askedAgain >= before.state.askedAgain)
  for (const channel of before.state.undeliverable) assert.ok(after.state.undeliverable.includes(channel))
})

law('[C5] a living code is never replaced and never lives longer', (before, command, after, now) => {
  if (after === before || before.state.kind !== 'asked' || after.state.kind !== 'asked' || before.state.sent === null)
    return
  const { sent } = before.state
  const renewed = command.kind === 'send' && now >= sent.expiresAt
  if (renewed) return assert.deepEqual(after.state.sent?.over, [command.channel])
  assert.equal(after.state.sent?.counter, sent.counter)
  assert.equal(after.state.sent?.expiresAt, sent.expiresAt)
})

test(`[C3] in any order of commands a challenge is passed at most once (seed ${SEED})`, () => {
  fc.assert(
    fc.property(anyStory, ({ start, acts }) => {
      const states = new Set<Challenge['state']>()
      let challenge = start
      for (const [command, passing] of acts) {
        challenge = step(challenge, command, MONDAY + Math.abs(passing))
        if (challenge.state.kind === 'passed') states.add(challenge.state)
      }
      assert.ok(states.size <= 1)
    }),
    { seed: SEED, numRuns: RUNS },
  )
})

test('[C1] a challenge can be answered up to its end and not at it', () => {
  const end = MONDAY + PENDING_LIFE
  assert.equal(step(asked, pass, end - 1).state.kind, 'passed')
  assert.equal(step(asked, pass, end), asked)
})

test('[C2] each message gives 15 minutes more, up to 45 in all', () => {
  let challenge = asked
  const ends = []
  for (const after of [10, 20, 30, 40]) {
    challenge = step(challenge, send({ again: true }), MONDAY + minutes(after))
    ends.push((challenge.expiresAt - MONDAY) / minutes(1))
  }
  assert.deepEqual(ends, [25, 35, 45, 45])
  assert.equal(step(challenge, send(), MONDAY + minutes(45)), challenge)
})

test('[C3] what a challenge was passed with stays', () => {
  const passed = step(asked, pass, MONDAY + 1)
  for (const command of [pass, fail, cancel, send()]) assert.equal(step(passed, command, MONDAY + 2), passed)
  assert.deepEqual(passed.state, { kind: 'passed', evidence: BY_SMS, at: MONDAY + 1 })
})

test('[C4] the fifth of five failed codes closes the challenge, whatever was sent in between', () => {
  let challenge = asked
  for (const channel of ['sms', 'email', 'sms', 'email'] as const) {
    challenge = step(step(challenge, send({ channel, again: true }), MONDAY + 1), fail, MONDAY + 1)
    assert.equal(challenge.state.kind, 'asked')
  }
  const closed = step(challenge, fail, MONDAY + 2)
  assert.deepEqual(closed.state, { kind: 'closed', why: 'exhausted', at: MONDAY + 2 })
  assert.equal(step(closed, pass, MONDAY + 3), closed)
})

test('[C5] a resend over either channel brings the same code until it has run out', () => {
  const first = step(asked, send(), MONDAY)
  const again = step(first, send({ channel: 'email', counter: 8 }), MONDAY + minutes(5) - 1)
  const { sent } = waiting(again)
  assert.deepEqual([sent?.counter, sent?.expiresAt, sent?.over], [7, MONDAY + minutes(5), ['sms', 'email']])
  const renewed = waiting(step(again, send({ channel: 'email', counter: 8 }), MONDAY + minutes(5)))
  assert.deepEqual(
    [renewed.sent?.counter, renewed.sent?.expiresAt, renewed.sent?.over, renewed.sends],
    [8, MONDAY + minutes(10), ['email'], 3],
  )
})

test('[C6] what could not be brought by SMS goes by email as the same code, and email becomes a method', () => {
  const first = step(openChallenge(opening, ['sms']), send(), MONDAY)
  const failed = { kind: 'undelivered', channel: 'sms' } as const
  const stuck = waiting(step(first, { ...failed, insteadOver: null }, MONDAY + 1))
  assert.deepEqual([stuck.methods, stuck.undeliverable, stuck.sends], [['sms'], ['sms'], 1])

  const moved = waiting(step(first, { ...failed, insteadOver: 'email' }, MONDAY + 1))
  assert.deepEqual(
    [moved.methods, moved.method, moved.undeliverable, moved.sends],
    [['sms', 'email'], 'email', ['sms'], 2],
  )
  assert.deepEqual([moved.sent?.counter, moved.sent?.over], [7, ['sms', 'email']])
})

test('[C7] an enrolment is passed or cancelled, and nothing else happens to it', () => {
  const enrolling = openEnrolment(opening, 'screen')
  const undelivered = { kind: 'undelivered', channel: 'email', insteadOver: 'sms' } as const
  for (const command of [fail, send(), undelivered]) assert.equal(step(enrolling, command, MONDAY + 1), enrolling)
  assert.equal(step(enrolling, pass, MONDAY + 1).state.kind, 'passed')
  assert.deepEqual(step(enrolling, cancel, MONDAY + 1).state, { kind: 'closed', why: 'cancelled', at: MONDAY + 1 })
})

test('[C8] a challenge remembers whether it rests on a password or on the word of an identity provider', () => {
  const word: Evidence = { kind: 'external', provider: 'adfs', multiFactor: false, at: MONDAY }
  const later = (challenge: Challenge) => step(step(challenge, send(), MONDAY + 1), fail, MONDAY + 2)
  for (const firstProof of [PASSWORD, word]) {
    assert.deepEqual(later(openChallenge({ ...opening, firstProof }, ['sms'])).firstProof, firstProof)
    assert.deepEqual(openEnrolment({ ...opening, firstProof }, 'both').firstProof, firstProof)
  }
})

test('[C8] a replaced password, ended sessions or a disabled user end what rested on them', () => {
  const kim = { status: 'active', sessionEpoch: 3 } as const
  for (const challenge of [step(asked, fail, MONDAY + 1), openEnrolment(opening, 'screen')]) {
    assert.equal(stillProved(challenge, kim), true)
    assert.equal(stillProved(challenge, { ...kim, sessionEpoch: 4 }), false)
    assert.equal(stillProved(challenge, { ...kim, status: 'disabled' }), false)
  }
})
