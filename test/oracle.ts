import { days } from '#domain/time.ts'
import { ADMINISTRATOR } from '#domain/user.ts'
import type { Facts } from '#policy/facts.ts'
import { ELSEWHERE, exemption, facts, MONDAY, passed, role } from './facts.ts'

/** One case in the words of the policy. `false` and the first of several words are the quiet case. */
export interface Case {
  readonly siteOn: boolean
  readonly via: 'form' | 'api_key' | 'api_password' | 'idp_skip' | 'idp_amr_proved' | 'idp_amr_silent' | 'idp_require'
  readonly apiPassword: 'never' | 'accounts_without_2fa' | 'always'
  readonly website: boolean
  readonly websiteIncluded: boolean
  readonly requireAll: boolean
  readonly roleFlag: boolean
  readonly userFlag: boolean
  readonly userApplicationFlag: boolean
  readonly bypass: 'none' | 'active' | 'ended'
  readonly roleForbidsBypass: boolean
  readonly trustedAddress: boolean
  readonly trustLengthens: boolean
  readonly remembered: 'no' | 'fresh' | 'old'
  readonly everyLogin: boolean
  readonly administrator: boolean
  readonly appAllowed: boolean
  readonly holdsApp: boolean
  readonly passkeyAllowed: boolean
  readonly holdsPasskey: boolean
  readonly hardwareAllowed: boolean
  readonly holdsHardware: boolean
  readonly recoveryAllowed: boolean
  readonly holdsRecovery: boolean
  readonly hadOne: boolean
  readonly emailAllowed: boolean
  readonly emailOnFile: boolean
  readonly emailUnconfigured: boolean
  readonly smsAllowed: boolean
  readonly phoneOnFile: boolean
  readonly smsUnconfigured: boolean
  readonly whenUnconfigured: 'allow' | 'enrol_app' | 'block'
  readonly roleForbidsOpenDoor: boolean
  readonly grace: 'none' | 'left' | 'used_up'
  readonly enrolment: 'screen' | 'email_link' | 'both'
}

/** Required by the site, nothing in hand, email set up but no address: each table changes what it is about. */
export const QUIET: Case = {
  siteOn: true,
  via: 'form',
  apiPassword: 'never',
  website: false,
  websiteIncluded: false,
  requireAll: true,
  roleFlag: false,
  userFlag: false,
  userApplicationFlag: false,
  bypass: 'none',
  roleForbidsBypass: false,
  trustedAddress: false,
  trustLengthens: false,
  remembered: 'no',
  everyLogin: false,
  administrator: false,
  appAllowed: true,
  holdsApp: false,
  passkeyAllowed: false,
  holdsPasskey: false,
  hardwareAllowed: false,
  holdsHardware: false,
  recoveryAllowed: false,
  holdsRecovery: false,
  hadOne: false,
  emailAllowed: true,
  emailOnFile: false,
  emailUnconfigured: false,
  smsAllowed: false,
  phoneOnFile: false,
  smsUnconfigured: false,
  whenUnconfigured: 'block',
  roleForbidsOpenDoor: false,
  grace: 'none',
  enrolment: 'screen',
}

/** The policy a second time, as one plain function that knows nothing of the rules: both must say the same in every case. */
export function oracle(c: Case): string {
  if (!c.siteOn) return 'skip by site_off'
  const required = c.requireAll || c.roleFlag || c.userFlag || c.userApplicationFlag
  if (c.via === 'api_key') return 'skip by api_path'
  if (c.via === 'api_password') {
    if (c.apiPassword === 'always') return 'skip by api_path'
    if (c.apiPassword === 'accounts_without_2fa' && !required) return 'skip by api_path'
    return 'deny by api_path'
  }
  if (c.via === 'idp_skip' || c.via === 'idp_amr_proved') return 'skip by external'
  if (c.website && !c.websiteIncluded) return 'skip by website_user'
  if (!required) return 'skip by not_required'
  if (c.bypass === 'active' && !(c.roleFlag && c.roleForbidsBypass)) return 'skip by bypass'
  if (c.trustedAddress && !c.trustLengthens) return 'skip by trusted_network'
  if (!c.everyLogin) {
    // What was shown then, an app, has to be allowed now.
    const counts = c.appAllowed || c.administrator
    if (counts && c.remembered === 'fresh') return 'skip by remembered_device'
    if (counts && c.remembered === 'old' && c.trustedAddress) return 'skip by remembered_device'
  }

  if (c.holdsApp && (c.appAllowed || c.administrator)) return 'challenge by methods'
  if (c.holdsPasskey && c.passkeyAllowed) return 'challenge by methods'
  if (c.holdsHardware && c.hardwareAllowed) return 'challenge by methods'
  // Recovery codes stand in for something else; who holds nothing else is not asked for them.
  if (c.emailAllowed && c.emailOnFile && !c.emailUnconfigured) return 'challenge by methods'
  if (c.smsAllowed && c.phoneOnFile && !c.smsUnconfigured) return 'challenge by methods'

  let channelIsUnconfigured = c.emailAllowed || c.smsAllowed
  if (c.emailAllowed && !c.emailUnconfigured) channelIsUnconfigured = false
  if (c.smsAllowed && !c.smsUnconfigured) channelIsUnconfigured = false
  if (channelIsUnconfigured && !c.administrator) {
    if (c.whenUnconfigured === 'block') return 'deny by channel_unconfigured'
    // Who holds something already is asked for it: binding an app on the password alone would be an open door too.
    if (c.holdsApp || c.holdsPasskey || c.holdsHardware) return 'challenge by channel_unconfigured'
    if (c.whenUnconfigured === 'allow') {
      const roleSaysNo = c.roleFlag && c.roleForbidsOpenDoor
      if (!roleSaysNo && !c.hadOne) return 'skip by channel_unconfigured'
    }
  }

  // Grace is time to enrol, whatever has led to enrolment.
  if (c.grace === 'left') return 'skip by grace'

  if (channelIsUnconfigured && c.whenUnconfigured === 'enrol_app') return 'enrol by enrol on screen'
  if (c.administrator) {
    const mail = c.emailOnFile && !c.emailUnconfigured
    return c.enrolment === 'screen' || !mail ? 'enrol by enrol on screen' : 'enrol by enrol on both'
  }
  if (c.appAllowed || channelIsUnconfigured) {
    if (c.enrolment === 'screen') return 'enrol by enrol on screen'
    if (c.emailOnFile && !c.emailUnconfigured) return `enrol by enrol on ${c.enrolment}`
    if (c.enrolment === 'both') return 'enrol by enrol on screen'
    // The link cannot be sent because mail was never set up: a site that does not say block wants its people in.
    if (c.emailUnconfigured && c.whenUnconfigured !== 'block') return 'enrol by enrol on screen'
  }
  return 'deny by no_method'
}

