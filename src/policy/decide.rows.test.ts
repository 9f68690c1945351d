import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { days, minutes } from '#domain/time.ts'
import { ADMINISTRATOR } from '#domain/user.ts'
import { exemption, facts, flagged, type GivenFacts, MONDAY, passed, role } from '../../test/facts.ts'
import { decide } from './decide.ts'
import { type PresetName, presetSettings } from './presets.ts'
import type { SettingsPatch } from './settings.ts'

// What the policy alone proves of the rows: people who sign in under a preset, each on a browser that nobody knows.

const root = { user: { roles: [ADMINISTRATOR] } } as const
const web = { user: { kind: 'website' }, roles: [] } as const
const sam = (...roles: ReturnType<typeof role>[]) => ({ roles: [role('All'), ...roles] })
const ACCOUNTS = 'Accounts Manager'
const NO_MAIL = { channels: { email: 'unconfigured' } } as const
const OFF = { 'two_factor.enabled': false } as const
const USER_SWITCH = { app: false, email: false, sms: true }

/** Signs in at a site with this preset, two-factor authentication switched on. */
function at(preset: PresetName, given: GivenFacts = {}, changes: SettingsPatch = {}) {
  const settings = { ...presetSettings(preset), 'two_factor.enabled': true, ...changes }
  return decide(facts({ ...given, settings }))
}

function said(decision: ReturnType<typeof at>): string {
  return `${decision.outcome} by ${decision.rule}`
}

const ASKED = 'challenge by methods'
const ENROLS = 'enrol by enrol'

describe('manufacturing', () => {
  test('[S0.3] without two-factor authentication the password alone is enough', () => {
    assert.equal(said(at('manufacturing', {}, OFF)), 'skip by site_off')
  })

  test('[S0.5] the switch of the site works in both directions', () => {
    assert.equal(said(at('manufacturing')), ASKED)
    assert.equal(said(at('manufacturing', {}, OFF)), 'skip by site_off')
  })

  test('[S0.8] everybody is covered, administrators and operators included', () => {
    for (const person of [root, sam(role(ACCOUNTS)), {}]) assert.equal(said(at('manufacturing', person)), ASKED)
  })

  test('[S0.9] inside 168 hours a browser is not asked again, after them it is', () => {
    const after = (short: number) => at('manufacturing', { earlier: passed(168), now: MONDAY + minutes(short) })
    assert.equal(said(after(-1)), 'skip by remembered_device')
    assert.equal(said(after(1)), ASKED)
  })

  test('[S0.9b] another browser is asked at once', () => {
    assert.equal(said(at('manufacturing', { earlier: null })), ASKED)
  })

  test('[S0.12] an exempted operator is not asked', () => {
    assert.equal(said(at('manufacturing', { user: { bypass: exemption() } })), 'skip by bypass')
  })

  test('[S0.15] who comes with a SAML assertion is not asked', () => {
    const via = { kind: 'external', mode: 'skip', proved: false } as const
    assert.equal(said(at('manufacturing', { via })), 'skip by external')
  })

  test('[S0.16] [P4] a program with its key is not asked', () => {
    assert.equal(said(at('manufacturing', { via: { kind: 'api_key' } })), 'skip by api_path')
  })

  test('[S0.17] a mail transport that was never set up lets production go on, but no administrator in', () => {
    assert.equal(said(at('manufacturing', NO_MAIL)), 'skip by channel_unconfigured')
    assert.equal(said(at('manufacturing', { ...NO_MAIL, ...root })), ENROLS)
  })

  test('[S0.17b] a transport that is set up and fails opens no door: to the policy it is set up', () => {
    assert.equal(said(at('manufacturing', { channels: { email: 'configured' } })), ASKED)
    // @ts-expect-error there is no state of a channel that failing could bring
    facts({ channels: { email: 'failing' } })
  })

  test('[S0.19] more hours ask less often, and fewer hours bite at the next sign-in', () => {
    const with200HoursAgo = (count: number) =>
      said(at('manufacturing', { earlier: passed(200) }, { 'challenge.interval_hours': count }))
    assert.equal(with200HoursAgo(168), ASKED)
    assert.equal(with200HoursAgo(336), 'skip by remembered_device')
    assert.equal(with200HoursAgo(24), ASKED)
  })

  test('[S0.23] switched off nobody is asked; switched on again nobody has to enrol anew', () => {
    const enrolled = { holds: { app: true, email: false }, user: { hadAuthenticator: true } }
    const methods = { 'methods.allowed': ['app'] } as const
    assert.equal(said(at('manufacturing', enrolled, methods)), ASKED)
    assert.equal(said(at('manufacturing', enrolled, { ...methods, ...OFF })), 'skip by site_off')
    assert.equal(said(at('manufacturing', enrolled, methods)), ASKED)
  })
})

