import { z } from 'zod'
import { VOUCHED_SECOND_FACTORS } from '#domain/identity-provider.ts'
import { LANGUAGES } from '#domain/language.ts'
import { METHODS } from '#domain/method.ts'
import { cidr } from './network.ts'
import { isCountry } from './phone-number.ts'

/** Where a setting can be given. `site` is always among them; the others narrow or shorten it (see `says`). */
export type Level = 'site' | 'application' | 'role' | 'user'

export interface Setting<S extends z.ZodType> {
  readonly schema: S
  readonly default: z.output<S>
  readonly levels: readonly Level[]
  /** One or two sentences for the manual, the API description and the console. */
  readonly says: string
}

function setting<S extends z.ZodType>(schema: S, initial: z.output<S>, says: string, ...levels: Level[]): Setting<S> {
  return { schema, default: initial, levels: ['site', ...levels], says }
}

const flag = z.boolean()
const whole = (least: number, most: number) => z.int().min(least).max(most)
const method = z.enum(METHODS)
const country = z
  .string()
  .regex(/^[A-Z]{2}$/, 'is not a country by its two letters, like DE')
  .refine(isCountry, 'is no country that phone numbers are known of')
  .meta({ title: 'country code', examples: ['DE'] })
const contact = z
  .strictObject({
    name: z.string().trim().min(1).max(120),
    phone: z.string().max(40).default(''),
    email: z.union([z.literal(''), z.email()]).default(''),
    text: z.string().max(500).default(''),
  })
  .meta({ title: 'contact person' })

/**
 * Every setting of a site, once: type, range, default, levels, meaning. The manual (`docs/settings.md`), the JSON schema and
 * the command line are made from this list; what is not here is not a setting.
 */
