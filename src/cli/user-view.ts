import type { Application } from '#domain/application.ts'
import { type Instant, rfc3339 } from '#domain/time.ts'
import type { User } from '#domain/user.ts'

/** A user as programs read it; the same names as in the API. */
export function userJson(
  user: User,
  applications: readonly Application[],
  switches: Readonly<Record<string, boolean>>,
): object {
  const { bypass } = user
  return {
    username: user.username,
    display_name: user.displayName,
    email: user.email,
    phone: user.phone,
    kind: user.kind,
    status: user.status,
    roles: user.roles,
    language: user.language,
    two_factor_app: user.twoFactor.app,
    two_factor_email: user.twoFactor.email,
    two_factor_sms: user.twoFactor.sms,
    interval_hours: user.intervalHours,
    applications: Object.fromEntries(applications.map(({ name }) => [name, { two_factor: switches[name] ?? false }])),
    bypass: bypass && {
      reason: bypass.reason,
      note: bypass.note,
      set_by: bypass.setBy,
      set_at: rfc3339(bypass.setAt),
      expires_at: bypass.expiresAt === null ? null : rfc3339(bypass.expiresAt),
    },
    last_sign_in_at: user.lastSignInAt === null ? null : rfc3339(user.lastSignInAt),
  }
}

/** The switches on a user that are on. */
export function switchesOn({ twoFactor }: User): string {
  return (['app', 'email', 'sms'] as const).filter((method) => twoFactor[method]).join(' ')
}

/** Whether a user is exempt now, in a word or two. */
export function exemption({ bypass }: User, now: Instant): string {
  if (!bypass) return ''
  if (bypass.expiresAt === null) return `${bypass.reason}, for good`
  return now < bypass.expiresAt ? `${bypass.reason}, until ${rfc3339(bypass.expiresAt)}` : 'ended'
}
