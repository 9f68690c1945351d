import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import type { Method } from '#domain/method.ts'
import { isAdministrator } from '#domain/user.ts'
import { anyFacts } from '../../test/any-facts.ts'
import { exemption, flagged } from '../../test/facts.ts'
import { decide } from './decide.ts'
import { type Decision, RULE_NAMES } from './decision.ts'
import type { Facts } from './facts.ts'
import { PASSED_OVER, REASONS } from './reasons.ts'
import { RULES } from './rules.ts'

const SEED = 20260105
const RUNS = 5_000

function law(says: string, holds: (facts: Facts, decision: Decision) => void): void {
  test(`${says} (seed ${SEED})`, () => {
    fc.assert(
      fc.property(anyFacts, (facts) => holds(facts, decide(facts))),
      { seed: SEED, numRuns: RUNS },
    )
  })
}

law(
  '[P1] the first rule that rules decides, and all before it say why they do not, in their order',
  (facts, decision) => {
    const place = RULE_NAMES.indexOf(decision.rule)
    assert.deepEqual(
      decision.passedOver,
      RULES.slice(0, place).map(([rule, ask]) => ({ rule, because: ask(facts) })),
    )
    const [rule, ask] = RULES[place] ?? assert.fail()
    const { passedOver: _, rule: named, ...ruling } = decision
    assert.equal(named, rule)
    assert.deepEqual(ask(facts), ruling)
  },
)

law('[P2] a decision is made of the facts alone and leaves them as they were', (facts, decision) => {
  assert.deepEqual(decide(frozen(structuredClone(facts))), decision)
})

law('[P2] every decision has a word for its reason and for each rule passed over', (_, decision) => {
  assert.ok(REASONS[decision.reason])
  for (const { because } of decision.passedOver) assert.ok(PASSED_OVER[because])
})

law('[P3] a site that is switched off asks nobody', (facts) => {
  const off = { ...facts, settings: { ...facts.settings, 'two_factor.enabled': false } }
  assert.equal(decide(off).rule, 'site_off')
})

law('[P6] website users that are not covered are never asked, enrolled or refused at the form', (facts) => {
  const settings = { ...facts.settings, 'two_factor.include_website_users': false }
  const user = { ...facts.user, kind: 'website' } as const
  assert.equal(decide({ ...facts, via: { kind: 'form' }, settings, user }).outcome, 'skip')
})

const REQUIRES_MORE: Readonly<Record<string, (facts: Facts) => Facts>> = {
  'the site': (facts) => ({ ...facts, settings: { ...facts.settings, 'two_factor.require_all': true } }),
  'a role': (facts) => ({ ...facts, roles: [...facts.roles, flagged('One more')] }),
  'the application': (facts) => ({ ...facts, userApplication: true }),
}

law(
  '[P7] when one more level requires a second factor, nobody is let in who was not let in before',
  (facts, decision) => {
    for (const more of Object.values(REQUIRES_MORE)) {
      const stricter = decide(more(facts))
      assert.notEqual(stricter.rule, 'not_required')
      if (decision.outcome !== 'skip') assert.notEqual(stricter.outcome, 'skip')
    }
  },
)

law('[P7] a switch on the user always requires', (facts) => {
  for (const each of ['app', 'email', 'sms'] as const) {
    const twoFactor = { ...facts.user.twoFactor, [each]: true }
    assert.notEqual(decide({ ...facts, user: { ...facts.user, twoFactor } }).rule, 'not_required')
  }
})

law('[P8] an exemption that has ended, or that a flagged role forbids, changes nothing', (facts) => {
  const none = decide({ ...facts, user: { ...facts.user, bypass: null } })
  const ended = decide({ ...facts, user: { ...facts.user, bypass: exemption({ expiresAt: facts.now }) } })
  const roles = [...facts.roles, flagged('Strict', { bypassAllowed: false })]
  const forbidden = decide({ ...facts, roles, user: { ...facts.user, bypass: exemption({ expiresAt: null }) } })
  assert.deepEqual(answer(ended), answer(none))
  assert.notEqual(forbidden.rule, 'bypass')
})

law(
  '[P8] [P9] [P10] without exemption, trusted network or remembered browser nobody gets in more easily',
  (facts, decision) => {
    if (decision.outcome === 'skip') return
    assert.notEqual(decide({ ...facts, user: { ...facts.user, bypass: null } }).outcome, 'skip')
    assert.notEqual(decide({ ...facts, address: null }).outcome, 'skip')
    assert.notEqual(decide({ ...facts, earlier: null }).outcome, 'skip')
  },
)

law('[P10] a shorter interval at any level never lets more in', (facts, decision) => {
  if (decision.outcome === 'skip') return
  const shorter = (hours: number | null) => Math.min(hours ?? 8760, 12)
  const ofSite = { ...facts.settings, 'challenge.interval_hours': shorter(facts.settings['challenge.interval_hours']) }
  const ofRoles = facts.roles.map((role) => ({ ...role, intervalHours: shorter(role.intervalHours) }))
  assert.notEqual(decide({ ...facts, settings: ofSite }).outcome, 'skip')
  assert.notEqual(decide({ ...facts, roles: ofRoles }).outcome, 'skip')
  assert.notEqual(
    decide({ ...facts, application: { name: 'web', intervalHours: shorter(facts.application.intervalHours) } }).outcome,
    'skip',
  )
  assert.notEqual(decide({ ...facts, user: { ...facts.user, intervalHours: 0 } }).outcome, 'skip')
})

