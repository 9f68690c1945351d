import type { Origin } from '#audit/event.ts'
import type { Challenge } from '#challenge/challenge.ts'
import type { ApiKey } from '#domain/api-key.ts'
import type { Application } from '#domain/application.ts'
import type { AppAuthenticator, Enrolment } from '#domain/authenticator.ts'
import type { CodeCounters } from '#domain/counters.ts'
import type { Delivery } from '#domain/delivery.ts'
import type { Device } from '#domain/device.ts'
import type { SiteId, UserId } from '#domain/id.ts'
import type { HardwareToken } from '#domain/hardware-token.ts'
import type { IssuedCode } from '#domain/issued-code.ts'
import type { Passkey } from '#domain/passkey.ts'
import type { RecoverySet } from '#domain/recovery.ts'
import type { Role } from '#domain/role.ts'
import type { Session } from '#domain/session.ts'
import type { Site } from '#domain/site.ts'
import { hours, minutes } from '#domain/time.ts'
import type { User } from '#domain/user.ts'
import type { AuditStream } from '#ports/audit-streams.ts'

/** Monday, 2 November 2026, nine o'clock. */
export const MONDAY = Date.UTC(2026, 10, 2, 9)

export const HOME: Origin = { request: 'req_home', address: '198.51.100.7', userAgent: 'Firefox/150.0' }

export const ACME = siteCalled('acme')
export const GLOBEX = siteCalled('globex')

function siteCalled(name: string): Site {
  return { id: `site_${name}`, name, title: `The ${name}`, settingsVersion: 1, sessionEpoch: 1, deviceEpoch: 1 }
}

/** Everything of a person is named after the person: `usr_ada`, `ses_ada`. The other site's Ada is `usr_globex-ada`. */
export function userOf(site: SiteId, name: string, more: Partial<User> = {}): User {
  return {
    id: idOf(site, name),
    site,
    username: name,
    displayName: `${name} of ${site}`,
    email: `${name}@acme.test`,
    phone: null,
    kind: 'system',
    status: 'active',
    language: null,
    roles: [],
    twoFactor: { app: false, email: true, sms: false },
    bypass: null,
    intervalHours: null,
    hadAuthenticator: false,
    requiredSince: null,
    createdAt: MONDAY,
    lastSignInAt: null,
    sessionEpoch: 1,
    deviceEpoch: 1,
    version: 1,
    ...more,
  }
}

export function idOf(site: SiteId, name: string): UserId {
  return site === ACME.id ? `usr_${name}` : `usr_globex-${name}`
}

export function countersOf(user: UserId, more: Partial<CodeCounters> = {}): CodeCounters {
  const none = { consecutive: 0, inWindow: 0, windowStart: 0, lockedUntil: 0, disabled: false, nextCounter: 0 }
  return { user, ...none, sealedCodeSecret: null, passwordProvedAt: null, version: 1, ...more }
}

interface Of {
  readonly site: SiteId
  readonly user: UserId
}

export function authenticatorOf({ site, user }: Of, name: string): AppAuthenticator {
  return {
    kind: 'app',
    id: `aut_${name}`,
    site,
    user,
    label: `phone of ${name}`,
    sealedSecret: `sealed ${name}`,
    parameters: { digits: 6, algorithm: 'SHA1', period: 30 },
    lastStep: 100,
    createdAt: MONDAY,
    lastUsedAt: null,
  }
}

export function passkeyOf({ site, user }: Of, name: string): Passkey {
  return {
    kind: 'passkey',
    id: `aut_key-${name}`,
    site,
    user,
    label: `key of ${name}`,
    credential: `credential ${name}`,
    publicKey: `public ${name}`,
    counter: 5,
    transports: ['internal', 'hybrid'],
    backupEligible: true,
    backedUp: false,
    createdAt: MONDAY,
    lastUsedAt: null,
  }
}

export function hardwareOf({ site }: Of, user: UserId | null, name: string): HardwareToken {
  return {
    kind: 'hardware',
    id: `aut_token-${name}`,
    site,
    user,
    serial: `serial ${name}`,
    label: `token of ${name}`,
    moves: 'counter',
    sealedSecret: `sealed ${name}`,
    parameters: { digits: 8, algorithm: 'SHA256', period: 60 },
    last: 41,
    importedAt: MONDAY,
    lastUsedAt: null,
    version: 1,
  }
}

export function recoveryOf(name: string): RecoverySet {
  return { salt: `salt ${name}`, madeAt: MONDAY, savedAt: null, digests: [`one of ${name}`, `two of ${name}`] }
}

export function enrolmentOf({ site, user }: Of, name: string): Enrolment {
  return {
    id: `enr_${name}`,
    site,
    user,
    challenge: `chl_${name}`,
    sealedSecret: `sealed ${name}`,
    parameters: { digits: 8, algorithm: 'SHA256', period: 60 },
    linkDigest: `link ${name}`,
    wrongCodes: 0,
    createdAt: MONDAY,
    expiresAt: MONDAY + minutes(4),
    version: 1,
  }
}

