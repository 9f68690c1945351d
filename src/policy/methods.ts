import type { Channel, Method } from '#domain/method.ts'
import { CHANNELS } from '#domain/method.ts'
import { isAdministrator } from '#domain/user.ts'
import type { EnrolmentChannel } from './decision.ts'
import type { Facts } from './facts.ts'

/**
 * What may prove the second factor of this user: the site's methods, narrowed by every role that narrows and, where the user's
 * own switches choose, by them. Administrators may always use an app: that is how they never lose the way in.
 */
export function allowedMethods(facts: Facts): readonly Method[] {
  const { settings, user, roles } = facts
  let allowed: readonly Method[] = settings['methods.allowed']
  if (settings['delivery.email_sole']) allowed = allowed.filter((method) => method !== 'sms')
  for (const { methodsAllowed } of roles) {
    if (methodsAllowed) allowed = allowed.filter((method) => methodsAllowed.includes(method))
  }
  const { app, email, sms } = user.twoFactor
  if (settings['methods.choice'] === 'user_flags' && (app || email || sms)) {
    const chosen: Partial<Record<Method, boolean>> = { app, email, sms }
    allowed = allowed.filter((method) => chosen[method] ?? true)
  }
  return isAdministrator(user) && !allowed.includes('app') ? [...allowed, 'app'] : allowed
}

/** The allowed channels. */
export function allowedChannels(facts: Facts): readonly Channel[] {
  const allowed = allowedMethods(facts)
  return CHANNELS.filter((channel) => allowed.includes(channel))
}

/** Set up, and an address on file. A channel that fails is still usable here: failing opens no door. */
export function reachable(facts: Facts, channel: Channel): boolean {
  return facts.holds[channel] && facts.channels[channel] === 'configured'
}

/**
 * The methods this user can be asked for now, the one to ask first in front: what proves most, then the site's primary channel,
 * recovery codes last. A code for a phone that is not there goes by email where the site says that email always helps out.
 */
export function usableMethods(facts: Facts): readonly Method[] {
  const allowed = allowedMethods(facts)
  const usable = allowed.filter((method) =>
    method === 'email' || method === 'sms' ? reachable(facts, method) : method !== 'recovery' && facts.holds[method],
  )
  const helpsOut = facts.settings['delivery.sms_failure_fallback'] === 'email_always'
  if (
    helpsOut &&
    allowed.includes('sms') &&
    !usable.includes('sms') &&
    !usable.includes('email') &&
    reachable(facts, 'email')
  ) {
    usable.push('email')
  }
  // A recovery code stands in for another method; on its own it is not a second factor to live with.
  if (usable.length > 0 && allowed.includes('recovery') && facts.holds.recovery) usable.push('recovery')
  const primary = facts.settings['delivery.primary']
  const order: readonly Method[] = [
    'passkey',
    'app',
    'hardware',
    primary,
    primary === 'sms' ? 'email' : 'sms',
    'recovery',
  ]
  return order.filter((method) => usable.includes(method))
}

/** Every channel that is allowed was never set up (and there is one): the case `delivery.when_unconfigured` is for. */
export function noChannelConfigured(facts: Facts): boolean {
  const channels = allowedChannels(facts)
  return channels.length > 0 && channels.every((channel) => facts.channels[channel] === 'unconfigured')
}

/** Where this user can bind an app now; undefined: nowhere. */
export function enrolmentChannel(facts: Facts): EnrolmentChannel | undefined {
  const wanted = facts.settings['enrolment.channel']
  if (wanted === 'screen') return 'screen'
  const whenUnconfigured = facts.settings['delivery.when_unconfigured']
  if (whenUnconfigured === 'enrol_app' && noChannelConfigured(facts)) return 'screen'
  const mail = reachable(facts, 'email')
  // Administrators can always use the screen, so that switching 2FA on never locks the last of them out.
  if (isAdministrator(facts.user)) return mail ? 'both' : 'screen'
  if (mail) return wanted
  if (wanted === 'both') return 'screen'
  const linkCannotBeSent = facts.channels.email === 'unconfigured'
  return linkCannotBeSent && whenUnconfigured !== 'block' ? 'screen' : undefined
}
