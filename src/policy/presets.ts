import type { Settings, SettingsPatch } from './settings.ts'
import { DEFAULTS } from './settings.ts'

export const PRESET_NAMES = ['manufacturing', 'scheduling', 'erp', 'fleet', 'retail'] as const
export type PresetName = (typeof PRESET_NAMES)[number]

interface Preset {
  readonly says: string
  readonly settings: SettingsPatch
  /** Applications of a new site and whether users made from then on get a second factor there. */
  readonly applications: Readonly<Record<string, boolean>>
  /** Roles a new site starts with, beside `All` and `Administrator`. */
  readonly roles: readonly string[]
}

const OFFICE_ROLES = ['System Manager', 'Accounts Manager', 'HR Manager', 'Compliance Officer']

/** A starting point for a site. It is a patch of settings and no more: each of them stays editable. */
export const PRESETS: Readonly<Record<PresetName, Preset>> = {
  manufacturing: {
    says: 'Codes by email every 168 hours for everyone, exemptions for the shop floor, and production that never stands still.',
    settings: {
      'two_factor.require_all': true,
      'two_factor.flag_all_role_on_enable': false,
      'two_factor.include_website_users': true,
      'methods.allowed': ['email'],
      'methods.choice': 'site_fixed',
      'delivery.primary': 'email',
      'challenge.interval_hours': 168,
      'code.ttl_seconds': 600,
      'delivery.when_unconfigured': 'allow',
      'lock.after': 10,
      'lock.seconds': 900,
      'site.noun': 'system',
    },
    applications: { web: false },
    roles: OFFICE_ROLES,
  },
  scheduling: {
    says: 'SMS and email by switches on each user, a code at every sign-in, sessions of 90 days.',
    settings: {
      'two_factor.flag_all_role_on_enable': false,
      'two_factor.include_website_users': true,
      'methods.allowed': ['sms', 'email'],
      'methods.choice': 'user_flags',
      'delivery.primary': 'sms',
      'challenge.interval_hours': 0,
      'code.ttl_seconds': 600,
      'delivery.sms_failure_fallback': 'email_always',
      'delivery.backup_offer_after': 'never',
      'delivery.when_unconfigured': 'block',
      'api.password_login': 'accounts_without_2fa',
      'lock.after': 10,
      'lock.seconds': 900,
      'site.noun': 'account',
    },
    applications: { web: false },
    roles: OFFICE_ROLES,
  },
  erp: {
    says: 'An authenticator app for the role All or for chosen roles, bound by an emailed link, asked at every sign-in.',
    settings: {
      'methods.allowed': ['app'],
      'methods.choice': 'site_fixed',
      'delivery.primary': 'email',
      'challenge.interval_hours': 0,
      'code.ttl_seconds': 300,
      'delivery.sms_failure_fallback': 'none',
      'delivery.backup_offer_after': 'never',
      'delivery.when_unconfigured': 'block',
      'lock.after': 10,
      'lock.seconds': 60,
      'session.idle_minutes': 10200,
      'enrolment.channel': 'email_link',
      'identity_provider.default_second_factor': 'require',
      'site.noun': 'site',
    },
    applications: { web: false },
    roles: OFFICE_ROLES,
  },
  fleet: {
    says: 'SMS with email as the backup, by user and application, with contact persons after three failed codes.',
    settings: {
      'two_factor.flag_all_role_on_enable': false,
      'two_factor.include_website_users': true,
      'methods.allowed': ['sms', 'email'],
      'methods.choice': 'site_fixed',
      'delivery.primary': 'sms',
      'challenge.interval_hours': 0,
      'code.ttl_seconds': 300,
      'delivery.sms_failure_fallback': 'none',
      'delivery.backup_offer_after': 1,
      'delivery.when_unconfigured': 'block',
      'contact.show_after': 3,
      'audit.failed_codes_at': 3,
      'lock.after': 10,
      'lock.seconds': 900,
      'site.noun': 'company',
    },
    applications: { web: true, manager: true },
    roles: OFFICE_ROLES,
  },
  retail: {
    says: 'An authenticator app for the role All or for chosen roles, bound on the screen or by an emailed link.',
    settings: {
      'methods.allowed': ['app'],
      'methods.choice': 'site_fixed',
      'delivery.primary': 'sms',
      'challenge.interval_hours': 0,
      'code.ttl_seconds': 300,
      'delivery.sms_failure_fallback': 'none',
      'delivery.backup_offer_after': 'never',
      'delivery.send_on': 'second_attempt',
      'delivery.when_unconfigured': 'block',
      'lock.after': 10,
      'lock.seconds': 60,
      'session.idle_minutes': 10200,
      'enrolment.channel': 'both',
      'identity_provider.default_second_factor': 'require',
      'site.noun': 'site',
    },
    applications: { web: false },
    roles: OFFICE_ROLES,
  },
}

export function isPresetName(name: string): name is PresetName {
  return (PRESET_NAMES as readonly string[]).includes(name)
}

/** All settings of a site that has this preset and nothing else. */
export function presetSettings(name: PresetName): Settings {
  return { ...DEFAULTS, ...PRESETS[name].settings }
}
