import type { AuditEvent } from '#audit/event.ts'
import type { JsonValue } from '#audit/canonical.ts'
import { clearFailures } from '#challenge/attempts.ts'
import type { Notice } from '#domain/delivery.ts'
import { CHANNELS } from '#domain/method.ts'
import type { Secret } from '#domain/secret.ts'
import type { Instant } from '#domain/time.ts'
import type { User } from '#domain/user.ts'
import type { Change } from '#ports/changes.ts'
import type { Ports } from '#ports/ports.ts'
import type { PersonFile } from '#ports/store.ts'
import { type Act, isOwnAct, userParty } from './act.ts'
import { addressOf } from './facts.ts'
import { isLastAdministrator, resigns } from './last-administrator.ts'
import { sawsOff } from './last-factor.ts'
import { noticeOver, noticeTo } from './new-code.ts'
import { merge, newUser } from './new-user.ts'
import { inRounds } from './rounds.ts'
import { asKept, checkPassword, checkUser, type FieldProblem, type UserFields } from './user-input.ts'

export interface UserOrder extends Act {
  readonly site: string
  readonly username: string
  readonly fields: UserFields
  readonly password?: Secret | undefined
}

export type UserOutcome =
  | { readonly kind: 'saved'; readonly user: User }
  | { readonly kind: 'invalid'; readonly problems: readonly FieldProblem[] }
  | { readonly kind: 'name-taken' }
  | UserRefusal
  | { readonly kind: 'unknown-user' }
  | { readonly kind: 'unknown-site' }
  | { readonly kind: 'busy' }

/** What nobody may do, whatever they may do otherwise: it would shut the door behind somebody. */
export type UserRefusal =
  /** Nobody else could administer the site. */
  | { readonly kind: 'last-administrator' }
  /** A factor is required of this user, and no way to prove one would be left. */
  | { readonly kind: 'last-factor' }
  /** Nobody exempts themselves. */
  | { readonly kind: 'own-bypass' }

/** A new user. Applications whose default for new users is on are switched on for this one, and for nobody who exists already. */
export async function createUser(ports: Ports, order: UserOrder): Promise<UserOutcome> {
  const file = await ports.store.siteFile(order.site)
  if (!file) return { kind: 'unknown-site' }
  const problems = [
    ...checkUser(file, order.username, order.fields),
    ...(order.password ? checkPassword(order.password.reveal(), [order.username, file.site.name]) : []),
  ]
  if (problems.length > 0) return { kind: 'invalid', problems }
  const passwordHash = order.password ? await ports.passwords.hash(order.password) : null
  const at = ports.clock.now()
  const fields = asKept(file, order.fields)
  const made = newUser(ports, file, { ...order, fields }, { at, passwordHash })
  const committed = await ports.store.commit({
    site: file.site.id,
    at,
    origin: order.origin,
    changes: made.changes,
    events: [made.event],
  })
  return committed === 'conflict' ? { kind: 'name-taken' } : { kind: 'saved', user: made.user }
}

/**
 * Changes a user. Another password ends all sessions and forgets all remembered browsers; disabling ends the sessions. What was
 * changed goes into the audit log by the names of the fields; addresses and numbers stay out of it.
 */
export async function changeUser(ports: Ports, order: UserOrder): Promise<UserOutcome> {
  const problemsOfPassword = order.password ? checkPassword(order.password.reveal(), [order.username, order.site]) : []
  if (problemsOfPassword.length > 0) return { kind: 'invalid', problems: problemsOfPassword }
  const passwordHash = order.password ? await ports.passwords.hash(order.password) : null
  return overUser(ports, order, async (file, at) => {
    const before = file.user
    const given = unlessSame(before, order.fields)
    const problems = checkUser(file, before.username, given)
    if (problems.length > 0) return { kind: 'invalid', problems }
    const user = merge(before, asKept(file, given))
    const staying = await administratorStays(ports, before, user)
    if (staying === 'nobody-else') return { kind: 'last-administrator' }
    if (isOwnAct(order, user) && sawsOff(file, { ...file, user }, at)) return { kind: 'last-factor' }
    const changes: Change[] = [{ kind: 'change-user', user, from: before.version }, ...staying]
    const disabled = before.status === 'active' && user.status === 'disabled'
    if (passwordHash !== null) changes.push({ kind: 'set-password', user: user.id, passwordHash })
    if (passwordHash !== null || disabled)
      changes.push({ kind: 'end-user-sessions', user: user.id, fromEpoch: before.sessionEpoch })
    if (passwordHash !== null || disabled)
      changes.push({ kind: 'forget-user-devices', user: user.id, fromEpoch: before.deviceEpoch })
    // Whoever did it, the owner of the account is told: somebody else knows a password of theirs.
    if (passwordHash !== null) changes.push(...noticeTo(ports, file, 'password_changed', at))
    changes.push(...noticeToOldContacts(ports, file, user, at))
    // Whoever saw the QR code of an enrolment knew the password before.
    if (passwordHash !== null && file.enrolment) {
      changes.push({ kind: 'end-enrolment', enrolment: file.enrolment.id, from: file.enrolment.version })
    }
    const fields = [...changedFields(before, user), ...(passwordHash === null ? [] : ['password'])]
    const events: [AuditEvent, ...AuditEvent[]] = [about(order, user, 'user.changed', { fields })]
    const flags = changedFlags(before, user)
    if (Object.keys(flags).length > 0) events.push(about(order, user, 'user.two_factor.changed', flags))
    return { changes, events, user }
  })
}

