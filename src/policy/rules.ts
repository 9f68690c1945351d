import type { Method } from '#domain/method.ts'
import { days, hours } from '#domain/time.ts'
import { isAdministrator } from '#domain/user.ts'
import type { RuleName, Ruling } from './decision.ts'
import type { Facts } from './facts.ts'
import { allowedMethods, enrolmentChannel, noChannelConfigured, usableMethods } from './methods.ts'
import { inNetworks } from './network.ts'
import type { PassedOver } from './reasons.ts'
import { flaggingRoles, graceDays, interval, type Requirement, requirement } from './requirement.ts'

/** What a rule says: its ruling, or why it has no say in this case. */
type Rule = (facts: Facts) => Ruling | PassedOver

const siteOff: Rule = ({ settings }) =>
  settings['two_factor.enabled'] ? 'two_factor_on' : skip('two_factor_off', 'two_factor.enabled', 'site')

const apiPath: Rule = (facts) => {
  if (facts.via.kind === 'api_key') return { outcome: 'skip', reason: 'api_credentials' }
  if (facts.via.kind !== 'api_password') return 'a_person'
  const permitted = facts.settings['api.password_login']
  const mayPass = permitted === 'always' || (permitted === 'accounts_without_2fa' && !requirement(facts))
  return {
    outcome: mayPass ? 'skip' : 'deny',
    reason: mayPass ? 'api_password_permitted' : 'use_api_key',
    setting: 'api.password_login',
    level: 'site',
  }
}

const external: Rule = ({ via }) => {
  if (via.kind !== 'external') return 'not_external'
  if (via.mode === 'skip')
    return { outcome: 'skip', reason: 'external_trusted', setting: 'identity_provider.second_factor' }
  if (via.mode === 'require') return 'external_must_be_asked'
  if (!via.proved) return 'external_not_proved'
  return { outcome: 'skip', reason: 'external_proved', setting: 'identity_provider.second_factor' }
}

const websiteUser: Rule = ({ user, settings }) => {
  if (user.kind !== 'website') return 'not_a_website_user'
  if (settings['two_factor.include_website_users']) return 'website_users_included'
  return skip('website_users_excluded', 'two_factor.include_website_users', 'site')
}

const notRequired: Rule = (facts) => (requirement(facts) ? 'required' : { outcome: 'skip', reason: 'no_requirement' })

const bypass: Rule = (facts) => {
  const granted = facts.user.bypass
  if (!granted) return 'no_bypass'
  if (granted.expiresAt !== null && facts.now >= granted.expiresAt) return 'bypass_ended'
  if (!flaggingRoles(facts).every((role) => role.bypassAllowed)) return 'bypass_forbidden_by_role'
  return {
    ...skip('bypassed', 'user.bypass', 'user'),
    ...(granted.expiresAt === null ? {} : { until: granted.expiresAt }),
  }
}

const trustedNetwork: Rule = (facts) => {
  const level = trustedLevel(facts)
  if (level === 'none') return 'no_trusted_networks'
  if (level === 'outside') return 'outside_trusted_networks'
  if (facts.settings['network.effect'] === 'longer_interval') return 'trusted_network_lengthens'
  return skip('inside_trusted_network', 'network.trusted', level)
}

/** A trusted network makes the interval this many times longer, where it does not skip the challenge. */
const TRUSTED_FACTOR = 4

const rememberedDevice: Rule = (facts) => {
  const { earlier, now } = facts
  if (!earlier) return 'nothing_remembered'
  const { hours: count, level } = interval(facts)
  if (count === 0) return 'every_sign_in'
  const trusted =
    facts.settings['network.effect'] === 'longer_interval' && ['site', 'role'].includes(trustedLevel(facts))
  const until = earlier.passedAt + hours(count * (trusted ? TRUSTED_FACTOR : 1))
  if (now >= until) return 'passed_too_long_ago'
  if (!allowedMethods(facts).includes(earlier.method)) return 'remembered_method_not_allowed'
  return { ...skip('recently_passed', 'challenge.interval_hours', level), since: earlier.passedAt, until }
}

