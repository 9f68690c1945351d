import { days, minutes } from '#domain/time.ts'
import type { AuditLogChange } from '#ports/audit-log.ts'
import type { ExternalIdentityChange } from '#ports/external-identities.ts'
import type { RecoveryRequestChange } from '#ports/recovery-requests.ts'
import type { DeviceTokenChange } from '#ports/device-tokens.ts'
import type { KeptRequestChange } from '#ports/kept-requests.ts'
import type { PasswordResetChange } from '#ports/password-resets.ts'
import type { OpenIdChange } from '#ports/openid.ts'
import type { RestoredChange } from '#ports/restored-changes.ts'
import type { Change } from '#ports/changes.ts'
import type { ChannelRemovalChange } from '#ports/channel-removals.ts'
import type { WaitingAddressChange } from '#ports/waiting-addresses.ts'
import type { SendCapChange } from '#ports/send-caps.ts'
import { PROVIDER_GOOD, PROVIDER_STALE } from './store-identity-providers.ts'
import { WORDING_GOOD, WORDING_REPEATABLE, WORDING_STALE } from './store-wordings.ts'
import { CHANNEL_GOOD, CHANNEL_REPEATABLE, CHANNEL_STALE } from './store-channels.ts'
import { adding } from './store-furniture.ts'
import {
  ACME,
  apiKeyOf,
  applicationOf,
  auditStreamOf,
  authenticatorOf,
  challengeOf,
  countersOf,
  deliveryOf,
  deviceOf,
  enrolmentOf,
  idOf,
  issuedCodeOf,
  passkeyOf,
  recoveryOf,
  hardwareOf,
  MONDAY,
  roleOf,
  sessionOf,
  userOf,
} from './store-things.ts'

/** What is signed of a log, and what is mailed to replace a password, have contracts of their own: their changes hold only upon one another. */
export type CatalogueKind = Exclude<
  Change['kind'],
  | AuditLogChange['kind']
  | OpenIdChange['kind']
  | ExternalIdentityChange['kind']
  | RestoredChange['kind']
  | PasswordResetChange['kind']
  | SendCapChange['kind']
  | DeviceTokenChange['kind']
  | RecoveryRequestChange['kind']
  | KeptRequestChange['kind']
  | WaitingAddressChange['kind']
  | ChannelRemovalChange['kind']
>

type Catalogue = { readonly [K in CatalogueKind]: Extract<Change, { kind: K }> }

const site = ACME.id
const ADA = idOf(site, 'ada')
const BOB = idOf(site, 'bob')
const KIM = idOf(site, 'kim')
const ada = { site, user: ADA }
const bob = { site, user: BOB }
const sam = { site, user: idOf(site, 'sam') }
const LATER = MONDAY + minutes(1)

const initech = { ...ACME, id: 'site_initech', name: 'initech' } as const

const changedAda = userOf(site, 'ada', {
  roles: ['Keeper', 'Clerk'],
  displayName: 'Ada Lovelace',
  phone: '+4915112345678',
  language: 'de',
  twoFactor: { app: true, email: false, sms: true },
  bypass: { reason: 'other', note: 'a note', setBy: 'kim', setAt: MONDAY, expiresAt: null },
  intervalHours: 0,
  hadAuthenticator: true,
  requiredSince: MONDAY,
  version: 2,
})

const changedRole = { ...roleOf(site, 'Clerk'), twoFactorAuth: false, methodsAllowed: null, trustedNetworks: null }
const changedApplication = {
  ...applicationOf(site, 'web'),
  title: 'Web',
  recheckInSession: null,
  sessionHours: 9,
  hosts: [],
}

