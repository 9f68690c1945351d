import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { days, hours } from '#domain/time.ts'
import { ADMINISTRATOR } from '#domain/user.ts'
import { exemption, facts, flagged, type GivenFacts, MONDAY, passed, role } from '../../test/facts.ts'
import { ATTRIBUTES } from './attributes.ts'
import { decide } from './decide.ts'
import { type RuleName, viewDecision } from './decision.ts'
import type { PassedOver, Reason } from './reasons.ts'
import { isSettingKey } from './settings.ts'

const REQUIRED = { 'two_factor.require_all': true } as const
const BY_EMAIL = { ...REQUIRED, 'methods.allowed': ['email'] } as const
const NO_MAIL = { channels: { email: 'unconfigured' } } as const
const ROOT = { roles: [ADMINISTRATOR] }

interface Example {
  readonly given: GivenFacts
  readonly outcome: 'skip' | 'challenge' | 'enrol' | 'deny'
  readonly rule: RuleName
  /** `setting` and `level` as one: `site two_factor.enabled`. */
  readonly because?: string
  readonly until?: string
}

/** One example of each reason there is; a reason without one does not compile. */
const EXAMPLES: Readonly<Record<Reason, Example>> = {
  two_factor_off: {
    given: { settings: { ...REQUIRED, 'two_factor.enabled': false } },
    outcome: 'skip',
    rule: 'site_off',
    because: 'site two_factor.enabled',
  },
  api_credentials: { given: { settings: REQUIRED, via: { kind: 'api_key' } }, outcome: 'skip', rule: 'api_path' },
  api_password_permitted: {
    given: { settings: { 'api.password_login': 'accounts_without_2fa' }, via: { kind: 'api_password' } },
    outcome: 'skip',
    rule: 'api_path',
    because: 'site api.password_login',
  },
  use_api_key: {
    given: { settings: { ...REQUIRED, 'api.password_login': 'accounts_without_2fa' }, via: { kind: 'api_password' } },
    outcome: 'deny',
    rule: 'api_path',
    because: 'site api.password_login',
  },
  external_trusted: {
    given: { settings: REQUIRED, via: { kind: 'external', mode: 'skip', proved: false } },
    outcome: 'skip',
    rule: 'external',
    because: '- identity_provider.second_factor',
  },
  external_proved: {
    given: { settings: REQUIRED, via: { kind: 'external', mode: 'trust_amr', proved: true } },
    outcome: 'skip',
    rule: 'external',
    because: '- identity_provider.second_factor',
  },
  website_users_excluded: {
    given: { settings: REQUIRED, user: { kind: 'website' } },
    outcome: 'skip',
    rule: 'website_user',
    because: 'site two_factor.include_website_users',
  },
  no_requirement: { given: {}, outcome: 'skip', rule: 'not_required' },
  bypassed: {
    given: { settings: REQUIRED, user: { bypass: exemption() } },
    outcome: 'skip',
    rule: 'bypass',
    because: 'user user.bypass',
    until: '2026-02-04T09:00:00.000Z',
  },
  inside_trusted_network: {
    given: { settings: { ...REQUIRED, 'network.trusted': ['10.0.0.0/8'] }, address: '10.1.2.3' },
    outcome: 'skip',
    rule: 'trusted_network',
    because: 'site network.trusted',
  },
  recently_passed: {
    given: { settings: REQUIRED, user: { intervalHours: 24 }, earlier: passed(1) },
    outcome: 'skip',
    rule: 'remembered_device',
    because: 'user challenge.interval_hours',
    until: '2026-01-06T08:00:00.000Z',
  },
  site_requires: {
    given: { settings: REQUIRED },
    outcome: 'challenge',
    rule: 'methods',
    because: 'site two_factor.require_all',
  },
  role_requires: {
    given: { roles: [role('All'), flagged('Accounts Manager')] },
    outcome: 'challenge',
    rule: 'methods',
    because: 'role role.two_factor_auth',
  },
  user_requires: {
    given: { user: { twoFactor: { app: false, email: false, sms: true } } },
    outcome: 'challenge',
    rule: 'methods',
    because: 'user user.two_factor_sms',
  },
  application_requires: {
    given: { userApplication: true },
    outcome: 'challenge',
    rule: 'methods',
    because: 'application user_application.two_factor',
  },
  app_before_open_door: {
    given: { settings: { ...BY_EMAIL, 'delivery.when_unconfigured': 'allow' }, holds: { app: true }, ...NO_MAIL },
    outcome: 'challenge',
    rule: 'channel_unconfigured',
    because: 'site delivery.when_unconfigured',
  },
  channel_unconfigured: {
    given: { settings: { ...BY_EMAIL, 'delivery.when_unconfigured': 'allow' }, ...NO_MAIL },
    outcome: 'skip',
    rule: 'channel_unconfigured',
    because: 'site delivery.when_unconfigured',
  },
  channel_unconfigured_blocked: {
    given: { settings: { ...BY_EMAIL, 'delivery.when_unconfigured': 'block' }, ...NO_MAIL },
    outcome: 'deny',
    rule: 'channel_unconfigured',
    because: 'site delivery.when_unconfigured',
  },
  grace_period: {
    given: {
      settings: { ...REQUIRED, 'enrolment.grace_days': 7 },
      holds: { email: false },
      user: { requiredSince: MONDAY - days(2) },
    },
    outcome: 'skip',
    rule: 'grace',
    because: 'site enrolment.grace_days',
    until: '2026-01-10T09:00:00.000Z',
  },
  nothing_enrolled: {
    given: { roles: [flagged('All')], holds: { email: false } },
    outcome: 'enrol',
    rule: 'enrol',
    because: 'role role.two_factor_auth',
  },
  no_method: {
    given: { settings: BY_EMAIL, holds: { email: false } },
    outcome: 'deny',
    rule: 'no_method',
    because: 'site methods.allowed',
  },
}