export function challengeOf({ site, user }: Of, name: string): Challenge {
  return {
    id: `chl_${name}`,
    site,
    user,
    application: 'web',
    purpose: 'login',
    session: null,
    tokenDigest: `challenge ${name}`,
    decision: { outcome: 'challenge', rule: 'methods', reason: 'asked', setting: 'two_factor.enabled' },
    firstProof: { kind: 'password', at: MONDAY },
    userEpoch: 1,
    openedAt: MONDAY,
    expiresAt: MONDAY + minutes(15),
    address: HOME.address,
    userAgent: HOME.userAgent,
    state: {
      kind: 'asked',
      methods: ['app', 'email'],
      method: 'email',
      sent: {
        counter: 3,
        digits: 6,
        expiresAt: MONDAY + minutes(5),
        over: ['email', 'sms'],
        sentAt: { email: MONDAY, sms: MONDAY + 1 },
      },
      sends: 1,
      failed: 0,
      askedAgain: false,
      undeliverable: ['sms'],
    },
    version: 1,
  }
}

export function sessionOf({ site, user }: Of, name: string, more: Partial<Session> = {}): Session {
  return {
    id: `ses_${name}`,
    site,
    user,
    tokenDigest: `session ${name}`,
    application: 'web',
    evidence: [
      { kind: 'password', at: MONDAY },
      { kind: 'code', over: ['email'], at: MONDAY + 1 },
    ],
    rule: 'methods',
    challenge: `chl_${name}`,
    device: `dev_${name}`,
    createdAt: MONDAY,
    endsAt: MONDAY + hours(8),
    lastSeenAt: MONDAY,
    endedAt: null,
    siteEpoch: 1,
    userEpoch: 1,
    address: HOME.address,
    userAgent: HOME.userAgent,
    ...more,
  }
}

export function issuedCodeOf({ site, user }: Of, name: string): IssuedCode {
  const [createdAt, expiresAt] = [MONDAY, MONDAY + minutes(10)]
  return { site, user, kind: 'break_glass', digest: `given to ${name}`, createdAt, expiresAt }
}

export function deviceOf({ site, user }: Of, name: string, more: Partial<Device> = {}): Device {
  return {
    id: `dev_${name}`,
    site,
    user,
    tokenDigest: `device ${name}`,
    rotates: false,
    passedAt: MONDAY,
    method: 'app',
    siteEpoch: 1,
    userEpoch: 1,
    userAgent: HOME.userAgent,
    lastUsedAt: MONDAY,
    address: HOME.address,
    forgottenAt: null,
    ...more,
  }
}

export function deliveryOf({ site, user }: Of, name: string, more: Partial<Delivery> = {}): Delivery {
  return {
    id: `dlv_${name}`,
    site,
    user,
    challenge: `chl_${name}`,
    channel: 'email',
    recipient: `${name}@acme.test`,
    content: { kind: 'code', challenge: `chl_${name}`, counter: 3, digits: 6 },
    state: { kind: 'queued' },
    createdAt: MONDAY,
    expiresAt: MONDAY + minutes(5),
    claimedUntil: MONDAY,
    version: 1,
    ...more,
  }
}

export function roleOf(site: SiteId, name: string): Role {
  return {
    site,
    name,
    twoFactorAuth: true,
    bypassAllowed: false,
    failOpenAllowed: true,
    methodsAllowed: ['app', 'passkey'],
    intervalHours: 12,
    graceDays: 0,
    trustedNetworks: ['192.0.2.0/24'],
    version: 1,
  }
}

export function applicationOf(site: SiteId, name: string): Application {
  return {
    site,
    name,
    title: `The ${name}`,
    defaultForNewUsers: true,
    intervalHours: 24,
    recheckInSession: false,
    sessionHours: null,
    sessionIdleMinutes: 30,
    hosts: [`${name}.example.com`, `*.${name}.example.com`],
    version: 1,
  }
}

export function apiKeyOf({ site, user }: Of, name: string): ApiKey {
  const until = MONDAY + hours(24)
  return {
    id: `key_${name}`,
    site,
    name: `key of ${name}`,
    user,
    secretDigest: `key ${name}`,
    scopes: ['users:read', 'audit:read'],
    createdAt: MONDAY,
    expiresAt: until,
    revokedAt: null,
    lastUsedAt: null,
  }
}

export function auditStreamOf(name: string): AuditStream {
  return {
    site: ACME.id,
    name,
    kind: 'webhook',
    sealedConfig: `sealed ${name}`,
    madeAt: MONDAY,
    sentSeq: 0,
    nextAt: MONDAY,
    failures: 0,
    failingSince: null,
    lastError: null,
  }
}