describe('scheduling', () => {
  const on = (given: GivenFacts = {}) => ({ ...given, user: { twoFactor: USER_SWITCH }, holds: { sms: true } })

  test('[S1.3] only the user who has a switch on is asked', () => {
    assert.equal(said(at('scheduling', on())), ASKED)
    assert.equal(said(at('scheduling')), 'skip by not_required')
  })

  test('[S1.6] every sign-in is asked, also in the browser that has just passed', () => {
    assert.equal(said(at('scheduling', on({ earlier: passed(0, 'sms') }))), ASKED)
  })

  test('[S1.8] with only SMS on, email stands in when there is no phone to send to', () => {
    const decision = at('scheduling', { ...on(), holds: { sms: false, email: true } })
    assert.deepEqual(decision.outcome === 'challenge' && decision.methods, ['email'])
  })

  test('[S1.9b] with both switches on, SMS comes first', () => {
    const both = { user: { twoFactor: { app: false, email: true, sms: true } }, holds: { sms: true, email: true } }
    const decision = at('scheduling', both)
    assert.deepEqual(decision.outcome === 'challenge' && decision.methods, ['sms', 'email'])
  })

  test('[S1.10] users without a switch enter no code', () => {
    assert.equal(said(at('scheduling', { holds: { sms: true, email: true } })), 'skip by not_required')
  })

  test('[S1.17] [P4] a service account without two-factor authentication may use its password on the API', () => {
    const via = { kind: 'api_password' } as const
    assert.equal(said(at('scheduling', { via })), 'skip by api_path')
    assert.equal(said(at('scheduling', on({ via }))), 'deny by api_path')
    assert.equal(said(at('scheduling', { via }, { 'api.password_login': 'never' })), 'deny by api_path')
  })
})

describe('erp', () => {
  const all = flagged('All')
  const holdsApp = { holds: { app: true }, user: { hadAuthenticator: true } }

  test('[S2.14] with the role All flagged every system user is asked', () => {
    for (const more of [[role(ACCOUNTS)], []])
      assert.equal(said(at('erp', { ...holdsApp, roles: [all, ...more] })), ASKED)
  })

  test('[S2.15] the Administrator is asked too, and can always enrol on the screen', () => {
    assert.equal(said(at('erp', { holds: { app: true }, ...root, roles: [all] })), ASKED)
    for (const channels of [{ email: 'configured' }, { email: 'unconfigured' }] as const) {
      const decision = at('erp', { ...root, roles: [all], channels })
      assert.ok(decision.outcome === 'enrol' && decision.channel !== 'email_link')
    }
  })

  test('[S2.16] with All off and another role on, only its holders are asked', () => {
    assert.equal(said(at('erp', { ...holdsApp, ...sam(flagged(ACCOUNTS)) })), ASKED)
    assert.equal(said(at('erp', holdsApp)), 'skip by not_required')
  })

  test('[S2.18] website users are not asked', () => {
    assert.equal(said(at('erp', { ...web, roles: [all] })), 'skip by website_user')
  })

  test('[S2.19] a program with its key is not asked', () => {
    assert.equal(said(at('erp', { roles: [all], via: { kind: 'api_key' } })), 'skip by api_path')
  })

  test('[S2.27] of several roles one that is flagged is enough', () => {
    assert.equal(said(at('erp', { ...holdsApp, ...sam(flagged(ACCOUNTS), role('HR Manager')) })), ASKED)
  })

  test('[S2.6] the first sign-in leads to enrolment by an emailed link', () => {
    const decision = at('erp', { roles: [all] })
    assert.ok(decision.outcome === 'enrol' && decision.channel === 'email_link')
  })
})

describe('fleet', () => {
  const inTheWeb = { application: { name: 'web' }, holds: { sms: true } }
  const inTheManager = { ...inTheWeb, application: { name: 'manager' } }

  test('[S3.15] the two applications are asked apart from each other', () => {
    assert.equal(said(at('fleet', { ...inTheWeb, userApplication: true })), ASKED)
    assert.equal(said(at('fleet', { ...inTheManager, userApplication: false })), 'skip by not_required')
  })

  test('[S3.17] a switch that is off for an application, or was never set, asks nobody there', () => {
    for (const userApplication of [false, null])
      assert.equal(said(at('fleet', { ...inTheManager, userApplication })), 'skip by not_required')
    assert.equal(said(at('fleet', { ...inTheManager, userApplication: true })), ASKED)
  })
})