describe('[P19] every reason, with what decided', () => {
  for (const [reason, { given, ...expected }] of Object.entries(EXAMPLES)) {
    test(`${expected.rule}: ${reason}`, () => {
      const { outcome, rule, setting, level, until, reason: said } = viewDecision(decide(facts(given)))
      const because = setting === undefined ? undefined : `${level ?? '-'} ${setting}`
      assert.deepEqual(
        { outcome, rule, because, until, reason: said },
        { because: undefined, until: undefined, ...expected, reason },
      )
      assert.ok(setting === undefined || isSettingKey(setting) || ATTRIBUTES.some(({ key }) => key === setting))
    })
  }
})

const EXTERNAL = (mode: 'trust_amr' | 'require', proved: boolean) => ({ kind: 'external', mode, proved }) as const
const OPEN = { ...BY_EMAIL, 'delivery.when_unconfigured': 'allow' } as const

/** One example of each way to pass a rule over. */
const OVER: Readonly<Record<PassedOver, readonly [RuleName, GivenFacts]>> = {
  two_factor_on: ['site_off', {}],
  a_person: ['api_path', {}],
  not_external: ['external', {}],
  external_must_be_asked: ['external', { settings: REQUIRED, via: EXTERNAL('require', true) }],
  external_not_proved: ['external', { settings: REQUIRED, via: EXTERNAL('trust_amr', false) }],
  not_a_website_user: ['website_user', {}],
  website_users_included: [
    'website_user',
    { settings: { 'two_factor.include_website_users': true }, user: { kind: 'website' } },
  ],
  required: ['not_required', { settings: REQUIRED }],
  no_bypass: ['bypass', { settings: REQUIRED }],
  bypass_ended: ['bypass', { settings: REQUIRED, user: { bypass: exemption({ expiresAt: MONDAY }) } }],
  bypass_forbidden_by_role: [
    'bypass',
    { roles: [flagged('All'), flagged('HR Manager', { bypassAllowed: false })], user: { bypass: exemption() } },
  ],
  no_trusted_networks: ['trusted_network', { settings: REQUIRED }],
  outside_trusted_networks: ['trusted_network', { settings: { ...REQUIRED, 'network.trusted': ['10.0.0.0/8'] } }],
  trusted_network_lengthens: [
    'trusted_network',
    {
      settings: { ...REQUIRED, 'network.trusted': ['10.0.0.0/8'], 'network.effect': 'longer_interval' },
      address: '10.1.2.3',
    },
  ],
  nothing_remembered: ['remembered_device', { settings: REQUIRED }],
  every_sign_in: [
    'remembered_device',
    { settings: { ...REQUIRED, 'challenge.interval_hours': 0 }, earlier: passed(0) },
  ],
  passed_too_long_ago: ['remembered_device', { settings: REQUIRED, earlier: passed(168) }],
  remembered_method_not_allowed: ['remembered_device', { settings: BY_EMAIL, earlier: passed(1, 'sms') }],
  no_usable_method: ['methods', { settings: REQUIRED, holds: { email: false } }],
  channel_set_up: ['channel_unconfigured', { settings: OPEN, holds: { email: false } }],
  no_channel_allowed: ['channel_unconfigured', { settings: { ...REQUIRED, 'methods.allowed': ['app'] } }],
  administrators_never_fail_open: ['channel_unconfigured', { settings: OPEN, user: ROOT, ...NO_MAIL }],
  role_never_fails_open: [
    'channel_unconfigured',
    { settings: OPEN, roles: [flagged('HR Manager', { failOpenAllowed: false })], ...NO_MAIL },
  ],
  had_an_authenticator: ['channel_unconfigured', { settings: OPEN, user: { hadAuthenticator: true }, ...NO_MAIL }],
  app_instead: [
    'channel_unconfigured',
    { settings: { ...BY_EMAIL, 'delivery.when_unconfigured': 'enrol_app' }, ...NO_MAIL },
  ],
  no_grace: ['grace', { settings: REQUIRED, holds: { email: false } }],
  grace_used_up: [
    'grace',
    {
      settings: { ...REQUIRED, 'enrolment.grace_days': 7 },
      holds: { email: false },
      user: { requiredSince: MONDAY - days(7) },
    },
  ],
  app_not_allowed: ['enrol', { settings: BY_EMAIL, holds: { email: false } }],
  no_address_for_link: [
    'enrol',
    {
      settings: { ...REQUIRED, 'methods.allowed': ['app'], 'enrolment.channel': 'email_link' },
      holds: { email: false },
    },
  ],
}