/** The same case as the policy is asked about it. */
export function factsOf(c: Case): Facts {
  return facts({
    via: VIA[c.via],
    settings: {
      'two_factor.enabled': c.siteOn,
      'two_factor.require_all': c.requireAll,
      'two_factor.include_website_users': c.websiteIncluded,
      'methods.allowed': [
        ...(c.appAllowed ? (['app'] as const) : []),
        ...(c.passkeyAllowed ? (['passkey'] as const) : []),
        ...(c.hardwareAllowed ? (['hardware'] as const) : []),
        ...(c.recoveryAllowed ? (['recovery'] as const) : []),
        ...(c.emailAllowed ? (['email'] as const) : []),
        ...(c.smsAllowed ? (['sms'] as const) : []),
      ],
      'api.password_login': c.apiPassword,
      'challenge.interval_hours': c.everyLogin ? 0 : 24,
      'network.trusted': ['10.0.0.0/8'],
      'network.effect': c.trustLengthens ? 'longer_interval' : 'skip',
      'delivery.when_unconfigured': c.whenUnconfigured,
      'enrolment.channel': c.enrolment,
      'enrolment.grace_days': c.grace === 'none' ? 0 : 7,
    },
    user: {
      kind: c.website ? 'website' : 'system',
      roles: c.administrator ? [ADMINISTRATOR] : [],
      twoFactor: { app: false, email: c.userFlag, sms: false },
      bypass: c.bypass === 'none' ? null : exemption({ expiresAt: MONDAY + days(c.bypass === 'active' ? 1 : -1) }),
      hadAuthenticator: c.hadOne || c.holdsApp,
      requiredSince: MONDAY - days(c.grace === 'used_up' ? 8 : 1),
    },
    roles: [
      role('Accounts Manager', {
        twoFactorAuth: c.roleFlag,
        bypassAllowed: !c.roleForbidsBypass,
        failOpenAllowed: !c.roleForbidsOpenDoor,
      }),
    ],
    userApplication: c.userApplicationFlag,
    address: c.trustedAddress ? '10.1.2.3' : ELSEWHERE,
    earlier: c.remembered === 'no' ? null : passed(c.remembered === 'fresh' ? 23 : 25, 'app'),
    holds: {
      app: c.holdsApp,
      passkey: c.holdsPasskey,
      hardware: c.holdsHardware,
      recovery: c.holdsRecovery,
      email: c.emailOnFile,
      sms: c.phoneOnFile,
    },
    channels: {
      email: c.emailUnconfigured ? 'unconfigured' : 'configured',
      sms: c.smsUnconfigured ? 'unconfigured' : 'configured',
    },
  })
}

const VIA: Record<Case['via'], Facts['via']> = {
  form: { kind: 'form' },
  api_key: { kind: 'api_key' },
  api_password: { kind: 'api_password' },
  idp_skip: { kind: 'external', mode: 'skip', proved: false },
  idp_amr_proved: { kind: 'external', mode: 'trust_amr', proved: true },
  idp_amr_silent: { kind: 'external', mode: 'trust_amr', proved: false },
  idp_require: { kind: 'external', mode: 'require', proved: true },
}

export const BOTH = [false, true] as const
export const WHEN_UNCONFIGURED = ['allow', 'enrol_app', 'block'] as const

/** Every combination of the inputs named, each in all of its values, over the quiet case. */
export function* every(
  inputs: { readonly [K in keyof Case]?: readonly Case[K][] },
  base: Case = QUIET,
): Generator<Case> {
  const [[name, values] = [undefined, undefined], ...others] = Object.entries(inputs)
  if (name === undefined) return yield base
  for (const value of values ?? []) yield* every(Object.fromEntries(others), { ...base, [name]: value })
}
