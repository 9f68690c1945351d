import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ALIASES } from './aliases.ts'
import { ATTRIBUTES } from './attributes.ts'
import { OLD_NAMES, OLD_SYSTEMS } from './old-names.ts'
import { searchSettings } from './search-settings.ts'
import { isSettingKey } from './settings.ts'

const keys = (typed: string) => searchSettings(typed).settings.map(({ key }) => key)

test('[S0.4] [S1.15] [S2.3] [S3.2] [S4.5] what five systems place somewhere is found by its place and name there', () => {
  const looked: readonly (readonly [string, readonly string[]])[] = [
    ['Email Two-Factor Authentication', ['two_factor.enabled', 'two_factor.require_all']],
    ['Enable Email 2FA', ['two_factor.enabled', 'two_factor.require_all']],
    ['Hours Between Challenges', ['challenge.interval_hours']],
    ['Login Session Duration', ['session.duration_hours']],
    ['OTP Validation Method', ['methods.allowed', 'methods.choice', 'delivery.primary']],
    ['QR Code Expiry Time', ['enrolment.qr_ttl_seconds']],
    ['OTP Issuer Name', ['otp.issuer']],
    ['General settings', ['delivery.primary', 'delivery.email_sole', 'contact.persons']],
    ['Default settings', ['application.default_for_new_users']],
    ['Audit log', ['audit.failed_codes_at', 'audit.retention_days']],
    ['Login tab', ['two_factor.enabled']],
  ]
  for (const [typed, expected] of looked)
    for (const key of expected) assert.ok(keys(typed).includes(key), `${typed}: ${key}`)
})

test('an old name comes before what only speaks of the words', () => {
  const { settings } = searchSettings('hours between challenges')
  assert.deepEqual([settings[0]?.key, settings[0]?.oldNames[0]?.system], ['challenge.interval_hours', 'next_plus'])
})

test('a setting is found by its own name and by what it says, however it is spelled', () => {
  assert.deepEqual(keys('qr ttl seconds'), ['enrolment.qr_ttl_seconds'])
  assert.deepEqual(keys('CIDR'), ['network.trusted'])
  assert.deepEqual(keys('lifespan_qrcode_image'), ['enrolment.qr_ttl_seconds'])
})

test('what is a command here is found as one', () => {
  assert.deepEqual(
    searchSettings('clear all login sessions').commands.map(({ command }) => command),
    ['sessions clear'],
  )
})

test('what nobody knows has a proposal when one is close, and an empty search finds nothing', () => {
  assert.deepEqual(searchSettings('OTP Isuer Nmae').nearest, 'OTP Issuer Name')
  assert.deepEqual(searchSettings('weather'), { settings: [], commands: [], nearest: undefined })
  assert.deepEqual(keys(' - '), [])
})

test('every old name leads to something that exists, and every alias is an old name', () => {
  const attributes = ATTRIBUTES.map(({ key }) => key)
  for (const { name, means, command } of OLD_NAMES) {
    assert.ok(means.length > 0 || command !== undefined, name)
    for (const key of means) assert.ok(isSettingKey(key) || attributes.includes(key), `${name}: ${key}`)
  }
  assert.deepEqual([...new Set(OLD_NAMES.map(({ system }) => system))].toSorted(), Object.keys(OLD_SYSTEMS).toSorted())
  for (const [alias, { key }] of Object.entries(ALIASES)) assert.ok(keys(alias).includes(key), alias)
})