export const SETTINGS = {
  'two_factor.enabled': setting(flag, false, 'Whether this site asks for a second factor at all.'),
  'two_factor.require_all': setting(flag, false, 'Every user of the kinds covered must pass a second factor.'),
  'two_factor.flag_all_role_on_enable': setting(
    flag,
    true,
    'Switching two-factor authentication on also flags the role All. It acts on the change from off to on, never on a later save.',
  ),
  'two_factor.include_website_users': setting(flag, false, 'Website users are covered too, not only system users.'),
  'methods.allowed': setting(
    z
      .array(method)
      .min(1, 'names no method: nobody could pass')
      .refine((list) => new Set(list).size === list.length, 'names a method twice')
      .meta({ uniqueItems: true }),
    ['app', 'passkey', 'recovery', 'email', 'sms'],
    'The methods that may prove the second factor. A role can only narrow it. Administrators may always use an authenticator app. sms is restricted, because a number can be taken over and its messages read: allow app or passkey beside it.',
    'role',
  ),
  'methods.choice': setting(
    z.enum(['site_fixed', 'user_flags', 'user_choice']),
    'user_choice',
    'Who picks the method: the site, the switches on the user, or the user.',
  ),
  'delivery.primary': setting(z.enum(['sms', 'email']), 'email', 'The channel over which the first code goes.'),
  'delivery.email_sole': setting(flag, false, 'Codes go by email only; nothing ever sends an SMS.'),
  'delivery.backup_offer_after': setting(
    z.union([whole(0, 10), z.literal('never')]),
    1,
    'After how many failed codes the other channel is offered. Asking for a new code after the cooldown offers it too.',
  ),
  'delivery.sms_failure_fallback': setting(
    z.enum(['none', 'email_if_enabled', 'email_always']),
    'email_if_enabled',
    'Whether a code goes by email when its SMS cannot be sent: never, if email is allowed for this user, or always.',
  ),
  'delivery.send_on': setting(
    z.enum(['first_attempt', 'second_attempt']),
    'first_attempt',
    'Whether the first right password sends the code, or the second one within ten minutes.',
  ),
  'delivery.when_unconfigured': setting(
    z.enum(['allow', 'enrol_app', 'block']),
    'enrol_app',
    'What happens when the only channel of a user was never set up: let in (marked and audited), enrol an authenticator app, or refuse.',
  ),
  'delivery.when_send_fails': setting(
    z.enum(['other_method', 'block']),
    'other_method',
    'What happens when a channel that is set up fails: offer the other methods, or refuse. It never lets anybody in.',
  ),
  'delivery.resend_cooldown_seconds': setting(
    whole(10, 300),
    30,
    'How long to wait before a code can be requested again.',
  ),
  'delivery.max_sends_per_login': setting(whole(1, 20), 5, 'How many messages one sign-in may cause.'),
  'delivery.max_sends_per_user_hour': setting(whole(1, 100), 10, 'How many messages a user may cause in an hour.'),
  'delivery.max_unanswered_per_user_day': setting(
    whole(0, 1000),
    10,
    'How many codes a user may be sent in 24 hours that nobody types back; then the user is told that somebody knows the password. 0 is no limit.',
  ),
  'delivery.max_sends_per_site_day': setting(
    whole(0, 1_000_000),
    0,
    'How many messages the site may send in a day; 0 is no limit.',
  ),
  'delivery.max_sms_per_number_hour': setting(
    whole(0, 1000),
    20,
    'How many SMS one number may be sent in an hour, by all users who have it; 0 is no limit.',
  ),
  'delivery.max_unanswered_sms_per_block': setting(
    whole(0, 10_000),
    50,
    'At how many numbers that differ in their last four digits only, were sent a code within ten minutes and typed none back, such numbers get no more SMS while they are the greater part; 0 is no limit.',
  ),
  'delivery.sms_prefixes': setting(
    z
      .array(
        z
          .string()
          .regex(/^\+[1-9]\d{0,9}$/, 'is not the beginning of an international number, like +49')
          .meta({ title: 'dialling code' }),
      )
      .max(300)
      .meta({ uniqueItems: true }),
    [],
    'With what the numbers begin that SMS may go to, like +49; empty is all.',
  ),
  'delivery.phone_countries': setting(
    z.array(country).max(250).meta({ uniqueItems: true }),
    [],
    'The countries that numbers of users may be of, by their two letters, like DE; empty is all. Numbers that were entered before stay.',
  ),
  'delivery.phone_default_country': setting(
    z.union([z.literal(''), country]),
    '',
    'The country of numbers that are entered without one, like DE: 0151 12345678 becomes +4915112345678; empty takes the international form only.',
  ),
  'delivery.sms_budget_month': setting(
    whole(0, 10_000_000),
    0,
    'How many SMS the site may send in a calendar month (UTC); at four fifths the audit log says so, at the end codes go by email where they may; 0 is no limit.',
  ),
  'challenge.interval_hours': setting(
    whole(0, 8760),
    168,
    'Hours between challenges on a browser that passed one; 0 asks at every sign-in. Of several levels the smallest wins.',
    'application',
    'role',
    'user',
  ),
  'challenge.recheck_in_session': setting(
    flag,
    false,
    'A proof older than the interval is asked again inside a running session.',
    'application',
  ),
  'code.digits': setting(z.literal([6, 7, 8]), 6, 'Digits of a sent code.'),
  'code.ttl_seconds': setting(whole(60, 600), 300, 'How long a sent code is valid, in seconds; ten minutes at most.'),
  'code.max_attempts': setting(whole(3, 10), 5, 'Failed codes after which a sign-in has to start over.'),
  'totp.skew_steps': setting(
    z.literal([0, 1]),
    1,
    'How many time steps before and after the current one an app may be off.',
  ),
  'otp.issuer': setting(
    z.string().trim().max(60),
    '',
    'The name shown in the authenticator app; empty is the name of the site.',
  ),
  'enrolment.channel': setting(
    z.enum(['email_link', 'screen', 'both']),
    'screen',
    'Where a user binds an authenticator app: by a link in an email, on the sign-in screen, or either. Administrators can always use the screen.',
  ),
  'enrolment.qr_ttl_seconds': setting(
    whole(60, 86_400),
    240,
    'How long the QR code and its link are valid, in seconds.',
  ),
  'enrolment.grace_days': setting(
    whole(0, 90),
    0,
    'Days a user may sign in before enrolment is due, from the first sign-in under the policy; it cannot be renewed.',
    'role',
  ),
  'contact.persons': setting(z.array(contact).max(10), [], 'Whom a user can turn to: name, phone, email and a text.'),
  'contact.show_after': setting(whole(1, 10), 3, 'After how many failed codes the contact persons are shown.'),
  'audit.failed_codes_at': setting(whole(1, 10), 3, 'At how many failed codes the audit log gets its row about them.'),
  'lock.after': setting(
    whole(3, 50),
    10,
    'Failed codes of a user within the window after which the second step is locked.',
  ),
  'lock.window_seconds': setting(
    whole(60, 86_400),
    900,
    'Failed codes count for the lock while each follows the one before within this time, in seconds.',
  ),
  'lock.seconds': setting(whole(10, 86_400), 900, 'How long the second step stays locked, in seconds.'),
  'session.duration_hours': setting(
    whole(1, 8760),
    2160,
    'How long a session lasts from its sign-in, in hours; activity does not extend it.',
    'application',
  ),
  'session.idle_minutes': setting(
    whole(0, 525_600),
    0,
    'After how many minutes without a request a session ends; 0 is never.',
    'application',
  ),
  'network.trusted': setting(
    z.array(cidr).max(100),
    [],
    'Networks in CIDR notation from which sign-ins are trusted.',
    'role',
  ),
  'network.effect': setting(
    z.enum(['skip', 'longer_interval']),
    'skip',
    'What a trusted network does: no challenge, or only a four times longer interval between challenges.',
  ),
  'api.password_login': setting(
    z.enum(['never', 'accounts_without_2fa', 'always']),
    'never',
    'Whether a service account may sign in to the API with a password: never, if no second factor is required of it, or always.',
  ),
  'identity_provider.default_second_factor': setting(
    z.enum(VOUCHED_SECOND_FACTORS),
    'skip',
    'What an identity provider that is added spares those it vouches for: the second factor, that which it says it has asked for itself, or nothing.',
  ),
  'audit.retention_days': setting(whole(30, 3650), 365, 'How many days audit rows are kept.'),
  'recovery.wait_hours': setting(
    whole(0, 168),
    1,
    'Hours before somebody who has lost every second factor is let begin anew, however soon a helper approves: so long the owner can take it back.',
  ),
  'site.language': setting(
    z.enum(LANGUAGES),
    'en',
    'The language of messages to users without one of their own, and of pages for browsers that ask for none that we speak.',
  ),
  'site.noun': setting(z.enum(['system', 'account', 'site', 'company']), 'site', 'What the screens call a site.'),
} as const

