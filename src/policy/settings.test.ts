import assert from 'node:assert/strict'
import { test } from 'node:test'
import { facts, passed, role } from '../../test/facts.ts'
import { decide } from './decide.ts'
import { DEFAULTS, parseSetting, readSettings, SETTING_KEYS, SETTINGS, type SettingKey, STRICTEST } from './settings.ts'

type Row = readonly [
  key: SettingKey,
  initial: unknown,
  levels: string,
  good: readonly unknown[],
  refused: readonly unknown[],
]

const FLAG = [
  [true, false],
  ['true', 1, null],
] as const
const METHODS = ['app', 'email', 'sms', 'passkey', 'recovery', 'hardware']
const contact = { name: 'Kim', phone: '+49 151 1', email: 'kim@acme.test', text: 'at the gate' }

/** Every setting there is, its default, its levels, values that it takes and values that it refuses. */
// biome-ignore format: a table reads by its columns
const TABLE: readonly Row[] = [
  ['two_factor.enabled',                false,              'site',                       ...FLAG],
  ['two_factor.require_all',            false,              'site',                       ...FLAG],
  ['two_factor.flag_all_role_on_enable', true,              'site',                       ...FLAG],
  ['two_factor.include_website_users',  false,              'site',                       ...FLAG],
  ['methods.allowed', ['app', 'passkey', 'recovery', 'email', 'sms'], 'site role',        [METHODS, ['app']],          [[], ['app', 'app'], ['fax'], 'app']],
  ['methods.choice',                    'user_choice',      'site',                       ['site_fixed', 'user_flags', 'user_choice'], ['anyone', '']],
  ['delivery.primary',                  'email',            'site',                       ['sms', 'email'],            ['app', 'SMS', null]],
  ['delivery.email_sole',               false,              'site',                       ...FLAG],
  ['delivery.backup_offer_after',       1,                  'site',                       [0, 10, 'never'],            [-1, 11, 'always', 1.5]],
  ['delivery.sms_failure_fallback',     'email_if_enabled', 'site',                       ['none', 'email_if_enabled', 'email_always'], ['email']],
  ['delivery.send_on',                  'first_attempt',    'site',                       ['first_attempt', 'second_attempt'], ['third_attempt']],
  ['delivery.when_unconfigured',        'enrol_app',        'site',                       ['allow', 'enrol_app', 'block'], ['open']],
  ['delivery.when_send_fails',          'other_method',     'site',                       ['other_method', 'block'],   ['allow']],
  ['delivery.resend_cooldown_seconds',  30,                 'site',                       [10, 300],                   [9, 301]],
  ['delivery.max_sends_per_login',      5,                  'site',                       [1, 20],                     [0, -1, 2.5]],
  ['delivery.max_sends_per_user_hour',  10,                 'site',                       [1, 100],                    [0, -1]],
  ['delivery.max_unanswered_per_user_day', 10,              'site',                       [0, 1000],                   [-1, 1001]],
  ['delivery.max_sends_per_site_day',   0,                  'site',                       [0, 100_000],                [-1]],
  ['delivery.max_sms_per_number_hour',  20,                 'site',                       [0, 1000],                   [-1, 1001]],
  ['delivery.max_unanswered_sms_per_block', 50,             'site',                       [0, 10_000],                 [-1, 10_001]],
  ['delivery.sms_prefixes',             [],                 'site',                       [['+49', '+1'], ['+4315']],  [['49'], ['+0'], ['+'], ['+49 151'], '+49']],
  ['delivery.phone_countries',          [],                 'site',                       [['DE', 'AT'], ['US']],      [['de'], ['XX'], ['+49'], 'DE', ['DEU']]],
  ['delivery.phone_default_country',    '',                 'site',                       ['', 'DE'],                  ['de', 'XX', '+49', null]],
  ['delivery.sms_budget_month',         0,                  'site',                       [0, 10_000_000],             [-1, 0.5]],
  ['challenge.interval_hours',          168,                'site application role user', [0, 8760],                   [-1, 8761, 0.5, '24']],
  ['challenge.recheck_in_session',      false,              'site application',           ...FLAG],
  ['code.digits',                       6,                  'site',                       [6, 8],                      [5, 9]],
  ['code.ttl_seconds',                  300,                'site',                       [60, 600],                   [59, 601, 3600]],
  ['code.max_attempts',                 5,                  'site',                       [3, 10],                     [2, 11]],
  ['totp.skew_steps',                   1,                  'site',                       [0, 1],                      [-1, 2]],
  ['otp.issuer',                        '',                 'site',                       ['Acme ERP', ''],            ['x'.repeat(61), 7]],
  ['enrolment.channel',                 'screen',           'site',                       ['email_link', 'screen', 'both'], ['post']],
  ['enrolment.qr_ttl_seconds',          240,                'site',                       [60, 86_400],                [59, 86_401]],
  ['enrolment.grace_days',              0,                  'site role',                  [0, 90],                     [-1, 91]],
  ['contact.persons',                   [],                 'site',                       [[contact], [contact, contact]], [[{ ...contact, fax: '1' }], [{}], 'Kim']],
  ['contact.show_after',                3,                  'site',                       [1, 10],                     [0, 11]],
  ['audit.failed_codes_at',             3,                  'site',                       [1, 10],                     [0, 11]],
  ['lock.after',                        10,                 'site',                       [3, 50],                     [0, 51]],
  ['lock.window_seconds',               900,                'site',                       [60, 86_400],                [0]],
  ['lock.seconds',                      900,                'site',                       [10, 86_400],                [0]],
  ['session.duration_hours',            2160,               'site application',           [1, 8760],                   [0, 8761]],
  ['session.idle_minutes',              0,                  'site application',           [0, 10_200],                 [-1]],
  ['network.trusted',                   [],                 'site role',                  [['10.0.0.0/8', '2001:db8::/32'], []], [['10.'], ['10.0.0.0/33'], '10.0.0.0/8']],
  ['network.effect',                    'skip',             'site',                       ['skip', 'longer_interval'], ['open']],
  ['api.password_login',                'never',            'site',                       ['never', 'accounts_without_2fa', 'always'], [true]],
  ['identity_provider.default_second_factor', 'skip',         'site',                       ['skip', 'trust_amr', 'require'], ['never']],
  ['audit.retention_days',              365,                'site',                       [30, 3650],                  [29, 3651]],
  ['recovery.wait_hours',               1,                  'site',                       [0, 168],                     [-1, 169]],
  ['site.language',                     'en',               'site',                       ['de', 'fr', 'es', 'he', 'ar', 'en'], ['it', 'DE', '']],
  ['site.noun',                         'site',             'site',                       ['system', 'account', 'site', 'company'], ['tenant']],
]