/** One of each kind that holds on the furnished store. None is in the way of another, but for those of a whole site. */
export const GOOD: Catalogue = {
  ...CHANNEL_GOOD,
  ...PROVIDER_GOOD,
  ...WORDING_GOOD,
  'add-challenge': {
    kind: 'add-challenge',
    challenge: { ...challengeOf(ada, 'new'), state: { kind: 'enrolling', channel: 'both' } },
  },
  'move-challenge': {
    kind: 'move-challenge',
    challenge: {
      ...challengeOf(ada, 'ada'),
      state: { kind: 'passed', evidence: { kind: 'app', at: LATER }, at: LATER },
      expiresAt: LATER,
      version: 2,
    },
    from: 1,
  },
  'set-counters': {
    kind: 'set-counters',
    counters: countersOf(ADA, {
      consecutive: 4,
      inWindow: 3,
      windowStart: MONDAY,
      lockedUntil: LATER,
      disabled: true,
      nextCounter: 9,
      sealedCodeSecret: 'sealed',
      passwordProvedAt: MONDAY,
      version: 2,
    }),
    from: 1,
  },
  'count-password': { kind: 'count-password', site, throttle: { bucket: 'ada', failures: 4, lastAt: LATER }, from: 3 },
  'spend-step': { kind: 'spend-step', authenticator: 'aut_ada', step: 101, at: LATER },
  'give-back-steps': { kind: 'give-back-steps', of: 'app', authenticator: 'aut_sam', from: 100, to: 7 },
  'add-authenticator': { kind: 'add-authenticator', authenticator: authenticatorOf(ada, 'new') },
  'remove-authenticator': { kind: 'remove-authenticator', authenticator: 'aut_spare' },
  'add-enrolment': { kind: 'add-enrolment', enrolment: { ...enrolmentOf(bob, 'bob'), linkDigest: null } },
  'move-enrolment': {
    kind: 'move-enrolment',
    enrolment: { ...enrolmentOf(ada, 'ada'), wrongCodes: 2, version: 2 },
    from: 1,
  },
  'end-enrolment': { kind: 'end-enrolment', enrolment: 'enr_sam', from: 1 },
  'issue-code': { kind: 'issue-code', code: issuedCodeOf(ada, 'new') },
  'spend-issued-code': { kind: 'spend-issued-code', user: idOf(site, 'sam'), digest: 'given to sam' },
  'add-passkey': { kind: 'add-passkey', passkey: passkeyOf(ada, 'new') },
  'use-passkey': { kind: 'use-passkey', passkey: 'aut_key-ada', from: 5, counter: 6, backedUp: true, at: LATER },
  'remove-passkey': { kind: 'remove-passkey', passkey: 'aut_key-spare' },
  'spend-ceremony': { kind: 'spend-ceremony', site, nonce: 'nonce new', expiresAt: MONDAY },
  'name-authenticator': { kind: 'name-authenticator', of: 'app', authenticator: 'aut_ada', label: 'my phone' },
  'set-recovery-codes': {
    kind: 'set-recovery-codes',
    user: BOB,
    codes: { ...recoveryOf('bob'), savedAt: LATER },
  },
  'keep-recovery-codes': { kind: 'keep-recovery-codes', user: ADA, madeAt: MONDAY, at: LATER },
  'spend-recovery-code': { kind: 'spend-recovery-code', user: ADA, digest: 'one of ada' },
  'drop-recovery-codes': { kind: 'drop-recovery-codes', user: sam.user },
  'add-hardware': { kind: 'add-hardware', token: hardwareOf(ada, null, 'new') },
  'move-hardware': {
    kind: 'move-hardware',
    token: {
      ...hardwareOf(ada, null, 'ada'),
      label: 'taken back',
      moves: 'clock',
      parameters: { digits: 6, algorithm: 'SHA1', period: 30 },
      last: 50,
      lastUsedAt: LATER,
      version: 2,
    },
    from: 1,
  },
  'spend-hardware': { kind: 'spend-hardware', token: 'aut_token-sam', last: 42, at: LATER },
  'remove-hardware': { kind: 'remove-hardware', token: 'aut_token-spare' },
  'carry-session': { kind: 'carry-session', user: sam.user, session: 'ses_sam', userEpoch: 2 },
  'sign-in-user': { kind: 'sign-in-user', user: BOB, sessionEpoch: 1, at: LATER, requiredSince: LATER },
  'add-session': { kind: 'add-session', session: sessionOf(ada, 'new', { challenge: null, device: null }) },
  'renew-session': {
    kind: 'renew-session',
    session: {
      ...sessionOf(sam, 'sam'),
      tokenDigest: 'session sam anew',
      evidence: [{ kind: 'break_glass', by: 'operator', at: LATER }],
      lastSeenAt: LATER,
    },
    from: 'session sam',
  },
  'end-session': { kind: 'end-session', session: 'ses_ada', at: LATER },
  'end-user-sessions': { kind: 'end-user-sessions', user: ADA, fromEpoch: 1 },
  'end-site-sessions': { kind: 'end-site-sessions', site, fromEpoch: 1 },
  'add-device': { kind: 'add-device', device: deviceOf(ada, 'new') },
  'use-device': { kind: 'use-device', device: 'dev_ada', address: '192.0.2.9', at: LATER },
  'forget-device': { kind: 'forget-device', device: 'dev_spare', at: LATER },
  'forget-user-devices': { kind: 'forget-user-devices', user: ADA, fromEpoch: 1 },
  'forget-site-devices': { kind: 'forget-site-devices', site, fromEpoch: 1 },
  'add-delivery': {
    kind: 'add-delivery',
    delivery: deliveryOf(ada, 'new', { challenge: null, content: { kind: 'notice', notice: 'factor_locked' } }),
  },
  'move-delivery': {
    kind: 'move-delivery',
    delivery: deliveryOf(ada, 'ada', { state: { kind: 'accepted', at: LATER, reference: 'ref-1' }, version: 2 }),
    from: 1,
  },
  'set-channel': { kind: 'set-channel', site, channel: 'email', config: { kind: 'config', sealed: 'sealed smtp' } },
  'add-site': { kind: 'add-site', site: initech, at: MONDAY },
  'remove-site': { kind: 'remove-site', site },
  'set-settings': {
    kind: 'set-settings',
    site,
    from: 1,
    values: { 'two_factor.enabled': true, 'code.digits': 8, 'lock.after': null },
    by: 'kim',
    at: LATER,
  },
  'add-user': adding(userOf(site, 'new', { roles: ['Clerk'] })) as Catalogue['add-user'],
  'change-user': { kind: 'change-user', user: changedAda, from: 1 },
  'remove-user': { kind: 'remove-user', user: KIM, from: 1 },
  'remind-of-bypass': { kind: 'remind-of-bypass', user: idOf(site, 'sam'), expiresAt: MONDAY + days(90) },
  'keep-administrator': { kind: 'keep-administrator', site, besides: BOB },
  'set-password': { kind: 'set-password', user: ADA, passwordHash: 'another hash' },
  'set-user-application': { kind: 'set-user-application', user: ADA, application: 'web', twoFactor: false },
  'add-role': { kind: 'add-role', role: { ...roleOf(site, 'New'), methodsAllowed: null, trustedNetworks: null } },
  'change-role': { kind: 'change-role', role: { ...changedRole, version: 2 }, from: 1 },
  'remove-role': { kind: 'remove-role', site, name: 'Spare', from: 1 },
  'add-application': { kind: 'add-application', application: applicationOf(site, 'new') },
  'change-application': { kind: 'change-application', application: { ...changedApplication, version: 2 }, from: 1 },
  'remove-application': { kind: 'remove-application', site, name: 'spare', from: 1 },
  'add-api-key': { kind: 'add-api-key', key: { ...apiKeyOf(ada, 'new'), user: null, expiresAt: null } },
  'revoke-api-key': { kind: 'revoke-api-key', key: 'key_ada', at: LATER },
  'add-audit-stream': { kind: 'add-audit-stream', stream: auditStreamOf('siem') },
  'remove-audit-stream': { kind: 'remove-audit-stream', site, name: 'spare' },
}