/** Deletes a user and everything of theirs; one made later under the same name finds nothing of it. */
export async function deleteUser(ports: Ports, order: Omit<UserOrder, 'fields' | 'password'>): Promise<UserOutcome> {
  return overUser(ports, order, async ({ user }) => {
    const staying = await administratorStays(ports, user, null)
    if (staying === 'nobody-else') return { kind: 'last-administrator' }
    return {
      changes: [{ kind: 'remove-user', user: user.id, from: user.version }, ...staying],
      events: [about(order, user, 'user.deleted', {})],
      user,
    }
  })
}

/** Whether this user passes a second factor at this application. */
export async function switchUserApplication(
  ports: Ports,
  order: Omit<UserOrder, 'fields' | 'password'> & { application: string; twoFactor: boolean },
): Promise<UserOutcome> {
  return overUser(ports, order, async (file) => {
    const { user, applications } = file
    const application = applications.find(({ name }) => name === order.application)
    if (!application) {
      const known = applications.map(({ name }) => name).join(', ')
      return {
        kind: 'invalid',
        problems: [
          { field: 'application', problem: `there is no application "${order.application}"; known: ${known}` },
        ],
      }
    }
    const data = { application: application.title, enabled: order.twoFactor }
    return {
      changes: [
        { kind: 'set-user-application', user: user.id, application: application.name, twoFactor: order.twoFactor },
      ],
      events: [{ ...about(order, user, 'user.two_factor.changed', data), application: application.name }],
      user,
    }
  })
}

/** Lifts the lock of the second step and forgets the failed codes. */
export async function unlockUser(
  ports: Ports,
  order: Omit<UserOrder, 'fields' | 'password'> & { readonly reason?: string; readonly notice?: Notice },
): Promise<UserOutcome> {
  const { reason, notice } = order
  return overUser(ports, order, async (file, at) => {
    const { user, counters } = file
    const told = notice === undefined ? [] : noticeTo(ports, file, notice, at)
    return {
      changes: [{ kind: 'set-counters', counters: clearFailures(counters), from: counters.version }, ...told],
      events: [about(order, user, 'factor.unlocked', reason === undefined ? {} : { reason })],
      user,
    }
  })
}

/** What holds the last administrator in office, if this change would take one out of it. */
async function administratorStays(
  { store }: Ports,
  before: User,
  after: User | null,
): Promise<readonly Change[] | 'nobody-else'> {
  if (!resigns(before, after)) return []
  if (isLastAdministrator(await store.administrators(before.site), before.id)) return 'nobody-else'
  return [{ kind: 'keep-administrator', site: before.site, besides: before.id }]
}

/** Whoever read there is told that codes go elsewhere from now on. */
function noticeToOldContacts(ports: Ports, before: PersonFile, after: User, at: Instant): readonly Change[] {
  const gone = CHANNELS.filter((channel) => addressOf(before, channel) !== addressOf({ user: after }, channel))
  return gone.flatMap((each) => noticeOver(ports, before, each, { kind: 'notice', notice: 'contact_changed' }, at))
}

type UserWrites = {
  readonly changes: readonly Change[]
  readonly events: readonly [AuditEvent, ...AuditEvent[]]
  readonly user: User
}

/** Reads a user, lets `decide` say what is to be done, commits it; again if somebody was faster. */
export async function overUser(
  ports: Ports,
  order: { readonly site: string; readonly username: string } & Act,
  decide: (
    file: PersonFile,
    at: Instant,
  ) => Promise<UserWrites | UserRefusal | Extract<UserOutcome, { kind: 'invalid' }>>,
): Promise<UserOutcome> {
  const outcome = await inRounds<UserOutcome>(async () => {
    const at = ports.clock.now()
    const site = await ports.store.siteFile(order.site)
    if (!site) return { kind: 'unknown-site' }
    const file = await ports.store.personFile(site.site.id, order.username, at)
    if (!file) return { kind: 'unknown-user' }
    const decided = await decide(file, at)
    if ('kind' in decided) return decided
    const { changes, events, user } = decided
    const committed = await ports.store.commit({ site: site.site.id, at, origin: order.origin, changes, events })
    return committed === 'conflict' ? 'conflict' : { kind: 'saved', user }
  })
  return outcome === 'busy' ? { kind: 'busy' } : outcome
}

/** A number that the user has already may stay: it was right by the rules of its day. */
function unlessSame(before: User, fields: UserFields): UserFields {
  return fields.phone === before.phone ? { ...fields, phone: undefined } : fields
}

function changedFields(before: User, after: User): string[] {
  const names = [
    'displayName',
    'email',
    'phone',
    'kind',
    'status',
    'language',
    'roles',
    'twoFactor',
    'intervalHours',
  ] as const
  return names.filter((name) => JSON.stringify(before[name]) !== JSON.stringify(after[name]))
}

function changedFlags(before: User, after: User): Record<string, JsonValue> {
  const flags = ['app', 'email', 'sms'] as const
  const changed = flags.filter((flag) => before.twoFactor[flag] !== after.twoFactor[flag])
  return Object.fromEntries(changed.map((flag) => [flag, after.twoFactor[flag]]))
}

function about(act: Act, user: User, ev: AuditEvent['ev'], data: AuditEvent['data']): AuditEvent {
  return { ev, actor: act.actor, subject: userParty(user), application: null, data }
}
