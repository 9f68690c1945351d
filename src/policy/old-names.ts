import type { SettingKey } from './settings.ts'

/** The systems whose administrators look for what they know. */
export const OLD_SYSTEMS = {
  next_plus: 'Next Plus',
  schedule_it: 'Schedule it',
  erpnext: 'ERPNext',
  mapon: 'Mapon',
  ivendnext: 'iVendNext',
  frappe: 'Frappe',
} as const
export type OldSystem = keyof typeof OLD_SYSTEMS

/** What something is called elsewhere, where it is found there, and what it is here. */
export interface OldName {
  readonly system: OldSystem
  readonly name: string
  readonly place: string
  /** Settings of the site, or words of the policy that are kept with a role, a user or an application (`attributes.ts`). */
  readonly means: readonly (SettingKey | AttributeKey)[]
  /** Where no setting stands for it: the words to type after `countersign --site NAME`. */
  readonly command?: string
}

type AttributeKey = `role.${string}` | `user.${string}` | `user_application.${string}` | `application.${string}`

const SYSTEM_SETTINGS = 'System Settings, Two Factor Authentication'
const LOGIN_TAB = 'System Settings, Login, Two Factor Authentication'
const DIALOG = 'Settings, Two-factor authentication'
const EDIT_USER = 'Account Settings, Users, edit user'
const GENERAL = 'Account Settings, Advanced, General'

/** By system, in the order in which its own pages show them. */
export const OLD_NAMES: readonly OldName[] = [
  nextPlus('Email Two-Factor Authentication', 'Settings, System', 'two_factor.enabled', 'two_factor.require_all'),
  nextPlus('Enable Email 2FA', 'Settings, System', 'two_factor.enabled', 'two_factor.require_all'),
  nextPlus('Hours Between Challenges', 'Settings, System', 'challenge.interval_hours'),
  nextPlus('Bypass Email 2FA', 'Settings, Users, user', 'user.bypass'),
  nextPlus('SMTP not configured', 'Settings, System', 'delivery.when_unconfigured'),

  scheduleIt('Authentication by SMS', EDIT_USER, 'user.two_factor_sms'),
  scheduleIt('Authentication by Email', EDIT_USER, 'user.two_factor_email'),
  scheduleIt('Email when the SMS fails', EDIT_USER, 'delivery.sms_failure_fallback'),
  scheduleIt('Login Session Duration', GENERAL, 'session.duration_hours'),
  { ...scheduleIt('Clear all login sessions', GENERAL), command: 'sessions clear' },
  { ...scheduleIt("Force a user's login session to expire", EDIT_USER), command: 'users end-sessions USER' },

  erpnext('Enable Two Factor Auth', SYSTEM_SETTINGS, 'two_factor.enabled', 'two_factor.flag_all_role_on_enable'),
  erpnext('OTP Validation Method', SYSTEM_SETTINGS, 'methods.allowed', 'methods.choice', 'delivery.primary'),
  erpnext('QR Code Expiry Time (for OTP App)', SYSTEM_SETTINGS, 'enrolment.qr_ttl_seconds'),
  erpnext('OTP Issuer Name', SYSTEM_SETTINGS, 'otp.issuer'),
  erpnext('Two Factor Authentication', 'Role', 'role.two_factor_auth'),

  mapon('General settings', DIALOG, 'delivery.primary', 'delivery.email_sole', 'delivery.backup_offer_after'),
  mapon('SMS as the primary, email as the backup', `${DIALOG}, General settings`, 'delivery.primary'),
  mapon('Email only', `${DIALOG}, General settings`, 'delivery.email_sole'),
  mapon("Responsible person's contact information", `${DIALOG}, General settings`, 'contact.persons'),
  mapon('Contact after 3 unsuccessful attempts', `${DIALOG}, General settings`, 'contact.show_after'),
  mapon('Default settings (Web, Manager)', DIALOG, 'application.default_for_new_users'),
  mapon('Two-factor authentication (Web, Manager)', 'Users, user', 'user_application.two_factor'),
  { ...mapon('Audit log', DIALOG, 'audit.failed_codes_at', 'audit.retention_days'), command: 'audit list' },

  ivendnext('Login tab, Two Factor Authentication', 'System Settings', 'two_factor.enabled'),
  ivendnext('Enable Two Factor Auth', LOGIN_TAB, 'two_factor.enabled', 'two_factor.flag_all_role_on_enable'),
  ivendnext('OTP App or Email/SMS', LOGIN_TAB, 'methods.allowed', 'delivery.primary', 'delivery.send_on'),
  ivendnext('Expiry time for QR Code', LOGIN_TAB, 'enrolment.qr_ttl_seconds'),
  ivendnext('OTP Issuer Name', LOGIN_TAB, 'otp.issuer'),
  ivendnext('Two Factor Authentication', 'Users, Role', 'role.two_factor_auth'),

  frappe('enable_two_factor_auth', 'Enable Two Factor Auth', 'two_factor.enabled'),
  frappe('two_factor_method', 'Two Factor Authentication method', 'methods.allowed', 'delivery.primary'),
  frappe('lifespan_qrcode_image', 'Expiry time of QR Code Image Page', 'enrolment.qr_ttl_seconds'),
  frappe('otp_issuer_name', 'OTP Issuer Name', 'otp.issuer'),
  frappe(
    'bypass_2fa_for_retricted_ip_users',
    'Bypass Two Factor Auth for users who login from restricted IP Address',
    'network.trusted',
    'network.effect',
  ),
  frappe('restrict_ip', 'Restrict IP', 'network.trusted'),
  frappe('session_expiry', 'Session Expiry (idle timeout)', 'session.idle_minutes'),
  frappe('allow_consecutive_login_attempts', 'Allow Consecutive Login Attempts', 'lock.after'),
  frappe('allow_login_after_fail', 'Allow Login After Fail', 'lock.seconds'),
  { ...frappe('send_sms', 'SMS Settings'), command: 'channels set sms --file FILE' },
]

type Means = OldName['means']

function nextPlus(name: string, place: string, ...means: Means): OldName {
  return { system: 'next_plus', name, place, means }
}

function scheduleIt(name: string, place: string, ...means: Means): OldName {
  return { system: 'schedule_it', name, place, means }
}

function erpnext(name: string, place: string, ...means: Means): OldName {
  return { system: 'erpnext', name, place, means }
}

function mapon(name: string, place: string, ...means: Means): OldName {
  return { system: 'mapon', name, place, means }
}

function ivendnext(name: string, place: string, ...means: Means): OldName {
  return { system: 'ivendnext', name, place, means }
}

/** Its fields have a name and a label; the label is what its pages show. */
function frappe(field: string, label: string, ...means: Means): OldName {
  return { system: 'frappe', name: label, place: field, means }
}
