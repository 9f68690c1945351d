import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { ALIASES, resolveKey, resolveName } from './aliases.ts'
import { editDistance, nearest } from './nearest.ts'
import { DEFAULTS, SETTING_KEYS } from './settings.ts'

function patchOf(key: string, text: string): object {
  const resolved = resolveKey(key, text)
  assert.ok(resolved.kind === 'patch', JSON.stringify(resolved))
  return resolved.patch
}

function problemOf(key: string, text: string): string {
  const resolved = resolveKey(key, text)
  assert.ok(resolved.kind === 'invalid', JSON.stringify(resolved))
  return resolved.problem
}

describe('[P24] names from Frappe', () => {
  test('[S2.1] enable_two_factor_auth switches two-factor authentication', () => {
    for (const yes of ['true', '1', 'on', 'True', 'yes'])
      assert.deepEqual(patchOf('enable_two_factor_auth', yes), { 'two_factor.enabled': true })
    for (const no of ['false', '0', 'off', 'no'])
      assert.deepEqual(patchOf('enable_two_factor_auth', no), { 'two_factor.enabled': false })
    assert.match(problemOf('enable_two_factor_auth', 'maybe'), /^enable_two_factor_auth is two_factor\.enabled: /)
  })

  test('two_factor_method sets the methods and, for codes, the channel', () => {
    assert.deepEqual(patchOf('two_factor_method', 'OTP App'), { 'methods.allowed': ['app'] })
    assert.deepEqual(patchOf('two_factor_method', 'sms'), { 'methods.allowed': ['sms'], 'delivery.primary': 'sms' })
    assert.deepEqual(patchOf('two_factor_method', 'Email'), {
      'methods.allowed': ['email'],
      'delivery.primary': 'email',
    })
    assert.deepEqual(patchOf('two_factor_method', 'Email/SMS'), {
      'methods.allowed': ['sms', 'email'],
      'delivery.primary': 'sms',
    })
    assert.match(problemOf('two_factor_method', 'Fax'), /^two_factor_method: .*OTP App/)
  })

  test('session_expiry in hours and minutes is an idle time', () => {
    assert.deepEqual(patchOf('session_expiry', '170:00'), { 'session.idle_minutes': 10_200 })
    assert.deepEqual(patchOf('session_expiry', '06:30'), { 'session.idle_minutes': 390 })
    assert.deepEqual(patchOf('session_expiry', '240:00:00'), { 'session.idle_minutes': 14_400 })
    for (const text of ['00:00', '6', '6:60', '6:5', 'never', '-1:00'])
      assert.match(problemOf('session_expiry', text), /^session_expiry: /)
  })

  test('the others are the same setting under another name, and its range holds', () => {
    assert.deepEqual(patchOf('lifespan_qrcode_image', '300'), { 'enrolment.qr_ttl_seconds': 300 })
    assert.deepEqual(patchOf('otp_issuer_name', ' Acme ERP '), { 'otp.issuer': 'Acme ERP' })
    assert.deepEqual(patchOf('allow_consecutive_login_attempts', '10'), { 'lock.after': 10 })
    assert.deepEqual(patchOf('allow_login_after_fail', '60'), { 'lock.seconds': 60 })
    assert.match(problemOf('allow_consecutive_login_attempts', '0'), /lock\.after: /)
  })

  test('each leads to a setting of ours', () => {
    for (const name of Object.keys(ALIASES)) assert.ok(SETTING_KEYS.some((key) => key === resolveName(name)))
    assert.equal(resolveName('session_expiry'), 'session.idle_minutes')
    assert.equal(resolveName('code.digits'), 'code.digits')
    for (const name of ['nothing', 'constructor', '__proto__', '']) assert.equal(resolveName(name), undefined)
  })
})

