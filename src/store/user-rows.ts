import type { AppAuthenticator, Enrolment, TotpParameters } from '#domain/authenticator.ts'
import type { CodeCounters, PasswordThrottle } from '#domain/counters.ts'
import { type Bypass, BYPASS_REASONS, canonicalUsername, USER_KINDS, type User } from '#domain/user.ts'
import type { SiteId } from '#domain/id.ts'
import type { AdministratorRow, EndingBypass } from '#ports/store.ts'
import { flag, id, integer, integerOrNull, number, text, textOrNull, word } from './columns.ts'
import type { Row, Value } from './database.ts'
import { strictly } from './strictest.ts'

// A user and what the user holds, from rows and into them. The lists of values are in the order of the statements.

/** What says how much is asked of this user is read as the strictest where it cannot be read; a user of an unknown kind or status is disabled. */
export function user(row: Row, roles: readonly string[]): User {
  const read = strictly(row, 'user', () => undefined)
  return {
    id: id(row, 'id', 'usr'),
    site: id(row, 'site_id', 'site'),
    username: text(row, 'username'),
    displayName: text(row, 'display_name'),
    email: textOrNull(row, 'email'),
    phone: textOrNull(row, 'phone'),
    ...standing(row),
    language: textOrNull(row, 'language'),
    roles,
    twoFactor: {
      app: read.flag('two_factor_app', true),
      email: read.flag('two_factor_email', true),
      sms: read.flag('two_factor_sms', true),
    },
    bypass: bypass(row),
    intervalHours: read.number('interval_hours', 'challenge.interval_hours', 0),
    hadAuthenticator: read.flag('had_authenticator', true),
    requiredSince: integerOrNull(row, 'required_since'),
    createdAt: integer(row, 'created_at'),
    lastSignInAt: integerOrNull(row, 'last_sign_in_at'),
    sessionEpoch: integer(row, 'session_epoch'),
    deviceEpoch: integer(row, 'device_epoch'),
    version: integer(row, 'version'),
  }
}

function standing(row: Row): Pick<User, 'kind' | 'status'> {
  const kind = USER_KINDS.find((each) => each === row['kind'])
  return { kind: kind ?? 'system', status: kind !== undefined && row['status'] === 'active' ? 'active' : 'disabled' }
}

/** For a reason that this version does not know nobody is exempt. */
function bypass(row: Row): Bypass | null {
  const reason = BYPASS_REASONS.find((each) => each === row['bypass_reason'])
  if (reason === undefined) return null
  return {
    reason,
    note: text(row, 'bypass_note'),
    setBy: text(row, 'bypass_set_by'),
    setAt: integer(row, 'bypass_set_at'),
    expiresAt: integerOrNull(row, 'bypass_expires_at'),
  }
}

/** What a form can change, up to `interval_hours`. */
function formValues(each: User): readonly Value[] {
  const { bypass, twoFactor } = each
  return [
    each.username,
    canonicalUsername(each.username),
    each.displayName,
    each.email,
    each.phone,
    each.kind,
    each.status,
    each.language,
    Number(twoFactor.app),
    Number(twoFactor.email),
    Number(twoFactor.sms),
    ...(bypass
      ? [bypass.reason, bypass.note, bypass.setBy, bypass.setAt, bypass.expiresAt]
      : [null, null, null, null, null]),
    each.intervalHours,
  ]
}

export function newUserValues(each: User, passwordHash: string | null): readonly Value[] {
  const facts = [Number(each.hadAuthenticator), each.requiredSince, each.createdAt, each.lastSignInAt]
  const guards = [each.sessionEpoch, each.deviceEpoch, passwordHash, each.version]
  return [...formValues(each), ...facts, ...guards, each.site, each.id]
}

export function changedUserValues(each: User, version: number): readonly Value[] {
  const epochs = [each.sessionEpoch, each.sessionEpoch, each.deviceEpoch, each.deviceEpoch]
  return [
    ...formValues(each),
    Number(each.hadAuthenticator),
    each.requiredSince,
    ...epochs,
    version,
    each.site,
    each.id,
  ]
}

