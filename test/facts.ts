import type { Method } from '#domain/method.ts'
import type { Role } from '#domain/role.ts'
import { days, hours, type Instant } from '#domain/time.ts'
import type { Bypass } from '#domain/user.ts'
import type { EarlierProof, Facts } from '#policy/facts.ts'
import { DEFAULTS, type SettingsPatch } from '#policy/settings.ts'

/** Monday, nine in the morning. */
export const MONDAY: Instant = Date.UTC(2026, 0, 5, 9)

/** An address that no test trusts unless it says so. */
export const ELSEWHERE = '203.0.113.9'

type Changed<K extends keyof Facts> = Partial<Facts[K]>

export interface GivenFacts extends Partial<Omit<Facts, 'settings' | 'user' | 'application' | 'holds' | 'channels'>> {
  readonly settings?: SettingsPatch
  readonly user?: Changed<'user'>
  readonly application?: Changed<'application'>
  readonly holds?: Changed<'holds'>
  readonly channels?: Changed<'channels'>
}

/**
 * Kim signs in by the form on a new browser: a plain system user with an email address. The site has two-factor authentication
 * switched on and both channels set up; nothing requires a second factor of her yet.
 */
export function facts(given: GivenFacts = {}): Facts {
  const { settings, user, application, holds, channels, ...rest } = given
  return {
    now: MONDAY,
    via: { kind: 'form' },
    settings: { ...DEFAULTS, 'two_factor.enabled': true, ...settings },
    user: {
      kind: 'system',
      roles: [],
      twoFactor: { app: false, email: false, sms: false },
      bypass: null,
      intervalHours: null,
      hadAuthenticator: false,
      requiredSince: null,
      ...user,
    },
    roles: [role('All')],
    application: { name: 'web', intervalHours: null, ...application },
    userApplication: null,
    address: ELSEWHERE,
    earlier: null,
    holds: { app: false, email: true, sms: false, passkey: false, recovery: false, hardware: false, ...holds },
    channels: { email: 'configured', sms: 'configured', ...channels },
    ...rest,
  }
}

/** A role without an opinion. */
export function role(name: string, opinion: Partial<Role> = {}): Role {
  return {
    site: 'site_acme',
    name,
    twoFactorAuth: false,
    bypassAllowed: true,
    failOpenAllowed: true,
    methodsAllowed: null,
    intervalHours: null,
    graceDays: null,
    trustedNetworks: null,
    version: 1,
    ...opinion,
  }
}

/** A role whose holders must pass a second factor. */
export function flagged(name: string, opinion: Partial<Role> = {}): Role {
  return role(name, { twoFactorAuth: true, ...opinion })
}

/** An exemption that has thirty days to go. */
export function exemption(given: Partial<Bypass> = {}): Bypass {
  return {
    reason: 'shared_workstation',
    note: 'terminal at line 3',
    setBy: 'root',
    setAt: MONDAY - days(60),
    expiresAt: MONDAY + days(30),
    ...given,
  }
}

/** This browser passed a challenge so many hours before Monday nine o'clock. */
export function passed(hoursAgo: number, method: Method = 'email'): EarlierProof {
  return { passedAt: MONDAY - hours(hoursAgo), method }
}