const methods: Rule = (facts) => {
  const [first, ...others] = usableMethods(facts)
  return first === undefined ? 'no_usable_method' : challenge(facts, [first, ...others])
}

const channelUnconfigured: Rule = (facts) => {
  if (!noChannelConfigured(facts)) {
    const wantsChannel = allowedMethods(facts).some((method) => method === 'email' || method === 'sms')
    return wantsChannel ? 'channel_set_up' : 'no_channel_allowed'
  }
  if (isAdministrator(facts.user)) return 'administrators_never_fail_open'
  const then = facts.settings['delivery.when_unconfigured']
  const because = { setting: 'delivery.when_unconfigured', level: 'site' } as const
  if (then === 'block') return { outcome: 'deny', reason: 'channel_unconfigured_blocked', ...because }
  // Neither the open door nor a new app on the password alone for somebody who already holds something.
  const [first, ...others] = (['passkey', 'app', 'hardware'] as const).filter((method) => facts.holds[method])
  if (first !== undefined)
    return { outcome: 'challenge', methods: [first, ...others], reason: 'app_before_open_door', ...because }
  if (then === 'enrol_app') return 'app_instead'
  if (!flaggingRoles(facts).every((role) => role.failOpenAllowed)) return 'role_never_fails_open'
  if (facts.user.hadAuthenticator) return 'had_an_authenticator'
  return { outcome: 'skip', reason: 'channel_unconfigured', ...because }
}

const grace: Rule = (facts) => {
  const { days: count, level } = graceDays(facts)
  if (count === 0) return 'no_grace'
  const until = (facts.user.requiredSince ?? facts.now) + days(count)
  if (facts.now >= until) return 'grace_used_up'
  return { ...skip('grace_period', 'enrolment.grace_days', level), until }
}

const enrol: Rule = (facts) => {
  // Where no channel was ever set up, an app is what is left; `block` has been answered before.
  if (!allowedMethods(facts).includes('app') && !noChannelConfigured(facts)) return 'app_not_allowed'
  const channel = enrolmentChannel(facts)
  if (!channel) return 'no_address_for_link'
  return { outcome: 'enrol', channel, ...required(facts), reason: 'nothing_enrolled' }
}

const noMethod: Rule = () => ({ outcome: 'deny', reason: 'no_method', setting: 'methods.allowed', level: 'site' })

/** The whole policy, read from the top: the first rule that rules decides. */
export const RULES: readonly (readonly [RuleName, Rule])[] = [
  ['site_off', siteOff],
  ['api_path', apiPath],
  ['external', external],
  ['website_user', websiteUser],
  ['not_required', notRequired],
  ['bypass', bypass],
  ['trusted_network', trustedNetwork],
  ['remembered_device', rememberedDevice],
  ['methods', methods],
  ['channel_unconfigured', channelUnconfigured],
  ['grace', grace],
  ['enrol', enrol],
  ['no_method', noMethod],
]

function skip(
  reason: Extract<Ruling, { outcome: 'skip' }>['reason'],
  setting: string,
  level: 'site' | 'application' | 'role' | 'user',
) {
  return { outcome: 'skip', reason, setting, level } as const
}

/** A challenge names what requires it. */
function challenge(facts: Facts, list: readonly [Method, ...Method[]]): Ruling {
  return { outcome: 'challenge', methods: list, ...required(facts) }
}

/** For the rules after `not_required`, which has seen to it that something requires a second factor. */
function required(facts: Facts): Requirement {
  return requirement(facts) as Requirement
}

function trustedLevel(facts: Facts): 'none' | 'outside' | 'site' | 'role' {
  const ofSite = facts.settings['network.trusted']
  const ofRoles = facts.roles.flatMap((role) => role.trustedNetworks ?? [])
  if (ofSite.length === 0 && ofRoles.length === 0) return 'none'
  if (inNetworks(facts.address, ofSite)) return 'site'
  return inNetworks(facts.address, ofRoles) ? 'role' : 'outside'
}