test('[P21] the registry holds these settings and no others', () => {
  assert.deepEqual([...SETTING_KEYS].toSorted(), TABLE.map(([key]) => key).toSorted())
})

for (const [key, initial, levels, good, refused] of TABLE) {
  test(`[P21] ${key}: default, levels and range`, () => {
    assert.deepEqual(SETTINGS[key].default, initial)
    assert.deepEqual(DEFAULTS[key], initial)
    assert.equal(SETTINGS[key].levels.join(' '), levels)
    assert.ok(SETTINGS[key].says.length > 10)
    for (const value of [initial, ...good]) assert.deepEqual(parseSetting(key, value), { ok: true, value })
    for (const value of refused) {
      const parsed = parseSetting(key, value)
      assert.ok(!parsed.ok && parsed.problem.startsWith(key), `${key} takes ${JSON.stringify(value)}`)
    }
  })
}

test('[R-004] [EX-03] [P21] a code that lives longer than ten minutes is refused and not bent into range', () => {
  assert.deepEqual(parseSetting('code.ttl_seconds', 600), { ok: true, value: 600 })
  for (const value of [601, 3600]) {
    const parsed = parseSetting('code.ttl_seconds', value)
    assert.ok(!parsed.ok)
    assert.match(parsed.problem, /^code\.ttl_seconds: .*600/)
  }
})