export type SettingKey = keyof typeof SETTINGS
export type Settings = { readonly [K in SettingKey]: Unchanging<z.output<(typeof SETTINGS)[K]['schema']>> }
type Unchanging<Value> = Value extends readonly (infer Item)[] ? readonly Item[] : Value
export type SettingsPatch = { readonly [K in SettingKey]?: Settings[K] }

export const SETTING_KEYS = Object.keys(SETTINGS) as readonly SettingKey[]

export const DEFAULTS: Settings = Object.fromEntries(
  SETTING_KEYS.map((key) => [key, SETTINGS[key].default]),
) as unknown as Settings

export function isSettingKey(key: string): key is SettingKey {
  return Object.hasOwn(SETTINGS, key)
}

/** A contact person of the site, as stored. */
export type ContactPerson = Settings['contact.persons'][number]

export type ParsedSetting =
  | { readonly ok: true; readonly value: unknown }
  | { readonly ok: false; readonly problem: string }

/** Checks one value against the registry. `problem` is a sentence that starts with the key. */
export function parseSetting(key: SettingKey, value: unknown): ParsedSetting {
  const parsed = SETTINGS[key].schema.safeParse(value)
  if (parsed.success) return { ok: true, value: parsed.data }
  const [issue] = parsed.error.issues
  const where = issue && issue.path.length > 0 ? ` (at ${issue.path.join('.')})` : ''
  return { ok: false, problem: `${key}${where}: ${issue?.message ?? 'is not valid'}` }
}

/** What holds at a site of which a stored setting cannot be read: nobody passes because of what we failed to understand. */
export const STRICTEST = {
  'two_factor.enabled': true,
  'two_factor.require_all': true,
  'two_factor.include_website_users': true,
  'methods.allowed': ['app'],
  'delivery.sms_failure_fallback': 'none',
  'delivery.when_unconfigured': 'block',
  'challenge.interval_hours': 0,
  'code.max_attempts': 3,
  'enrolment.channel': 'email_link',
  'enrolment.grace_days': 0,
  'session.duration_hours': 24,
  'network.trusted': [],
  // Networks of roles stay: with this they only multiply an interval that is nothing.
  'network.effect': 'longer_interval',
  'api.password_login': 'never',
} as const satisfies SettingsPatch

export interface ReadSettings {
  readonly settings: Settings
  /** Keys that this version does not know, or whose value it does not understand. */
  readonly unreadable: readonly string[]
}

/**
 * The settings of a site from what is stored. What a newer version wrote and this one cannot read might be the very thing that
 * keeps somebody out: then no default stands in for it, and the site is treated as strictly as it can be.
 */
export function readSettings(stored: ReadonlyMap<string, unknown>): ReadSettings {
  const readable: Record<string, unknown> = {}
  const unreadable: string[] = []
  for (const [key, value] of stored) {
    const parsed = isSettingKey(key) ? parseSetting(key, value) : undefined
    if (parsed?.ok) readable[key] = parsed.value
    else unreadable.push(key)
  }
  const settings: Settings = { ...DEFAULTS, ...readable }
  return { settings: unreadable.length > 0 ? strictly(settings, unreadable) : settings, unreadable }
}

/**
 * The strictest values, never laxer than what could be read: a shorter session stays, and so do the methods unless they are what
 * cannot be read. To ask everybody for an app would have whoever proves a code by email bind an app on the password instead.
 */
function strictly(settings: Settings, unreadable: readonly string[]): Settings {
  return {
    ...settings,
    ...STRICTEST,
    'methods.allowed': unreadable.includes('methods.allowed')
      ? STRICTEST['methods.allowed']
      : settings['methods.allowed'],
    'session.duration_hours': Math.min(settings['session.duration_hours'], STRICTEST['session.duration_hours']),
  }
}
