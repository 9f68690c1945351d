import fc from 'fast-check'
import { METHODS } from '#domain/method.ts'
import { days, hours } from '#domain/time.ts'
import { ADMINISTRATOR, USER_KINDS } from '#domain/user.ts'
import type { Facts } from '#policy/facts.ts'
import { DEFAULTS } from '#policy/settings.ts'
import { ELSEWHERE, exemption, facts, MONDAY, role } from './facts.ts'

const flag = fc.boolean()
const someMethods = fc.subarray([...METHODS])
const hoursOrNone = fc.option(fc.constantFrom(0, 1, 24, 168, 8760))
const networks = fc.subarray(['10.0.0.0/8', '192.0.2.0/24', '2001:db8::/32', '::/0'])

const aRole = fc
  .record({
    twoFactorAuth: flag,
    bypassAllowed: flag,
    failOpenAllowed: flag,
    methodsAllowed: fc.option(someMethods),
    intervalHours: hoursOrNone,
    graceDays: fc.option(fc.constantFrom(0, 1, 7, 90)),
    trustedNetworks: fc.option(networks),
  })
  .map((opinion) => role('Any', opinion))

const settings = fc
  .record({
    // Off answers everything with the first rule: on is where the laws are tried.
    'two_factor.enabled': fc.constantFrom(true, true, true, true, true, false),
    'two_factor.require_all': flag,
    'two_factor.include_website_users': flag,
    'methods.allowed': someMethods,
    'methods.choice': fc.constantFrom('site_fixed', 'user_flags', 'user_choice'),
    'delivery.primary': fc.constantFrom('sms', 'email'),
    'delivery.email_sole': flag,
    'delivery.sms_failure_fallback': fc.constantFrom('none', 'email_if_enabled', 'email_always'),
    'delivery.when_unconfigured': fc.constantFrom('allow', 'enrol_app', 'block'),
    'challenge.interval_hours': fc.constantFrom(0, 1, 24, 168, 8760),
    'enrolment.channel': fc.constantFrom('email_link', 'screen', 'both'),
    'enrolment.grace_days': fc.constantFrom(0, 0, 7, 90),
    'network.trusted': networks,
    'network.effect': fc.constantFrom('skip', 'longer_interval'),
    'api.password_login': fc.constantFrom('never', 'accounts_without_2fa', 'always'),
  } as const)
  .map((given) => ({ ...DEFAULTS, ...given }))

const via: fc.Arbitrary<Facts['via']> = fc.oneof(
  { weight: 6, arbitrary: fc.constant({ kind: 'form' } as const) },
  { weight: 1, arbitrary: fc.constantFrom({ kind: 'api_key' } as const, { kind: 'api_password' } as const) },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('external' as const),
      mode: fc.constantFrom('skip', 'trust_amr', 'require'),
      proved: flag,
    }),
  },
)

const user: fc.Arbitrary<Facts['user']> = fc.record({
  kind: fc.constantFrom(...USER_KINDS),
  roles: fc.constantFrom([], [ADMINISTRATOR]),
  twoFactor: fc.record({ app: flag, email: flag, sms: flag }),
  bypass: fc.option(
    fc
      .option(fc.integer({ min: -days(2), max: days(2) }))
      .map((left) => exemption({ expiresAt: left === null ? null : MONDAY + left })),
    { freq: 2 },
  ),
  intervalHours: hoursOrNone,
  hadAuthenticator: flag,
  requiredSince: fc.option(fc.integer({ min: 0, max: days(100) }).map((ago) => MONDAY - ago)),
})

const state = fc.constantFrom('configured', 'unconfigured')

/** Any case that the policy could ever be asked about, and some that nobody would set up. */
export const anyFacts: fc.Arbitrary<Facts> = fc
  .record({
    via,
    settings,
    user,
    roles: fc.array(aRole, { maxLength: 3 }),
    application: fc.record({ name: fc.constant('web'), intervalHours: hoursOrNone }),
    userApplication: fc.constantFrom(null, true, false),
    address: fc.constantFrom(null, ELSEWHERE, '10.1.2.3', '::ffff:10.1.2.3', '2001:db8::1', 'nonsense'),
    earlier: fc.option(
      fc.record({
        passedAt: fc.integer({ min: -hours(2), max: hours(400) }).map((ago) => MONDAY - ago),
        method: fc.constantFrom(...METHODS),
      }),
    ),
    holds: fc.record({ app: flag, email: flag, sms: flag, passkey: flag, recovery: flag, hardware: flag }),
    channels: fc.record({ email: state, sms: state }),
  } as const)
  .map((given) => facts(given))