test('[P21] what is wrong inside a list is told with its place', () => {
  const parsed = parseSetting('contact.persons', [contact, { ...contact, email: 'nobody' }])
  assert.ok(!parsed.ok)
  assert.match(parsed.problem, /^contact\.persons \(at 1\.email\): /)
})

test('[P22] stored values go before defaults', () => {
  const { settings, unreadable } = readSettings(new Map<string, unknown>([['code.digits', 8]]))
  assert.deepEqual(settings, { ...DEFAULTS, 'code.digits': 8 })
  assert.deepEqual(unreadable, [])
})

test('[PO-09] [P22] a site with a stored value that cannot be read is treated as strictly as it can be', () => {
  const lax: readonly [string, unknown][] = [
    ['two_factor.enabled', false],
    ['two_factor.require_all', false],
    ['two_factor.include_website_users', false],
    ['methods.allowed', ['app', 'email']],
    ['delivery.sms_failure_fallback', 'email_always'],
    ['delivery.when_unconfigured', 'allow'],
    ['challenge.interval_hours', 8760],
    ['code.max_attempts', 10],
    ['enrolment.channel', 'screen'],
    ['enrolment.grace_days', 90],
    ['session.duration_hours', 8760],
    ['network.trusted', ['0.0.0.0/0']],
    ['network.effect', 'skip'],
    ['api.password_login', 'always'],
  ]
  const newer: readonly [string, unknown][] = [
    ['two_factor.mode', 'risk_based'],
    ['delivery.when_unconfigured', 'ask_the_supervisor'],
    ['two_factor.enabled', 'sometimes'],
  ]
  for (const [key, value] of newer) {
    const { settings, unreadable } = readSettings(new Map([...lax, ['site.noun', 'company'], [key, value]]))
    assert.deepEqual(unreadable, [key])
    assert.deepEqual(settings, {
      ...DEFAULTS,
      'site.noun': 'company',
      ...STRICTEST,
      'methods.allowed': ['app', 'email'],
    })
    for (const kind of ['system', 'website'] as const) {
      const decision = decide(facts({ settings, user: { kind }, address: '10.0.0.1', earlier: passed(1) }))
      assert.deepEqual([decision.outcome, decision.rule], ['challenge', 'methods'])
    }
  }
  assert.deepEqual(STRICTEST, {
    'two_factor.enabled': true,
    'two_factor.require_all': true,
    'two_factor.include_website_users': true,
    'methods.allowed': ['app'],
    'delivery.sms_failure_fallback': 'none',
    'delivery.when_unconfigured': 'block',
    'challenge.interval_hours': 0,
    'code.max_attempts': 3,
    'enrolment.channel': 'email_link',
    'enrolment.grace_days': 0,
    'session.duration_hours': 24,
    'network.trusted': [],
    'network.effect': 'longer_interval',
    'api.password_login': 'never',
  })
})

test('[P22] the strictest reading is never laxer than what could be read', () => {
  const read = (more: readonly [string, unknown][]) =>
    readSettings(new Map<string, unknown>([['code.digits', 9], ...more])).settings
  const own = read([
    ['session.duration_hours', 8],
    ['methods.allowed', ['passkey']],
  ])
  assert.deepEqual([own['session.duration_hours'], own['methods.allowed']], [8, ['passkey']])
  const open = read([['methods.allowed', ['carrier_pigeon']]])
  assert.deepEqual([open['session.duration_hours'], open['methods.allowed']], [24, ['app']])
})

test('[P22] while a value cannot be read, the trusted networks of a role let nobody in unasked', () => {
  const { settings } = readSettings(new Map([['code.digits', 9]]))
  const roles = [role('Office', { trustedNetworks: ['10.0.0.0/8'] })]
  const decision = decide(facts({ settings, roles, address: '10.0.0.1', earlier: passed(1) }))
  assert.deepEqual([decision.outcome, decision.rule], ['challenge', 'methods'])
})
