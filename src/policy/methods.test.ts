import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ADMINISTRATOR } from '#domain/user.ts'
import { facts, type GivenFacts, role } from '../../test/facts.ts'
import { allowedMethods, enrolmentChannel, noChannelConfigured, usableMethods } from './methods.ts'

const EVERYTHING = { app: true, email: true, sms: true, passkey: true, recovery: true, hardware: true }
const SITE = ['app', 'passkey', 'recovery', 'email', 'sms'] as const

test('[P11] each role narrows what the site allows, and adds nothing', () => {
  const allowed = (...ofRoles: (readonly ('app' | 'email' | 'sms' | 'hardware')[] | null)[]) =>
    allowedMethods(facts({ roles: ofRoles.map((methodsAllowed) => role('Any', { methodsAllowed })) }))
  assert.deepEqual(allowed(null), SITE)
  assert.deepEqual(allowed(['app', 'email', 'hardware']), ['app', 'email'])
  assert.deepEqual(allowed(['app', 'email'], null, ['email', 'sms']), ['email'])
  assert.deepEqual(allowed([]), [])
})

test('[P11] switches on the user choose among app, email and SMS only where the site lets them, and only if one is on', () => {
  const allowed = (choice: 'user_flags' | 'user_choice', ...on: ('app' | 'email' | 'sms')[]) =>
    allowedMethods(
      facts({
        settings: { 'methods.choice': choice },
        user: { twoFactor: { app: on.includes('app'), email: on.includes('email'), sms: on.includes('sms') } },
      }),
    )
  assert.deepEqual(allowed('user_flags'), SITE)
  assert.deepEqual(allowed('user_choice', 'sms'), SITE)
  assert.deepEqual(allowed('user_flags', 'app'), ['app', 'passkey', 'recovery'])
  assert.deepEqual(allowed('user_flags', 'email'), ['passkey', 'recovery', 'email'])
  assert.deepEqual(allowed('user_flags', 'sms'), ['passkey', 'recovery', 'sms'])
  assert.deepEqual(allowed('user_flags', 'email', 'sms'), ['passkey', 'recovery', 'email', 'sms'])
})

test('[P11] administrators may always use an app', () => {
  const root = { settings: { 'methods.allowed': ['email'] }, user: { roles: [ADMINISTRATOR] } } as const
  assert.deepEqual(allowedMethods(facts(root)), ['email', 'app'])
  assert.deepEqual(allowedMethods(facts({ ...root, settings: {} })), SITE)
})

test('[P12] everything in hand, in the order in which it is asked for', () => {
  const usable = (settings: GivenFacts['settings']) =>
    usableMethods(facts({ settings: { 'methods.allowed': [...SITE, 'hardware'], ...settings }, holds: EVERYTHING }))
  const strong = ['passkey', 'app', 'hardware']
  assert.deepEqual(usable({ 'delivery.primary': 'email' }), [...strong, 'email', 'sms', 'recovery'])
  assert.deepEqual(usable({ 'delivery.primary': 'sms' }), [...strong, 'sms', 'email', 'recovery'])
  assert.deepEqual(usable({ 'methods.allowed': ['recovery'] }), [])
  assert.deepEqual(usable({ 'methods.allowed': ['recovery', 'sms'] }), ['sms', 'recovery'])
})

test('[P11] a channel counts if it is set up and the user has an address on it', () => {
  const usable = (given: GivenFacts) => usableMethods(facts(given))
  assert.deepEqual(usable({}), ['email'])
  assert.deepEqual(usable({ holds: { email: false } }), [])
  assert.deepEqual(usable({ channels: { email: 'unconfigured' } }), [])
  assert.deepEqual(usable({ channels: { sms: 'unconfigured' }, holds: { sms: true } }), ['email'])
})

test('[P11] email stands in for an SMS that cannot go, only where the site says always, and only for SMS', () => {
  const usable = (fallback: 'email_always' | 'email_if_enabled' | 'none', given: GivenFacts = {}) => {
    const settings = { 'methods.allowed': ['sms'], 'delivery.sms_failure_fallback': fallback } as const
    return usableMethods(facts({ ...given, settings: { ...settings, ...given.settings } }))
  }
  assert.deepEqual(usable('email_always'), ['email'])
  assert.deepEqual(usable('email_if_enabled'), [])
  assert.deepEqual(usable('none'), [])
  assert.deepEqual(usable('email_always', { holds: { sms: true } }), ['sms'])
  assert.deepEqual(usable('email_always', { holds: { email: false } }), [])
  assert.deepEqual(usable('email_always', { channels: { email: 'unconfigured' } }), [])
  assert.deepEqual(usable('email_always', { settings: { 'methods.allowed': ['app'] } }), [])
  assert.deepEqual(usable('email_always', { settings: { 'methods.allowed': ['email', 'sms'] } }), ['email'])
})

test('[P13] no channel is set up only if every one that is allowed is not, and there is one', () => {
  const none = (methods: readonly ('app' | 'email' | 'sms')[], ...setUp: ('email' | 'sms')[]) =>
    noChannelConfigured(
      facts({
        settings: { 'methods.allowed': methods },
        channels: {
          email: setUp.includes('email') ? 'configured' : 'unconfigured',
          sms: setUp.includes('sms') ? 'configured' : 'unconfigured',
        },
      }),
    )
  assert.ok(none(['email']))
  assert.ok(none(['app', 'email'], 'sms'))
  assert.ok(none(['email', 'sms']))
  assert.ok(!none(['email', 'sms'], 'sms'))
  assert.ok(!none(['app']))
  assert.ok(!none([]))
})

test('[P16] where an app is bound, by what the site wants and whom a link can reach', () => {
  const place = (wanted: 'screen' | 'email_link' | 'both', given: GivenFacts = {}) =>
    enrolmentChannel(
      facts({
        ...given,
        settings: { 'methods.allowed': ['app'], 'enrolment.channel': wanted, ...given.settings },
      }),
    )
  const noMail: GivenFacts = { channels: { email: 'unconfigured' } }
  const noAddress: GivenFacts = { holds: { email: false } }
  const block = { settings: { 'delivery.when_unconfigured': 'block' } } as const
  const root = { user: { roles: [ADMINISTRATOR] } }

  assert.deepEqual([place('screen'), place('email_link'), place('both')], ['screen', 'email_link', 'both'])
  assert.deepEqual([place('email_link', noAddress), place('both', noAddress)], [undefined, 'screen'])
  assert.deepEqual([place('email_link', noMail), place('email_link', { ...noMail, ...block })], ['screen', undefined])
  assert.deepEqual([place('email_link', root), place('both', root), place('screen', root)], ['both', 'both', 'screen'])
  assert.deepEqual(
    [place('email_link', { ...root, ...noMail, ...block }), place('email_link', { ...root, ...noAddress })],
    ['screen', 'screen'],
  )
})
