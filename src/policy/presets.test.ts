import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isPresetName, PRESET_NAMES, PRESETS, presetSettings } from './presets.ts'
import { parseSetting, type SettingKey } from './settings.ts'

/** What each setting is under each preset. */
// biome-ignore format: a table reads by its columns
const CELLS: readonly (readonly [SettingKey, ...unknown[]])[] = [
  //                                    manufacturing       scheduling              erp               fleet             retail
  ['two_factor.enabled',                false,              false,                  false,            false,            false],
  ['two_factor.require_all',            true,               false,                  false,            false,            false],
  ['two_factor.flag_all_role_on_enable', false,             false,                  true,             false,            true],
  ['two_factor.include_website_users',  true,               true,                   false,            true,             false],
  ['methods.allowed',                   ['email'],          ['sms', 'email'],       ['app'],          ['sms', 'email'], ['app']],
  ['methods.choice',                    'site_fixed',       'user_flags',           'site_fixed',     'site_fixed',     'site_fixed'],
  ['delivery.primary',                  'email',            'sms',                  'email',          'sms',            'sms'],
  ['challenge.interval_hours',          168,                0,                      0,                0,                0],
  ['code.ttl_seconds',                  600,                600,                    300,              300,              300],
  ['delivery.sms_failure_fallback',     'email_if_enabled', 'email_always',         'none',           'none',           'none'],
  ['delivery.backup_offer_after',       1,                  'never',                'never',          1,                'never'],
  ['delivery.send_on',                  'first_attempt',    'first_attempt',        'first_attempt',  'first_attempt',  'second_attempt'],
  ['delivery.when_unconfigured',        'allow',            'block',                'block',          'block',          'block'],
  ['contact.show_after',                3,                  3,                      3,                3,                3],
  ['audit.failed_codes_at',             3,                  3,                      3,                3,                3],
  ['lock.after',                        10,                 10,                     10,               10,               10],
  ['lock.seconds',                      900,                900,                    60,               900,              60],
  ['session.duration_hours',            2160,               2160,                   2160,             2160,             2160],
  ['session.idle_minutes',              0,                  0,                      10_200,           0,                10_200],
  ['enrolment.channel',                 'screen',           'screen',               'email_link',     'screen',         'both'],
  ['identity_provider.default_second_factor', 'skip',         'skip',                 'require',          'skip',           'require'],
  ['api.password_login',                'never',            'accounts_without_2fa', 'never',          'never',          'never'],
  ['site.noun',                         'system',           'account',              'site',           'company',        'site'],
  ['code.digits',                       6,                  6,                      6,                6,                6],
  ['enrolment.qr_ttl_seconds',          240,                240,                    240,              240,              240],
]

test('[P23] every preset holds what the table says', () => {
  for (const [key, ...cells] of CELLS) {
    assert.deepEqual(
      PRESET_NAMES.map((name) => presetSettings(name)[key]),
      cells,
      key,
    )
  }
})

test('[P23] a preset sets nothing beyond the table, and only what the registry takes', () => {
  for (const name of PRESET_NAMES) {
    assert.ok(isPresetName(name))
    for (const [key, value] of Object.entries(PRESETS[name].settings)) {
      assert.ok(CELLS.some(([known]) => known === key))
      assert.deepEqual(parseSetting(key as SettingKey, value), { ok: true, value })
    }
  }
  assert.ok(!isPresetName('factory'))
})

test('[P23] applications and the roles a site begins with', () => {
  assert.deepEqual(
    PRESET_NAMES.map((name) => PRESETS[name].applications),
    [{ web: false }, { web: false }, { web: false }, { web: true, manager: true }, { web: false }],
  )
})

test('[S0.6] manufacturing asks every 168 hours', () => {
  assert.equal(presetSettings('manufacturing')['challenge.interval_hours'], 168)
})

test('[S1.14] a session lasts 90 days', () => {
  assert.equal(presetSettings('scheduling')['session.duration_hours'], 90 * 24)
})

test('[S2.17] the roles of the examples are there', () => {
  const roles = ['System Manager', 'Accounts Manager', 'HR Manager', 'Compliance Officer']
  assert.deepEqual(PRESETS.erp.roles, roles)
})

test('[S2.26] one method for the whole site', () => {
  assert.equal(presetSettings('erp')['methods.choice'], 'site_fixed')
})

test('[S4.9] the QR code is valid for 240 seconds', () => {
  assert.equal(presetSettings('retail')['enrolment.qr_ttl_seconds'], 240)
})
