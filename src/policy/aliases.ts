import type { Method } from '#domain/method.ts'
import { nearest } from './nearest.ts'
import { isSettingKey, parseSetting, SETTING_KEYS, type SettingKey, type SettingsPatch } from './settings.ts'
import { readTyped } from './typed.ts'

interface Alias {
  /** The setting of ours that stands for it. */
  readonly key: SettingKey
  /** What the text that was typed means here, as a patch that the registry still checks; a string says what is wrong. */
  readonly means: (typed: string) => SettingsPatch | string
}

/** Names under which administrators of Frappe and ERPNext know these settings. */
export const ALIASES: Readonly<Record<string, Alias>> = {
  enable_two_factor_auth: same('two_factor.enabled'),
  two_factor_method: { key: 'methods.allowed', means: oneMethod },
  lifespan_qrcode_image: same('enrolment.qr_ttl_seconds'),
  otp_issuer_name: same('otp.issuer'),
  session_expiry: { key: 'session.idle_minutes', means: idleTime },
  allow_consecutive_login_attempts: same('lock.after'),
  allow_login_after_fail: same('lock.seconds'),
}

export type ResolvedKey =
  | { readonly kind: 'patch'; readonly patch: SettingsPatch; readonly key: SettingKey }
  | { readonly kind: 'unknown'; readonly nearest: string | undefined }
  | { readonly kind: 'invalid'; readonly problem: string }

/** The setting that goes by this name, ours or one that came from elsewhere. */
export function resolveName(name: string): SettingKey | undefined {
  return find(name)?.key
}

/** What `set-config KEY TEXT` changes. Nothing is clamped or guessed: a value out of range is refused. */
export function resolveKey(name: string, text: string): ResolvedKey {
  const found = find(name)
  if (!found) return { kind: 'unknown', nearest: nearest(name, [...SETTING_KEYS, ...Object.keys(ALIASES)]) }
  const meant = found.means(text)
  if (typeof meant === 'string') return { kind: 'invalid', problem: `${name}: ${meant}` }
  const patch: Record<string, unknown> = {}
  for (const [key, value] of Object.entries(meant)) {
    const parsed = parseSetting(key as SettingKey, value)
    if (!parsed.ok) return { kind: 'invalid', problem: key === name ? parsed.problem : `${name} is ${parsed.problem}` }
    patch[key] = parsed.value
  }
  return { kind: 'patch', patch, key: found.key }
}

function find(name: string): Alias | undefined {
  if (isSettingKey(name)) return same(name)
  return Object.hasOwn(ALIASES, name) ? ALIASES[name] : undefined
}

/** The same setting under another name. */
function same(key: SettingKey): Alias {
  return { key, means: (text) => ({ [key]: readTyped(key, text) }) }
}

function oneMethod(text: string): SettingsPatch | string {
  switch (text.trim().toLowerCase()) {
    case 'otp app':
      return { 'methods.allowed': ['app'] satisfies Method[] }
    case 'email':
      return { 'methods.allowed': ['email'] satisfies Method[], 'delivery.primary': 'email' }
    case 'sms':
      return { 'methods.allowed': ['sms'] satisfies Method[], 'delivery.primary': 'sms' }
    case 'email/sms':
      return { 'methods.allowed': ['sms', 'email'] satisfies Method[], 'delivery.primary': 'sms' }
    default:
      return 'is one of "OTP App", "SMS", "Email" and "Email/SMS"'
  }
}

/** hh:mm without a request, after which a session ends. */
function idleTime(text: string): SettingsPatch | string {
  const [, hours, minutes] = /^(\d{1,4}):([0-5]\d)(?::00)?$/.exec(text.trim()) ?? []
  if (hours === undefined || minutes === undefined) return 'is a time like 170:00 (hours and minutes)'
  const idle = Number(hours) * 60 + Number(minutes)
  // There it ends every session at once, here 0 is never: what was meant has to be said in our words.
  return idle === 0
    ? 'cannot be 00:00; set session.idle_minutes to 0 for sessions without an idle limit'
    : { 'session.idle_minutes': idle }
}