describe('retail', () => {
  test('[S4.4] without mail the Administrator gets in: an app is bound on the screen', () => {
    const decision = at('retail', { ...root, ...NO_MAIL, roles: [flagged('All')], holds: { email: false } })
    assert.ok(decision.outcome === 'enrol' && decision.channel === 'screen')
  })

  test('[S4.13] with the role All unticked a plain user is not asked', () => {
    assert.equal(said(at('retail')), 'skip by not_required')
  })

  test('[S4.14] with another role ticked its holders are asked', () => {
    assert.equal(said(at('retail', { ...sam(flagged(ACCOUNTS)), holds: { app: true } })), ASKED)
  })

  test('[S4.15] neither website users nor programs are asked', () => {
    assert.equal(said(at('retail', { ...web, roles: [flagged('All')] })), 'skip by website_user')
    assert.equal(said(at('retail', { roles: [flagged('All')], via: { kind: 'api_key' } })), 'skip by api_path')
  })

  test('[S4.16] a user whose role is flagged later has to enrol at the next sign-in', () => {
    assert.equal(said(at('retail', sam(role(ACCOUNTS)))), 'skip by not_required')
    assert.equal(said(at('retail', sam(flagged(ACCOUNTS)))), ENROLS)
  })
})

describe('edge cases of the policy', () => {
  const asked = { 'two_factor.require_all': true } as const

  test('edge case 1: a site that uses email only never asks for a code by SMS', () => {
    const decision = at('fleet', { userApplication: true, holds: { sms: true } }, { 'delivery.email_sole': true })
    assert.deepEqual(decision.outcome === 'challenge' && decision.methods, ['email'])
    const noMail = at(
      'fleet',
      { userApplication: true, holds: { sms: true, email: false } },
      { 'delivery.email_sole': true },
    )
    assert.equal(noMail.outcome, 'deny')
  })

  test('edge case 2: SMS that is set up keeps the door shut while email was never set up', () => {
    const changes = { ...asked, 'delivery.when_unconfigured': 'allow' } as const
    const phone = { holds: { sms: true }, ...NO_MAIL }
    assert.equal(said(at('fleet', phone, changes)), ASKED)
    assert.equal(said(at('fleet', { ...NO_MAIL, holds: { sms: false } }, changes)), 'deny by no_method')
  })

  test('edge case 3: when an exemption ends, the next sign-in is asked', () => {
    const bypass = exemption({ expiresAt: MONDAY + 1 })
    assert.equal(said(at('manufacturing', { user: { bypass } })), 'skip by bypass')
    assert.equal(said(at('manufacturing', { user: { bypass }, now: MONDAY + 1 })), ASKED)
  })

  test('edge case 4: a role flagged later leaves a remembered browser remembered, if it allows the method', () => {
    const remembered = { earlier: passed(1, 'email') }
    const flaggedWith = (...methods: ('app' | 'email')[]) =>
      said(at('manufacturing', { ...remembered, roles: [flagged(ACCOUNTS, { methodsAllowed: methods })] }, METHODS))
    const METHODS = { 'methods.allowed': ['app', 'email'] } as const
    assert.equal(flaggedWith('app', 'email'), 'skip by remembered_device')
    assert.equal(flaggedWith('app'), ENROLS)
  })

  test('edge case 5: without the last authenticator the next sign-in enrols', () => {
    const removed = { roles: [flagged('All')], user: { hadAuthenticator: true }, holds: { app: false } }
    assert.equal(said(at('retail', removed)), ENROLS)
    const openDoor = { 'delivery.when_unconfigured': 'allow', 'methods.allowed': ['app', 'email'] } as const
    assert.equal(said(at('retail', { ...removed, ...NO_MAIL }, openDoor)), ENROLS)
  })

  test('edge case 6: when the site changes its method, everybody enrols at the next sign-in', () => {
    const changes = { 'methods.allowed': ['app'] } as const
    assert.equal(said(at('manufacturing', {})), ASKED)
    assert.equal(said(at('manufacturing', {}, changes)), ENROLS)
  })

  test('edge case 10: a website user who becomes a system user is asked the next time', () => {
    const given = { roles: [flagged('All')], holds: { app: true } }
    assert.equal(said(at('erp', { ...given, user: { kind: 'website' } })), 'skip by website_user')
    assert.equal(said(at('erp', { ...given, user: { kind: 'system' } })), ASKED)
  })

  test('edge case 11: the password of a user who comes by SAML is asked', () => {
    assert.equal(
      said(at('manufacturing', { via: { kind: 'external', mode: 'skip', proved: false } })),
      'skip by external',
    )
    assert.equal(said(at('manufacturing', { via: { kind: 'form' } })), ASKED)
  })

  test('edge case 14: a clock that goes back forgets no browser', () => {
    assert.equal(said(at('manufacturing', { earlier: passed(0), now: MONDAY - days(2) })), 'skip by remembered_device')
  })

  test('edge case 15: a browser is judged by the interval of today', () => {
    const given = { earlier: passed(30) }
    assert.equal(said(at('manufacturing', given, { 'challenge.interval_hours': 48 })), 'skip by remembered_device')
    assert.equal(said(at('manufacturing', given, { 'challenge.interval_hours': 24 })), ASKED)
  })
})

