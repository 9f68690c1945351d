import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Row } from './database.ts'
import { application, role } from './site-rows.ts'
import { strictly } from './strictest.ts'
import { user } from './user-rows.ts'

// What no constraint of today's tables lets in, and the tables of a newer version may: a third value of a flag, a number out of range.

const LAX_ROLE: Row = {
  site_id: 'site_a',
  name: 'Clerk',
  two_factor_auth: 0,
  bypass_allowed: 1,
  fail_open_allowed: 1,
  methods_allowed: null,
  interval_hours: null,
  grace_days: null,
  trusted_networks: null,
  version: 1,
}

test('[PO-09] each value of a role that cannot be read is the strictest one, alone and named', () => {
  const cases = [
    ['two_factor_auth', 2, 'twoFactorAuth', true],
    ['bypass_allowed', 2, 'bypassAllowed', false],
    ['fail_open_allowed', 'sometimes', 'failOpenAllowed', false],
    ['methods_allowed', '["app","telepathy"]', 'methodsAllowed', ['app']],
    ['methods_allowed', '["telepathy"]', 'methodsAllowed', []],
    ['methods_allowed', '{"app":"weekdays"}', 'methodsAllowed', []],
    ['methods_allowed', 'not JSON', 'methodsAllowed', []],
    ['interval_hours', -1, 'intervalHours', 0],
    ['interval_hours', 100_000, 'intervalHours', 0],
    ['grace_days', 91, 'graceDays', 0],
    ['trusted_networks', '[{"asn":64500}]', 'trustedNetworks', []],
  ] as const
  const lax = role(LAX_ROLE, () => assert.fail('all of it can be read'))
  for (const [column, value, key, strictest] of cases) {
    const unread: string[] = []
    const read = role({ ...LAX_ROLE, [column]: value }, (what) => void unread.push(what))
    assert.deepEqual(read, { ...lax, [key]: strictest }, `${column} ${value}`)
    assert.deepEqual(unread, [`role Clerk: ${column}`])
  }
})

test('[PO-09] an application that cannot be read is asked for at once and at every request', () => {
  const row = {
    site_id: 'site_a',
    name: 'web',
    title: 'Web',
    default_for_new_users: 2,
    interval_hours: -5,
    recheck_in_session: 3,
    session_hours: 0,
    session_idle_minutes: -1,
    hosts: '[]',
    version: 1,
  }
  const unread: string[] = []
  const read = application(row, (what) => void unread.push(what))
  assert.deepEqual(
    [read.defaultForNewUsers, read.intervalHours, read.recheckInSession, read.sessionHours, read.sessionIdleMinutes],
    [true, 0, true, 1, 1],
  )
  assert.equal(unread.length, 5)
})

test('[PO-09] a user with values that cannot be read is asked, exempt from nothing, and of an unknown kind disabled', () => {
  const row: Row = {
    id: 'usr_a',
    site_id: 'site_a',
    username: 'ada',
    display_name: 'Ada',
    email: null,
    phone: null,
    kind: 'system',
    status: 'active',
    language: null,
    two_factor_app: 0,
    two_factor_email: 0,
    two_factor_sms: 0,
    bypass_reason: null,
    interval_hours: null,
    had_authenticator: 0,
    required_since: null,
    created_at: 1,
    last_sign_in_at: null,
    session_epoch: 1,
    device_epoch: 1,
    version: 1,
  }
  const read = (bent: Row) => user({ ...row, ...bent }, [])
  assert.deepEqual(read({ two_factor_app: 2 }).twoFactor, { app: true, email: false, sms: false })
  assert.equal(read({ bypass_reason: 'on_holiday' }).bypass, null)
  assert.equal(read({ interval_hours: -1 }).intervalHours, 0)
  assert.equal(read({ had_authenticator: 2 }).hadAuthenticator, true)
  for (const bent of [{ kind: 'robot' }, { status: 'suspended' }]) assert.equal(read(bent).status, 'disabled')
  assert.equal(read({}).status, 'active')
})

test('what can be read is told to nobody, and no opinion stays none', () => {
  const read = strictly({ flag: 1, none: null, list: '["app"]', hours: 8760 }, 'it', () => assert.fail())
  assert.equal(read.flag('flag', false), true)
  assert.deepEqual([read.methods('none'), read.texts('none'), read.number('none', 'lock.after', 3)], [null, null, null])
  assert.deepEqual(read.methods('list'), ['app'])
  assert.equal(read.number('hours', 'challenge.interval_hours', 0), 8760)
})