law('[P10] a remembered browser stays remembered when the clock goes back', (facts, decision) => {
  if (decision.rule !== 'remembered_device') return
  const earlier = decide({ ...facts, now: facts.now - 3_600_000, user: { ...facts.user, bypass: null } })
  assert.equal(earlier.rule, 'remembered_device')
})

law('[P8] [P10] [P15] what ends by itself ends later than now', (facts, decision) => {
  if (decision.until !== undefined) assert.ok(decision.until > facts.now)
})

law('[P11] a challenge names methods that the user can use, and none that nobody allows', (facts, decision) => {
  if (decision.outcome !== 'challenge') return
  const { settings, roles, user } = facts
  for (const method of decision.methods) {
    assert.ok(facts.holds[method])
    if (method === 'email' || method === 'sms') assert.equal(facts.channels[method], 'configured')
    const allowed =
      settings['methods.allowed'].includes(method) &&
      roles.every((role) => role.methodsAllowed?.includes(method) ?? true)
    const standsIn =
      (method === 'app' && isAdministrator(user)) ||
      (isHeld(method) && decision.reason === 'app_before_open_door') ||
      (method === 'email' && settings['delivery.sms_failure_fallback'] === 'email_always')
    assert.ok(allowed || standsIn)
  }
})

law('[P11] a site that uses email only never asks for a code by SMS', (facts) => {
  const decision = decide({ ...facts, settings: { ...facts.settings, 'delivery.email_sole': true } })
  assert.ok(decision.outcome !== 'challenge' || !decision.methods.includes('sms'))
})

law(
  '[P12] what proves most comes first, the primary channel before the other, recovery codes last and never alone',
  (facts, decision) => {
    if (decision.outcome !== 'challenge') return
    const { methods } = decision
    const [first, second] = facts.settings['delivery.primary'] === 'sms' ? ['sms', 'email'] : ['email', 'sms']
    const order = ['passkey', 'app', 'hardware', first, second, 'recovery']
    assert.deepEqual(
      methods,
      order.filter((method) => (methods as readonly string[]).includes(method)),
    )
    assert.notEqual(methods[0], 'recovery')
  },
)

law('[P13] a channel that is set up opens no door, whatever happens to it', (facts) => {
  const decision = decide({ ...facts, channels: { email: 'configured', sms: 'configured' } })
  assert.notEqual(decision.rule, 'channel_unconfigured')
})

law(
  '[P13] the open door needs the site, every flagging role, a user without an authenticator, and no administrator',
  (facts, decision) => {
    if (decision.reason !== 'channel_unconfigured') return
    assert.equal(facts.settings['delivery.when_unconfigured'], 'allow')
    assert.ok(facts.roles.every((role) => role.failOpenAllowed || !role.twoFactorAuth))
    assert.ok(!facts.user.hadAuthenticator && !isAdministrator(facts.user))
    assert.ok(!facts.holds.app && !facts.holds.passkey && !facts.holds.hardware)
  },
)

law('[P17] an administrator is never refused, whatever is set up', (facts) => {
  const user = { ...facts.user, roles: ['Administrator'] }
  const decision = decide({ ...facts, via: { kind: 'form' }, user })
  assert.notEqual(decision.outcome, 'deny')
  assert.notEqual(decision.rule, 'channel_unconfigured')
  if (decision.outcome === 'enrol') assert.notEqual(decision.channel, 'email_link')
})

law('[P16] the link to enrol is only promised to whom it can reach', (facts, decision) => {
  if (decision.outcome !== 'enrol' || decision.channel === 'screen') return
  assert.ok(facts.holds.email && facts.channels.email === 'configured')
})

test(`every rule and every outcome is met by these laws (seed ${SEED})`, () => {
  const met = new Set<string>()
  for (const facts of fc.sample(anyFacts, { seed: SEED, numRuns: RUNS })) {
    const { rule, outcome } = decide(facts)
    met.add(rule).add(outcome)
  }
  assert.deepEqual([...met].toSorted(), [...RULE_NAMES, 'skip', 'challenge', 'deny'].toSorted())
})

/** In the user's own hand: neither a mailbox nor a number that somebody else can have moved. */
function isHeld(method: Method): boolean {
  return method === 'passkey' || method === 'app' || method === 'hardware'
}

/** A decision without what it says of the rules that were passed over. */
function answer(decision: Decision): Decision {
  return { ...decision, passedOver: [] }
}

function frozen<Value>(value: Value): Value {
  if (typeof value === 'object' && value !== null) for (const each of Object.values(value)) frozen(each)
  return Object.freeze(value)
}