describe('doors that stay shut', () => {
  const open = { 'delivery.when_unconfigured': 'allow' } as const

  test('[FO-04] who holds an app is asked for it, although the channel was never set up', () => {
    const decision = at('manufacturing', { ...NO_MAIL, holds: { app: true }, user: { hadAuthenticator: true } }, open)
    assert.deepEqual(decision.outcome === 'challenge' && decision.methods, ['app'])
  })

  test('[FO-05] [P18] an address that is missing is no reason to be let in', () => {
    assert.equal(said(at('manufacturing', { holds: { email: false } }, open)), 'deny by no_method')
  })

  test('[P14] where the site refuses, an app that it does not allow is no way in', () => {
    const held = { ...NO_MAIL, holds: { app: true }, user: { hadAuthenticator: true } }
    const refuses = { 'delivery.when_unconfigured': 'block' } as const
    assert.equal(said(at('manufacturing', held, refuses)), 'deny by channel_unconfigured')
  })

  test('[P14] an app that is to stand in for the channel is bound on the screen', () => {
    const bySms = { 'methods.allowed': ['sms'], 'delivery.when_unconfigured': 'enrol_app' } as const
    const changes = { ...bySms, 'enrolment.channel': 'email_link' } as const
    const decision = at('manufacturing', { channels: { sms: 'unconfigured' } }, changes)
    assert.ok(decision.outcome === 'enrol' && decision.channel === 'screen')
  })

  test('[P5] an identity provider counts only as far as the site trusts it', () => {
    const asserted = (mode: 'skip' | 'trust_amr' | 'require', proved: boolean) =>
      said(at('manufacturing', { via: { kind: 'external', mode, proved } }))
    assert.equal(asserted('skip', false), 'skip by external')
    assert.equal(asserted('trust_amr', true), 'skip by external')
    assert.equal(asserted('trust_amr', false), ASKED)
    assert.equal(asserted('require', true), ASKED)
  })

  test('[PO-02] a role that requires is not taken back by one that does not', () => {
    const noOpinion = { 'two_factor.require_all': false } as const
    for (const roles of [
      [flagged('One'), role('Other')],
      [role('Other'), flagged('One')],
    ])
      assert.equal(said(at('manufacturing', { roles }, noOpinion)), ASKED)
  })

  test('[PO-08] [P7] of 81 ways to set site, role, user and application, all but those without an opinion ask', () => {
    const ways = ['unset', 'off', 'on'] as const
    const asks = ways.flatMap((site) =>
      ways.flatMap((ofRole) =>
        ways.flatMap((ofUser) =>
          ways.map((ofApplication) => {
            const settings = site === 'unset' ? {} : { 'two_factor.require_all': site === 'on' }
            const roles = ofRole === 'unset' ? [] : [role('One', { twoFactorAuth: ofRole === 'on' })]
            const user = ofUser === 'unset' ? {} : { twoFactor: { app: false, email: ofUser === 'on', sms: false } }
            const userApplication = ofApplication === 'unset' ? null : ofApplication === 'on'
            const { outcome } = decide(facts({ settings, roles, user, userApplication }))
            const someone = [site, ofRole, ofUser, ofApplication].includes('on')
            assert.equal(outcome, someone ? 'challenge' : 'skip')
            return outcome
          }),
        ),
      ),
    )
    assert.equal(asks.length, 81)
    assert.equal(asks.filter((outcome) => outcome === 'skip').length, 16)
  })

  test('[PO-01] a site without an opinion leaves the question to the role', () => {
    const noOpinion = { 'two_factor.require_all': false } as const
    assert.equal(said(at('manufacturing', { roles: [flagged(ACCOUNTS)] }, noOpinion)), ASKED)
  })

  test('[PO-03] an exemption goes before what the site requires, and says until when', () => {
    const decision = at('manufacturing', { user: { bypass: exemption() } })
    assert.deepEqual([decision.outcome, decision.until], ['skip', MONDAY + days(30)])
  })

  test('[PO-07] when SMS is no longer allowed, who has nothing else is not let in', () => {
    const decision = at(
      'fleet',
      { userApplication: true, holds: { sms: true, email: false } },
      { 'methods.allowed': ['email'] },
    )
    assert.equal(decision.outcome, 'deny')
  })
})
