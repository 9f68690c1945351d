import type { AuditEvent, Origin } from '#audit/event.ts'
import type { SiteId } from '#domain/id.ts'
import { days } from '#domain/time.ts'
import type { User } from '#domain/user.ts'
import type { Change, NonEmpty } from '#ports/changes.ts'
import type { Store } from '#ports/store.ts'
import { CHANNEL_FURNITURE } from './store-channels.ts'
import { PROVIDER_FURNITURE } from './store-identity-providers.ts'
import { WORDING_FURNITURE } from './store-wordings.ts'
import {
  MONDAY,
  HOME,
  ACME,
  GLOBEX,
  userOf,
  idOf,
  countersOf,
  auditStreamOf,
  authenticatorOf,
  enrolmentOf,
  challengeOf,
  sessionOf,
  deviceOf,
  issuedCodeOf,
  passkeyOf,
  recoveryOf,
  hardwareOf,
  deliveryOf,
  roleOf,
  applicationOf,
  apiKeyOf,
} from './store-things.ts'

/** Everything one person can have. The digests are those of the person of this name at the other site. */
export function belongingsOf(site: SiteId, name: string): readonly Change[] {
  const user = idOf(site, name)
  const of = { site, user }
  const own = site === ACME.id ? name : `globex-${name}`
  return [
    { kind: 'add-authenticator', authenticator: authenticatorOf(of, own) },
    { kind: 'add-enrolment', enrolment: { ...enrolmentOf(of, own), linkDigest: `link ${name}` } },
    { kind: 'add-challenge', challenge: { ...challengeOf(of, own), tokenDigest: `challenge ${name}` } },
    { kind: 'issue-code', code: issuedCodeOf(of, own) },
    { kind: 'add-passkey', passkey: { ...passkeyOf(of, own), credential: `credential ${name}` } },
    { kind: 'set-recovery-codes', user, codes: recoveryOf(own) },
    { kind: 'add-hardware', token: { ...hardwareOf(of, user, own), serial: `serial ${name}` } },
    { kind: 'spend-ceremony', site, nonce: `nonce ${name}`, expiresAt: MONDAY },
    { kind: 'add-device', device: { ...deviceOf(of, own), tokenDigest: `device ${name}` } },
    { kind: 'add-session', session: { ...sessionOf(of, own), tokenDigest: `session ${name}` } },
    { kind: 'add-delivery', delivery: deliveryOf(of, own) },
    { kind: 'add-api-key', key: { ...apiKeyOf(of, own), secretDigest: `key ${name}` } },
    { kind: 'set-user-application', user, application: 'web', twoFactor: true },
  ]
}

export function adding(user: User, passwordHash: string | null = `hash of ${user.username}`): Change {
  return { kind: 'add-user', user, passwordHash, counters: countersOf(user.id) }
}

export function event(more: Partial<AuditEvent> = {}): AuditEvent {
  return {
    ev: 'auth.password.ok',
    actor: { type: 'user', id: 'usr_ada', name: 'ada' },
    subject: null,
    application: 'web',
    data: { rule: 'methods', amr: ['pwd'] },
    ...more,
  }
}

export interface Order {
  readonly site?: SiteId
  readonly at?: number
  readonly origin?: Origin
  readonly events?: NonEmpty<AuditEvent>
}

export function commit(store: Store, changes: readonly Change[], order: Order = {}): Promise<'committed' | 'conflict'> {
  const { site = ACME.id, at = MONDAY, origin = HOME, events = [event()] } = order
  return store.commit({ site, at, origin, changes, events })
}

/** Ninety days for Sam, the proposed time. */
const BYPASS = {
  reason: 'shared_workstation',
  note: '',
  setBy: 'ada',
  setAt: MONDAY,
  expiresAt: MONDAY + days(90),
} as const

/** Two sites with an Ada each who has everything, like Sam at Acme; there also Kim, Bob, and a few things to spare. */
export async function furnish(store: Store): Promise<void> {
  const ada = { site: ACME.id, user: idOf(ACME.id, 'ada') }
  const acme: Change[] = [
    { kind: 'add-site', site: ACME, at: MONDAY },
    ...['Clerk', 'Spare'].map((name): Change => ({ kind: 'add-role', role: roleOf(ACME.id, name) })),
    ...['web', 'spare'].map((name): Change => ({ kind: 'add-application', application: applicationOf(ACME.id, name) })),
    adding(userOf(ACME.id, 'sam', { roles: ['Keeper'], bypass: BYPASS })),
    ...['kim', 'bob'].map((name) => adding(userOf(ACME.id, name))),
    adding(userOf(ACME.id, 'ada', { roles: ['Clerk', 'Administrator'] })),
    ...belongingsOf(ACME.id, 'sam'),
    ...belongingsOf(ACME.id, 'ada'),
    { kind: 'add-audit-stream', stream: auditStreamOf('spare') },
    { kind: 'add-authenticator', authenticator: authenticatorOf(ada, 'spare') },
    { kind: 'add-device', device: deviceOf(ada, 'spare') },
    { kind: 'add-passkey', passkey: passkeyOf(ada, 'spare') },
    { kind: 'add-hardware', token: hardwareOf(ada, null, 'spare') },
    { kind: 'set-user-application', user: idOf(ACME.id, 'sam'), application: 'spare', twoFactor: false },
    ...CHANNEL_FURNITURE,
    ...PROVIDER_FURNITURE,
    ...WORDING_FURNITURE,
    { kind: 'count-password', site: ACME.id, throttle: { bucket: 'sam', failures: 3, lastAt: MONDAY }, from: null },
    { kind: 'count-password', site: ACME.id, throttle: { bucket: 'ada', failures: 3, lastAt: MONDAY }, from: null },
  ]
  const globex: Change[] = [
    { kind: 'add-site', site: GLOBEX, at: MONDAY },
    { kind: 'add-role', role: roleOf(GLOBEX.id, 'Clerk') },
    { kind: 'add-application', application: applicationOf(GLOBEX.id, 'web') },
    adding(userOf(GLOBEX.id, 'ada', { roles: ['Clerk'] })),
    ...belongingsOf(GLOBEX.id, 'ada'),
    {
      kind: 'count-password',
      site: GLOBEX.id,
      throttle: { bucket: 'ada', failures: 3, lastAt: MONDAY + 1 },
      from: null,
    },
    { kind: 'set-channel', site: GLOBEX.id, channel: 'email', config: { kind: 'off' } },
    {
      kind: 'set-settings',
      site: GLOBEX.id,
      from: 1,
      values: { 'lock.after': 12, 'code.digits': 7 },
      by: 'kim',
      at: MONDAY,
    },
  ]
  for (const [site, changes] of [
    [GLOBEX.id, globex],
    [ACME.id, acme],
  ] as const) {
    const done = await commit(store, changes, { site, events: [event({ ev: 'site.created' })] })
    if (done !== 'committed') throw new Error(`${site} could not be furnished`)
  }
}
