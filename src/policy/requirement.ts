import type { Role } from '#domain/role.ts'
import type { Facts } from './facts.ts'
import type { Reason } from './reasons.ts'
import type { Level } from './settings.ts'

export interface Requirement {
  readonly reason: Reason
  readonly setting: string
  readonly level: Level
}

/** The first level that requires a second factor. Requirement is an OR over the levels: off at a level means no opinion. */
export function requirement(facts: Facts): Requirement | undefined {
  const { settings, user, userApplication } = facts
  if (settings['two_factor.require_all']) {
    return { reason: 'site_requires', setting: 'two_factor.require_all', level: 'site' }
  }
  if (flaggingRoles(facts).length > 0)
    return { reason: 'role_requires', setting: 'role.two_factor_auth', level: 'role' }
  if (user.twoFactor.app) return { reason: 'user_requires', setting: 'user.two_factor_app', level: 'user' }
  if (user.twoFactor.email) return { reason: 'user_requires', setting: 'user.two_factor_email', level: 'user' }
  if (user.twoFactor.sms) return { reason: 'user_requires', setting: 'user.two_factor_sms', level: 'user' }
  if (userApplication === true) {
    return { reason: 'application_requires', setting: 'user_application.two_factor', level: 'application' }
  }
  return undefined
}

/** The roles of this user that require a second factor. */
export function flaggingRoles(facts: Facts): readonly Role[] {
  return facts.roles.filter((role) => role.twoFactorAuth)
}

/** The smallest interval of the levels that have one, in hours, and the level it comes from. */
export function interval(facts: Facts): { readonly hours: number; readonly level: Level } {
  let least: { hours: number; level: Level } = { hours: facts.settings['challenge.interval_hours'], level: 'site' }
  const consider = (hours: number | null, level: Level): void => {
    if (hours !== null && hours < least.hours) least = { hours, level }
  }
  consider(facts.application.intervalHours, 'application')
  for (const role of facts.roles) consider(role.intervalHours, 'role')
  consider(facts.user.intervalHours, 'user')
  return least
}

/** The days of grace: what the roles say goes before what the site says; of several roles the smallest number wins. */
export function graceDays(facts: Facts): { readonly days: number; readonly level: Level } {
  let least: { days: number; level: Level } = { days: facts.settings['enrolment.grace_days'], level: 'site' }
  for (const { graceDays: days } of facts.roles) {
    if (days !== null && (least.level === 'site' || days < least.days)) least = { days, level: 'role' }
  }
  return least
}
