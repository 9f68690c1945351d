import type { SiteId, UserId } from './id.ts'
import type { Instant } from './time.ts'

/** `system` people work in the software, `website` people are its customers, `service` accounts are programs. */
export const USER_KINDS = ['system', 'website', 'service'] as const
export type UserKind = (typeof USER_KINDS)[number]

export const BYPASS_REASONS = ['shared_workstation', 'no_real_email', 'integration_user', 'other'] as const
export type BypassReason = (typeof BYPASS_REASONS)[number]

/** An administrator's dated, reasoned exemption of one user. */
export interface Bypass {
  readonly reason: BypassReason
  readonly note: string
  readonly setBy: string
  readonly setAt: Instant
  /** null: never. */
  readonly expiresAt: Instant | null
}

export interface User {
  readonly id: UserId
  readonly site: SiteId
  /** As shown. It is looked up by `canonicalUsername`. */
  readonly username: string
  readonly displayName: string
  readonly email: string | null
  /** E.164, like +4915112345678. */
  readonly phone: string | null
  readonly kind: UserKind
  readonly status: 'active' | 'disabled'
  readonly language: string | null
  /** Names of the roles given to this user; `All` is held by every system user without being listed. */
  readonly roles: readonly string[]
  /** Any of them true means: a second factor is required of this user. */
  readonly twoFactor: { readonly app: boolean; readonly email: boolean; readonly sms: boolean }
  readonly bypass: Bypass | null
  /** `challenge.interval_hours` of this user, if it was set. */
  readonly intervalHours: number | null
  /** Set once and never taken back: what makes "the user never had an authenticator of another kind" a fact. */
  readonly hadAuthenticator: boolean
  /** First sign-in under a policy that requires a factor: the grace period counts from here and cannot be renewed. */
  readonly requiredSince: Instant | null
  readonly createdAt: Instant
  readonly lastSignInAt: Instant | null
  /** Raised by whatever ends this user's sessions. */
  readonly sessionEpoch: number
  /** Raised by whatever forgets this user's remembered devices. */
  readonly deviceEpoch: number
  readonly version: number
}

export const ADMINISTRATOR = 'Administrator'
export const EVERYONE = 'All'

/** Counters and look-ups go by this form, never by what was typed. */
export function canonicalUsername(typed: string): string {
  return typed.normalize('NFKC').trim().toLowerCase()
}

const NOT_IN_NAMES = /[\p{C}\s]/u

/** 1 to 140 visible characters without white space: also an email address is a name. */
export function isUsername(text: string): boolean {
  const name = canonicalUsername(text)
  return name.length >= 1 && name.length <= 140 && !NOT_IN_NAMES.test(name)
}

export function isAdministrator(user: { readonly roles: readonly string[] }): boolean {
  return user.roles.includes(ADMINISTRATOR)
}

/** The names of all roles a user holds, `All` included. */
export function rolesHeld(user: { readonly kind: UserKind; readonly roles: readonly string[] }): readonly string[] {
  return user.kind === 'system' && !user.roles.includes(EVERYONE) ? [EVERYONE, ...user.roles] : user.roles
}