export function endingBypass(row: Row): EndingBypass {
  return {
    site: id(row, 'site_id', 'site'),
    user: { id: id(row, 'id', 'usr'), username: text(row, 'username'), displayName: text(row, 'display_name') },
    setBy: text(row, 'bypass_set_by'),
    expiresAt: integer(row, 'bypass_expires_at'),
  }
}

export function administrator(row: Row): AdministratorRow {
  return {
    id: id(row, 'id', 'usr'),
    username: text(row, 'username'),
    ...standing(row),
    hasPassword: flag(row, 'has_password'),
    disabled: flag(row, 'disabled'),
  }
}

export function counters(row: Row): CodeCounters {
  return {
    user: id(row, 'user_id', 'usr'),
    consecutive: integer(row, 'consecutive'),
    inWindow: integer(row, 'in_window'),
    windowStart: integer(row, 'window_start'),
    lockedUntil: integer(row, 'locked_until'),
    disabled: flag(row, 'disabled'),
    nextCounter: integer(row, 'next_counter'),
    sealedCodeSecret: textOrNull(row, 'sealed_code_secret'),
    passwordProvedAt: integerOrNull(row, 'password_proved_at'),
    version: integer(row, 'version'),
  }
}

export function counterValues(each: CodeCounters, site: SiteId, version: number): readonly Value[] {
  return [
    each.consecutive,
    each.inWindow,
    each.windowStart,
    each.lockedUntil,
    Number(each.disabled),
    each.nextCounter,
    each.sealedCodeSecret,
    each.passwordProvedAt,
    version,
    site,
    each.user,
  ]
}

export function throttle(row: Row): PasswordThrottle {
  return { bucket: text(row, 'bucket'), failures: integer(row, 'failures'), lastAt: integer(row, 'last_at') }
}

export function parameters(row: Row): TotpParameters {
  return {
    digits: number(row, 'digits', [6, 7, 8]),
    algorithm: word(row, 'algorithm', ['SHA1', 'SHA256', 'SHA512']),
    period: integer(row, 'period'),
  }
}

export function authenticator(row: Row): AppAuthenticator {
  return {
    kind: word(row, 'kind', ['app']),
    id: id(row, 'id', 'aut'),
    site: id(row, 'site_id', 'site'),
    user: id(row, 'user_id', 'usr'),
    label: text(row, 'label'),
    sealedSecret: text(row, 'sealed_secret'),
    parameters: parameters(row),
    lastStep: integer(row, 'last_step'),
    createdAt: integer(row, 'created_at'),
    lastUsedAt: integerOrNull(row, 'last_used_at'),
  }
}

export function authenticatorValues(each: AppAuthenticator): readonly Value[] {
  const { digits, algorithm, period } = each.parameters
  const secret = [each.sealedSecret, digits, algorithm, period, each.lastStep]
  return [each.id, each.site, each.user, each.kind, each.label, ...secret, each.createdAt, each.lastUsedAt]
}

export function enrolment(row: Row): Enrolment {
  return {
    id: id(row, 'id', 'enr'),
    site: id(row, 'site_id', 'site'),
    user: id(row, 'user_id', 'usr'),
    challenge: id(row, 'challenge_id', 'chl'),
    sealedSecret: text(row, 'sealed_secret'),
    parameters: parameters(row),
    linkDigest: textOrNull(row, 'link_digest'),
    wrongCodes: integer(row, 'wrong_codes'),
    createdAt: integer(row, 'created_at'),
    expiresAt: integer(row, 'expires_at'),
    version: integer(row, 'version'),
  }
}

export function enrolmentValues(each: Enrolment, version: number): readonly Value[] {
  const { digits, algorithm, period } = each.parameters
  const said = [
    each.challenge,
    each.sealedSecret,
    digits,
    algorithm,
    period,
    each.linkDigest,
    each.wrongCodes,
    each.createdAt,
    each.expiresAt,
  ]
  return [...said, version, each.user, each.site, each.id]
}