describe('[P1] every way to pass a rule over', () => {
  for (const [because, [rule, given]] of Object.entries(OVER)) {
    test(`${rule}: ${because}`, () => {
      const over = decide(facts(given)).passedOver.find((each) => each.rule === rule)
      assert.equal(over?.because, because)
    })
  }
})

test('[P1] a channel among other methods counts as a channel', () => {
  const given = { settings: { ...REQUIRED, 'methods.allowed': ['app', 'email'] }, holds: { email: false } } as const
  const over = decide(facts(given)).passedOver.find(({ rule }) => rule === 'channel_unconfigured')
  assert.equal(over?.because, 'channel_set_up')
})

test('[P10] a remembered browser says since when and until when it counts', () => {
  const decision = decide(facts({ settings: { ...REQUIRED, 'challenge.interval_hours': 24 }, earlier: passed(20) }))
  assert.equal(decision.rule, 'remembered_device')
  assert.equal(decision.since, MONDAY - hours(20))
  assert.equal(decision.until, MONDAY + hours(4))
})

test('[P10] the smallest interval of site, application, roles and user holds, and names its level', () => {
  const settings = { ...REQUIRED, 'challenge.interval_hours': 100 } as const
  const levels: readonly [GivenFacts, string | undefined, number][] = [
    [{}, 'site', 100],
    [{ application: { intervalHours: 50 } }, 'application', 50],
    [{ roles: [role('All', { intervalHours: 60 }), role('Driver', { intervalHours: 40 })] }, 'role', 40],
    [{ application: { intervalHours: 50 }, user: { intervalHours: 30 } }, 'user', 30],
    [{ application: { intervalHours: 200 }, user: { intervalHours: 300 } }, 'site', 100],
    [{ application: { intervalHours: 100 }, user: { intervalHours: 100 } }, 'site', 100],
  ]
  for (const [given, level, count] of levels) {
    const fresh = decide(facts({ settings, ...given, earlier: passed(count - 1) }))
    assert.deepEqual([fresh.rule, fresh.level], ['remembered_device', level])
    assert.equal(decide(facts({ settings, ...given, earlier: passed(count) })).rule, 'methods')
  }
})

test('[P9] a trusted network of a role counts for its holders, and a longer interval is four times as long', () => {
  const roles = [role('Office', { trustedNetworks: ['192.0.2.0/24'] })]
  const inside = decide(facts({ settings: REQUIRED, roles, address: '192.0.2.7' }))
  assert.deepEqual([inside.rule, inside.level], ['trusted_network', 'role'])
  assert.equal(decide(facts({ settings: REQUIRED, address: '192.0.2.7' })).rule, 'methods')

  const longer = { ...REQUIRED, 'challenge.interval_hours': 24, 'network.effect': 'longer_interval' } as const
  const after = (count: number) =>
    decide(facts({ settings: longer, roles, address: '192.0.2.7', earlier: passed(count) })).rule
  assert.equal(after(95), 'remembered_device')
  assert.equal(after(96), 'methods')
})

test('[P15] the grace of roles goes before that of the site, and of several roles the smallest holds', () => {
  const until = (...roles: (number | null)[]) =>
    decide(
      facts({
        settings: { ...REQUIRED, 'enrolment.grace_days': 5 },
        roles: roles.map((graceDays, index) => role(`Role ${index}`, { graceDays })),
        holds: { email: false },
        user: { requiredSince: MONDAY },
      }),
    )
  assert.deepEqual(shown(until(null)), ['grace', 'site', MONDAY + days(5)])
  assert.deepEqual(shown(until(9)), ['grace', 'role', MONDAY + days(9)])
  assert.deepEqual(shown(until(9, 3, null)), ['grace', 'role', MONDAY + days(3)])
  assert.deepEqual(shown(until(9, 0)), ['enrol', 'site', undefined])

  function shown(decision: ReturnType<typeof decide>) {
    return [decision.rule, decision.level, decision.until]
  }
})

test('[P15] grace begins with the first sign-in at which a factor is due', () => {
  const given = { settings: { ...REQUIRED, 'enrolment.grace_days': 7 }, holds: { email: false } } as const
  assert.equal(decide(facts({ ...given, user: { requiredSince: null } })).until, MONDAY + days(7))
  assert.equal(decide(facts({ ...given, user: { requiredSince: MONDAY - days(6) } })).until, MONDAY + days(1))
})

test('[P2] the trail ends where the decision was made', () => {
  const { rule, passedOver } = decide(facts())
  assert.equal(rule, 'not_required')
  assert.deepEqual(
    passedOver.map((each) => each.rule),
    ['site_off', 'api_path', 'external', 'website_user'],
  )
})
