import type { Instant } from '#domain/time.ts'
import type { JsonValue } from './canonical.ts'

/** The closed list of what is written down. Names are stable: searches and alarms rest on them. */
export const EVENTS = {
  'auth.password.ok': 'Right password',
  'auth.password.fail': 'Wrong password or unknown user',
  'auth.password.throttled': 'Password refused: too many wrong ones before',
  'auth.password.again': 'Right password; a code is sent at the next one',
  'auth.external.ok': 'Vouched for by an identity provider',
  'auth.external.fail': 'Vouched for, but unknown or disabled here',
  'auth.vouched': 'Password vouched for by an application',
  'auth.challenge.issued': 'Asked for a second factor',
  'auth.challenge.sent': 'Code requested again',
  'auth.challenge.fail': 'Code refused',
  'auth.challenge.cancelled': 'Sign-in given up',
  'auth.challenge.replayed': 'Code refused: used before',
  'auth.challenge.failures': 'Failed 2FA codes in a row',
  'auth.challenge.exhausted': 'Too many failed codes in one sign-in',
  'auth.challenge.locked': 'Code refused: the second step is locked',
  'auth.denied': 'Sign-in refused by the policy',
  'auth.factor.ok': 'Second factor passed',
  'auth.stepup.ok': 'Proved anew inside a session',
  'auth.stepup.fail': 'Proof inside a session refused',
  'factor.locked': 'Second step locked after failed codes',
  'factor.unlocked': 'Second step unlocked',
  'factor.disabled': 'Second factor disabled after 100 failed codes',
  'factor.enrol.started': 'Enrolment of an authenticator started',
  'factor.enrol.aborted': 'Enrolment of an authenticator aborted',
  'factor.enrolled': 'Authenticator added',
  'factor.removed': 'Authenticator removed',
  'factor.reset': 'Authenticators reset',
  'factor.steps.repaired': 'Codes given back that a wrong clock had spent',
  'factor.renamed': 'Authenticator renamed',
  'factor.counter': 'Passkey refused: its counter went back, it may have been copied',
  'auth.passkey.ok': 'Signed in with a passkey',
  'auth.passkey.fail': 'Passkey refused',
  'reset.requested': 'Link for another password asked for',
  'reset.mailed': 'Link for another password mailed by an administrator',
  'reset.printed': 'Link for a first password shown at the server',
  'reset.completed': 'Forgotten password replaced',
  'reset.replayed': 'Link for another password opened after it was used',
  'recovery.issued': 'Recovery codes made',
  'recovery.kept': 'Recovery codes kept safe',
  'recovery.used': 'Recovery code used',
  'recovery.requested': 'Lost everything: asked to begin anew',
  'recovery.approved': 'Request to begin anew approved after checks of identity',
  'recovery.refused': 'Request to begin anew refused',
  'recovery.cancelled': 'Request to begin anew taken back by the mailed link',
  'recovery.code.issued': 'Code made that ends a request to begin anew',
  'recovery.fail': 'Code that ends a request to begin anew refused',
  'recovery.completed': 'Begun anew after everything was lost',
  'hardware.imported': 'Hardware tokens imported',
  'hardware.assigned': 'Hardware token handed out',
  'hardware.removed': 'Hardware token removed',
  'hardware.resynchronised': 'Hardware token resynchronised',
  'breakglass.issued': 'Emergency code made on the server',
  'breakglass.used': 'Emergency code used',
  'helpdesk.viewed': 'Helpdesk looked at the second factor',
  'helpdesk.resent': 'Helpdesk sent the code again',
  'helpdesk.code.issued': 'Helpdesk made a code',
  'helpdesk.code.used': 'Code of the helpdesk used',
  'session.created': 'Signed in',
  'session.ended': 'Signed out',
  'session.revoked': 'Session ended',
  'sessions.cleared': 'All sessions ended',
  'device.trusted': 'Browser remembered',
  'device.revoked': 'Remembered browsers forgotten',
  'device.rejected': 'Remembered browser forgotten: a token of it that was replaced was shown again',
  'degraded.login': 'Let in without a second factor: no channel was ever set up',
  'delivery.accepted': 'Message handed over',
  'delivery.delivered': 'Message arrived',
  'delivery.failed': 'Message could not be sent',
  'delivery.retried': 'Message could not be sent yet; it is tried again',
  'delivery.fallback': 'Message sent over the other channel',
  'delivery.quota': 'Message not sent: limit reached',
  'delivery.flood': 'Codes not sent: somebody asks for many of them with the password, and types none back',
  'delivery.pumping': 'SMS not sent: too many numbers of one block that answer none',
  'delivery.budget': 'SMS budget of the month nearly used up',
  'policy.changed': 'Settings changed',
  'policy.failmode.changed': 'What happens without a channel changed',
  'bypass.granted': 'Exempted from 2FA',
  'bypass.revoked': 'Exemption from 2FA ended',
  'bypass.reminded': 'Exemption from 2FA is about to end',
  'user.created': 'User created',
  'user.changed': 'User changed',
  'user.address.asked': 'New email address or phone number entered; it waits until it is proved',
  'user.address.fail': 'New email address or phone number: wrong code typed back',
  'user.email.changed': 'Email address of a user replaced by one that was proved',
  'user.phone.changed': 'Phone number of a user replaced by one that was proved',
  'user.deleted': 'User deleted',
  'user.two_factor.changed': '2FA switched for a user',
  'role.created': 'Role created',
  'role.changed': 'Role changed',
  'role.deleted': 'Role deleted',
  'application.created': 'Application created',
  'application.changed': 'Application changed',
  'application.deleted': 'Application deleted',
  'identity_provider.created': 'Identity provider added',
  'identity_provider.changed': 'Identity provider changed',
  'identity_provider.deleted': 'Identity provider deleted',
  'external.assertion.taken': 'Answer of an identity provider taken',
  'external.assertion.refused': 'Answer of an identity provider refused',
  'external.identity.linked': 'User of an identity provider seen for the first time',
  'openid.client.changed': 'OpenID Connect set up for an application',
  'openid.client.removed': 'OpenID Connect taken from an application',
  'openid.code.issued': 'Signed in to an application',
  'openid.tokens.issued': 'Tokens given to an application',
  'openid.reused': 'Code or refresh token used twice: access taken back',
  'key.created': 'Signing key made',
  'key.rotated': 'Signing keys replaced',
  'vault.key.taken': 'Secrets are sealed with a new key from now on',
  'vault.key.rotated': 'Nothing is sealed with the old key any more',
  'apikey.created': 'API key created',
  'apikey.refused': 'API key shown that opens nothing',
  'apikey.revoked': 'API key revoked',
  'config.channel.changed': 'Delivery channel set up or switched off',
  'config.channel.removal.asked': 'Delivery channel to be taken away; it stays in force until then',
  'config.channel.removal.cancelled': 'Delivery channel kept after all',
  'config.texts.changed': 'Words of messages changed',
  'delivery.test.sent': 'Delivery channel tested: a code was sent',
  'delivery.test.failed': 'Delivery channel tested: it does not work, or a wrong code was typed back',
  'delivery.test.passed': 'Delivery channel proved: the code was typed back',
  'authz.denied': 'Access refused',
  'audit.checkpoint': 'Audit log sealed',
  'audit.key.rotated': 'Key of the audit log changed',
  'audit.segment_purged': 'Oldest part of the audit log removed',
  'audit.stream.added': 'Audit log is sent on',
  'audit.stream.removed': 'Audit log is no longer sent on',
  'audit.personal.erased': 'Personal values erased from the audit log',
  'system.clock_jump': 'Right code refused: the clock was ahead when the last one was used, or is behind now',
  'system.migrated': 'Database brought up to a newer version',
  'system.restored': 'Database restored from a backup',
  'site.created': 'Site created',
  'site.deleted': 'Site deleted',
} as const
export type EventName = keyof typeof EVENTS

/** Who or what an event is about. `name` is personal: it is kept beside the chain and can be erased. */
export interface Party {
  readonly type:
    | 'user'
    | 'api_key'
    | 'operator'
    | 'system'
    | 'anonymous'
    | 'site'
    | 'role'
    | 'application'
    | 'channel'
    | 'identity_provider'
  readonly id: string
  readonly name: string | null
}

export interface AuditEvent {
  readonly ev: EventName
  readonly actor: Party
  readonly subject: Party | null
  readonly application: string | null
  /** No secret, no code, no address of a person; names and masked destinations only. */
  readonly data: Readonly<Record<string, JsonValue>>
}

/** Where a request came from. Address and browser are personal. */
export interface Origin {
  readonly request: string
  readonly address: string | null
  readonly userAgent: string | null
}

export const SYSTEM: Party = { type: 'system', id: 'system', name: 'system' }
export const ANONYMOUS: Party = { type: 'anonymous', id: 'anonymous', name: null }

/** A row of the audit log as it is read back: the three columns User, Action, Time and what lies behind them. */
export interface AuditRow extends AuditEvent {
  readonly seq: number
  readonly at: Instant
  readonly origin: Origin
  readonly hash: string
}