describe('[P24] text from a command line', () => {
  test('switches, numbers and words', () => {
    assert.deepEqual(patchOf('two_factor.require_all', 'ON'), { 'two_factor.require_all': true })
    assert.deepEqual(patchOf('challenge.interval_hours', ' 24 '), { 'challenge.interval_hours': 24 })
    assert.deepEqual(patchOf('delivery.primary', 'sms'), { 'delivery.primary': 'sms' })
    assert.deepEqual(patchOf('otp.issuer', '1'), { 'otp.issuer': '1' })
    assert.deepEqual(patchOf('otp.issuer', ''), { 'otp.issuer': '' })
  })

  test('a number, or the word that stands for none', () => {
    assert.deepEqual(patchOf('delivery.backup_offer_after', '2'), { 'delivery.backup_offer_after': 2 })
    assert.deepEqual(patchOf('delivery.backup_offer_after', 'never'), { 'delivery.backup_offer_after': 'never' })
  })

  test('lists with commas, or as JSON', () => {
    assert.deepEqual(patchOf('methods.allowed', 'email,sms'), { 'methods.allowed': ['email', 'sms'] })
    assert.deepEqual(patchOf('methods.allowed', '["email", "sms"]'), { 'methods.allowed': ['email', 'sms'] })
    assert.deepEqual(patchOf('network.trusted', '10.0.0.0/8, 2001:db8::/32'), {
      'network.trusted': ['10.0.0.0/8', '2001:db8::/32'],
    })
    assert.deepEqual(patchOf('network.trusted', '[]'), { 'network.trusted': [] })
    assert.deepEqual(patchOf('contact.persons', '[{"name":"Kim"}]'), {
      'contact.persons': [{ name: 'Kim', phone: '', email: '', text: '' }],
    })
  })

  test('what cannot be is refused and says where', () => {
    for (const [key, text] of [
      ['two_factor.enabled', '2'],
      ['code.digits', 'six'],
      ['code.digits', '6.5'],
      ['code.digits', '1e1'],
      ['code.digits', ''],
      ['code.ttl_seconds', '3600'],
      ['methods.allowed', ''],
      ['methods.allowed', 'email,email'],
      ['methods.allowed', '["email"'],
      ['network.trusted', '10.'],
      ['contact.persons', 'Kim'],
    ] as const)
      assert.ok(problemOf(key, text).startsWith(key))
  })

  test('every default can be typed', () => {
    for (const key of SETTING_KEYS) {
      const value = DEFAULTS[key]
      assert.deepEqual(patchOf(key, typeof value === 'string' ? value : JSON.stringify(value)), { [key]: value })
    }
  })
})

describe('[P24] a name that nobody knows', () => {
  test('leads to the one that was meant', () => {
    assert.deepEqual(resolveKey('enable_two_factor_auht', '1'), { kind: 'unknown', nearest: 'enable_two_factor_auth' })
    assert.deepEqual(resolveKey('code.tll_seconds', '1'), { kind: 'unknown', nearest: 'code.ttl_seconds' })
    assert.deepEqual(resolveKey('Two_Factor.Enabled', '1'), { kind: 'unknown', nearest: 'two_factor.enabled' })
  })

  test('or to none', () => {
    for (const name of ['colour', 'x', ''])
      assert.deepEqual(resolveKey(name, '1'), { kind: 'unknown', nearest: undefined })
  })

  test('a swap of neighbours is one slip', () => {
    assert.equal(editDistance('auht', 'auth'), 1)
    assert.equal(editDistance('ab', 'bc'), 2)
    assert.equal(editDistance('ab', 'ca'), 2)
    assert.equal(editDistance('abcd', 'badc'), 2)
    assert.equal(editDistance('abc', 'ab'), 1)
    assert.equal(editDistance('ab', 'abc'), 1)
    assert.equal(editDistance('abcdef', 'cdef'), 2)
    assert.equal(editDistance('cdef', 'abcdef'), 2)
    assert.equal(editDistance('kitten', 'sitting'), 3)
    assert.equal(editDistance('', 'abc'), 3)
    assert.equal(editDistance('abc', ''), 3)
    assert.equal(editDistance('same', 'same'), 0)
    assert.equal(nearest('sms', []), undefined)
    assert.equal(nearest('smz', ['app', 'sms', 'smx']), 'sms')
    assert.equal(nearest('smzz', ['sms']), undefined)
  })
})
