import type { AuditEvent } from '#audit/event.ts'
import type { JsonValue } from '#audit/canonical.ts'
import { clearFailures } from '#challenge/attempts.ts'
import type { Notice } from '#domain/delivery.ts'
import type { Secret } from '#domain/secret.ts'
import type { User } from '#domain/user.ts'
import type { Change } from '#ports/changes.ts'
import type { Ports } from '#ports/ports.ts'
import { type Act, isOwnAct, userParty } from './act.ts'
import { inRounds } from './rounds.ts'
import { isLastAdministrator, resigns } from './last-administrator.ts'
import { sawsOff } from './last-factor.ts'
import { noticeTo } from './new-code.ts'
import { merge, newUser } from './new-user.ts'
import { type OverUser, overUser, type UserOutcome } from './over-user.ts'
import { placeAddresses } from './place-addresses.ts'
import { checkSwitches, planSwitches, type Switches } from './plan-switches.ts'
import { asKept, checkPassword, checkUser, type UserFields } from './user-input.ts'

export interface UserOrder extends OverUser {
  readonly fields: UserFields
  readonly password?: Secret | undefined
  /** Switches at applications; those that are left out stay, or begin with the default of their application. */
  readonly applications?: Switches | undefined
}

/** A new user. Applications whose default for new users is on are switched on for this one, and for nobody who exists already. */
export async function createUser(ports: Ports, order: UserOrder): Promise<UserOutcome> {
  const outcome = await inRounds(() => create(ports, order))
  return outcome === 'busy' ? { kind: 'busy' } : outcome
}

async function create(ports: Ports, order: UserOrder): Promise<UserOutcome | 'conflict'> {
  const file = await ports.store.siteFile(order.site)
  if (!file) return { kind: 'unknown-site' }
  const problems = [
    ...checkUser(file, order.username, order.fields),
    ...checkSwitches(file.applications, order.applications),
    ...(order.password ? checkPassword(order.password.reveal(), [order.username, file.site.name]) : []),
  ]
  if (problems.length > 0) return { kind: 'invalid', problems }
  const passwordHash = order.password ? await ports.passwords.hash(order.password) : null
  const at = ports.clock.now()
  if (await ports.store.personFile(file.site.id, order.username, at)) return { kind: 'name-taken' }
  const fields = asKept(file, order.fields)
  const made = newUser(ports, file, { ...order, fields }, { at, passwordHash })
  const before = Object.fromEntries(file.applications.map((each) => [each.name, each.defaultForNewUsers]))
  const switches = planSwitches(order, made.user, file.applications, { before, wanted: order.applications })
  const committed = await ports.store.commit({
    site: file.site.id,
    at,
    origin: order.origin,
    changes: [...made.changes, ...switches.changes],
    events: [made.event, ...switches.events],
  })
  return committed === 'conflict' ? 'conflict' : { kind: 'saved', user: made.user }
}

/**
 * Changes a user. Another password ends all sessions and forgets all remembered browsers; disabling ends the sessions. What was
 * changed goes into the audit log by the names of the fields; addresses and numbers stay out of it. Another address waits until it is
 * proved (`placeAddresses`): the user that comes back has the one in force.
 */
export async function changeUser(ports: Ports, order: UserOrder): Promise<UserOutcome> {
  const problemsOfPassword = order.password ? checkPassword(order.password.reveal(), [order.username, order.site]) : []
  if (problemsOfPassword.length > 0) return { kind: 'invalid', problems: problemsOfPassword }
  const passwordHash = order.password ? await ports.passwords.hash(order.password) : null
  return overUser(ports, order, async (file, at) => {
    const before = file.user
    const given = unlessSame(before, order.fields)
    const problems = [
      ...checkUser(file, before.username, given),
      ...checkSwitches(file.applications, order.applications),
    ]
    if (problems.length > 0) return { kind: 'invalid', problems }
    const wanted = merge(before, asKept(file, given))
    const placed = await placeAddresses(ports, file, { wanted, given: order.fields, actor: order.actor }, at)
    const { user } = placed
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
    changes.push(...placed.changes)
    // Whoever saw the QR code of an enrolment knew the password before.
    if (passwordHash !== null && file.enrolment) {
      changes.push({ kind: 'end-enrolment', enrolment: file.enrolment.id, from: file.enrolment.version })
    }
    const password = passwordHash === null ? [] : ['password']
    const fields = [...changedFields(before, user), ...placed.withdrawn, ...password]
    const onlyAsked = fields.length === 0 && placed.events.length > 0
    const flags = changedFlags(before, user)
    const applications = { before: file.userApplications, wanted: order.applications }
    const switches = planSwitches(order, user, file.applications, applications)
    const [first, ...more] = [
      ...placed.events,
      ...(onlyAsked || asksNothingElse(order) ? [] : [about(order, user, 'user.changed', { fields })]),
      ...(Object.keys(flags).length > 0 ? [about(order, user, 'user.two_factor.changed', flags)] : []),
      ...switches.events,
    ]
    if (!first) return { kind: 'saved', user: before }
    return { changes: [...changes, ...switches.changes], events: [first, ...more], user }
  })
}

/** Deletes a user and everything of theirs; one made later under the same name finds nothing of it. */
export async function deleteUser(ports: Ports, order: OverUser): Promise<UserOutcome> {
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
  order: OverUser & { readonly application: string; readonly twoFactor: boolean },
): Promise<UserOutcome> {
  return overUser(ports, order, async ({ user, applications }) => {
    const application = applications.find(({ name }) => name === order.application)
    if (!application) {
      const known = applications.map(({ name }) => name).join(', ')
      const problem = `there is no application "${order.application}"; known: ${known}`
      return { kind: 'invalid', problems: [{ field: 'application', problem }] }
    }
    const { name, title } = application
    const data = { application: title, enabled: order.twoFactor }
    return {
      changes: [
        { kind: 'set-user-application', user: user.id, application: name, twoFactor: order.twoFactor },
        raiseVersion(user),
      ],
      events: [{ ...about(order, user, 'user.two_factor.changed', data), application: name }],
      user,
    }
  })
}

/**
 * Lifts the lock of the second step and forgets the failed codes. What a hundred of them have disabled it does not bring back: that
 * has to be bound again, after a reset.
 */
export async function unlockUser(
  ports: Ports,
  order: OverUser & { readonly reason?: string; readonly notice?: Notice },
): Promise<UserOutcome> {
  const { reason, notice } = order
  return overUser(ports, order, async (file, at) => {
    const { user, counters } = file
    if (counters.disabled) return { kind: 'factor-disabled' }
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

/** Only switches, or nothing at all. */
function asksNothingElse({ fields, password }: UserOrder): boolean {
  return password === undefined && Object.values(fields).every((value) => value === undefined)
}

/** A switch is no column of the user's, but what whoever looks at the user sees: they have to look again. */
function raiseVersion(user: User): Change {
  return { kind: 'change-user', user: { ...user, version: user.version + 1 }, from: user.version }
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