/** Those that are about a part of a site, so that many fit into one commit. One of them is about what all the others leave behind. */
export const PARTS: readonly Change[] = Object.values(GOOD).filter(
  ({ kind }) => kind !== 'add-site' && kind !== 'remove-site' && kind !== 'keep-administrator',
)

/** Good changes that hold any number of times; each other one was decided on something that is no longer so after it. */
export const REPEATABLE: readonly Change['kind'][] = [
  ...CHANNEL_REPEATABLE,
  ...WORDING_REPEATABLE,
  'issue-code',
  'keep-administrator',
  'name-authenticator',
  'set-channel',
  'set-password',
  'set-recovery-codes',
  'set-user-application',
  'sign-in-user',
  'use-device',
]

/** Decided on what is not so: out of date, about what is gone, in the way of what is there. Each is refused. */
export const STALE: readonly Change[] = [
  ...CHANNEL_STALE,
  ...PROVIDER_STALE,
  ...WORDING_STALE,
  { kind: 'add-challenge', challenge: challengeOf(ada, 'ada') },
  { kind: 'add-challenge', challenge: { ...challengeOf(ada, 'other'), tokenDigest: 'challenge ada' } },
  { kind: 'add-challenge', challenge: challengeOf({ site, user: 'usr_nobody' }, 'nobody') },
  { ...GOOD['move-challenge'], from: 2 },
  { ...GOOD['move-challenge'], challenge: challengeOf(ada, 'nothing') },
  { ...GOOD['set-counters'], from: 0 },
  { ...GOOD['set-counters'], counters: countersOf('usr_nobody') },
  { ...GOOD['count-password'], from: 2 },
  { ...GOOD['count-password'], from: null },
  { ...GOOD['give-back-steps'], from: 99 },
  { ...GOOD['give-back-steps'], to: 100 },
  { ...GOOD['give-back-steps'], to: 101 },
  { ...GOOD['give-back-steps'], of: 'hardware' },
  // It is moved by its button, and no clock has ever been ahead for it.
  { ...GOOD['give-back-steps'], of: 'hardware', authenticator: 'aut_token-sam', from: 41, to: 7 },
  { ...GOOD['spend-step'], step: 100 },
  { ...GOOD['spend-step'], step: 1 },
  { ...GOOD['spend-step'], authenticator: 'aut_nothing' },
  { kind: 'add-authenticator', authenticator: authenticatorOf(ada, 'ada') },
  { kind: 'add-authenticator', authenticator: authenticatorOf({ site, user: 'usr_nobody' }, 'nobody') },
  { kind: 'remove-authenticator', authenticator: 'aut_nothing' },
  { kind: 'add-enrolment', enrolment: enrolmentOf(ada, 'second') },
  { ...GOOD['move-enrolment'], from: 7 },
  { ...GOOD['move-enrolment'], enrolment: enrolmentOf(ada, 'before') },
  { kind: 'end-enrolment', enrolment: 'enr_ada', from: 7 },
  { ...GOOD['sign-in-user'], sessionEpoch: 2 },
  { ...GOOD['sign-in-user'], user: 'usr_nobody' },
  { kind: 'add-session', session: sessionOf(ada, 'ada') },
  { kind: 'add-session', session: sessionOf({ site, user: 'usr_nobody' }, 'nobody') },
  { ...GOOD['renew-session'], from: 'session ada' },
  { ...GOOD['renew-session'], session: { ...GOOD['renew-session'].session, tokenDigest: 'session ada' } },
  { ...GOOD['renew-session'], session: { ...GOOD['renew-session'].session, user: ADA } },
  { kind: 'issue-code', code: issuedCodeOf({ site, user: 'usr_nobody' }, 'nobody') },
  { ...GOOD['spend-issued-code'], digest: 'given to ada' },
  { ...GOOD['spend-issued-code'], user: ADA },
  { kind: 'add-passkey', passkey: passkeyOf(ada, 'ada') },
  { kind: 'add-passkey', passkey: { ...passkeyOf(bob, 'stolen'), credential: 'credential ada' } },
  { kind: 'add-passkey', passkey: passkeyOf({ site, user: 'usr_nobody' }, 'nobody') },
  { ...GOOD['use-passkey'], from: 4 },
  { ...GOOD['use-passkey'], passkey: 'aut_key-nothing' },
  { kind: 'remove-passkey', passkey: 'aut_key-nothing' },
  { kind: 'spend-ceremony', site, nonce: 'nonce ada', expiresAt: MONDAY },
  { ...GOOD['name-authenticator'], authenticator: 'aut_nothing' },
  { ...GOOD['name-authenticator'], of: 'passkey' },
  { ...GOOD['name-authenticator'], of: 'hardware' },
  { kind: 'set-recovery-codes', user: 'usr_nobody', codes: recoveryOf('nobody') },
  { ...GOOD['keep-recovery-codes'], madeAt: MONDAY - 1 },
  { ...GOOD['keep-recovery-codes'], user: KIM },
  { ...GOOD['spend-recovery-code'], digest: 'one of sam' },
  { ...GOOD['spend-recovery-code'], user: KIM },
  { kind: 'drop-recovery-codes', user: KIM },
  { kind: 'add-hardware', token: hardwareOf(ada, null, 'ada') },
  { kind: 'add-hardware', token: { ...hardwareOf(ada, null, 'twin'), serial: 'serial ada' } },
  { kind: 'add-hardware', token: hardwareOf(ada, 'usr_nobody', 'nobody') },
  { ...GOOD['move-hardware'], from: 2 },
  { ...GOOD['spend-hardware'], last: 41 },
  { ...GOOD['spend-hardware'], last: 7 },
  { ...GOOD['spend-hardware'], token: 'aut_token-nothing' },
  { kind: 'remove-hardware', token: 'aut_token-nothing' },
  { ...GOOD['carry-session'], userEpoch: 1 },
  { ...GOOD['carry-session'], user: BOB },
  { ...GOOD['carry-session'], session: 'ses_nothing' },
  { ...GOOD['remind-of-bypass'], expiresAt: MONDAY },
  { ...GOOD['remind-of-bypass'], user: ADA },
  { kind: 'end-session', session: 'ses_nothing', at: LATER },
  { kind: 'end-user-sessions', user: ADA, fromEpoch: 2 },
  { kind: 'end-user-sessions', user: 'usr_nobody', fromEpoch: 1 },
  { kind: 'end-site-sessions', site, fromEpoch: 0 },
  { kind: 'add-device', device: deviceOf(ada, 'ada') },
  { kind: 'use-device', device: 'dev_nothing', address: null, at: LATER },
  { kind: 'forget-device', device: 'dev_nothing', at: LATER },
  { kind: 'forget-user-devices', user: ADA, fromEpoch: 3 },
  { kind: 'forget-site-devices', site, fromEpoch: 2 },
  { kind: 'add-delivery', delivery: deliveryOf(ada, 'ada') },
  { ...GOOD['move-delivery'], from: 2 },
  { ...GOOD['set-settings'], from: 2 },
  adding(userOf(site, 'ada', { id: 'usr_ada-too' })),
  adding(userOf(site, 'Ａda ', { id: 'usr_ada-wide' })),
  adding(userOf(site, 'other', { id: ADA })),
  { ...GOOD['change-user'], from: 2 },
  { ...GOOD['change-user'], user: { ...changedAda, username: 'bob' } },
  { kind: 'remove-user', user: KIM, from: 2 },
  { kind: 'remove-user', user: 'usr_nobody', from: 1 },
  { kind: 'keep-administrator', site, besides: ADA },
  { kind: 'set-password', user: 'usr_nobody', passwordHash: 'hash' },
  { kind: 'set-user-application', user: 'usr_nobody', application: 'web', twoFactor: true },
  { kind: 'add-role', role: roleOf(site, 'Clerk') },
  { ...GOOD['change-role'], from: 2 },
  { kind: 'remove-role', site, name: 'Clerk', from: 7 },
  { kind: 'remove-role', site, name: 'Nothing', from: 1 },
  { kind: 'add-application', application: applicationOf(site, 'web') },
  { ...GOOD['change-application'], from: 0 },
  { kind: 'remove-application', site, name: 'web', from: 7 },
  { kind: 'add-api-key', key: apiKeyOf(ada, 'ada') },
  { kind: 'revoke-api-key', key: 'key_nothing', at: LATER },
  { kind: 'add-audit-stream', stream: auditStreamOf('spare') },
  { kind: 'remove-audit-stream', site, name: 'nothing' },
]
