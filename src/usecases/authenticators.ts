import type { AuditEvent } from '#audit/event.ts'
import { clearFailures } from '#challenge/attempts.ts'
import type { AuthenticatorId } from '#domain/id.ts'
import type { Instant } from '#domain/time.ts'
import type { Change, NonEmpty } from '#ports/changes.ts'
import type { Ports } from '#ports/ports.ts'
import type { PersonFile } from '#ports/store.ts'
import { type Act, isOwnAct, userParty } from './act.ts'
import { heldBy, takeAway, without } from './held.ts'
import { sawsOff } from './last-factor.ts'
import { noticeTo } from './new-code.ts'
import { overUser, type UserOutcome } from './over-user.ts'

export interface AuthenticatorOrder extends Act {
  readonly site: string
  readonly username: string
  /** Why, in words; the helpdesk has to say it. */
  readonly reason?: string | undefined
}

export type RemoveAuthenticatorOutcome = UserOutcome | { readonly kind: 'unknown-authenticator' }

/**
 * Takes one authenticator away. What was opened with it ends: every session of this user, and every remembered browser. Nobody
 * takes away their own last one where a factor is required of them.
 */
export async function removeAuthenticator(
  ports: Ports,
  order: AuthenticatorOrder & { readonly authenticator: AuthenticatorId },
): Promise<RemoveAuthenticatorOutcome> {
  let known = true
  const outcome = await overUser(ports, order, async (file, at) => {
    known = heldBy(file).some(({ id }) => id === order.authenticator)
    if (!known) return { kind: 'invalid', problems: [] }
    const left = without(file, order.authenticator)
    return isOwnAct(order, file.user) && sawsOff(file, left, at)
      ? { kind: 'last-factor' }
      : withoutThem(ports, order, file, left, at)
  })
  return known ? outcome : { kind: 'unknown-authenticator' }
}

/**
 * Takes all authenticators of a user away, an enrolment that is under way too: the next sign-in sets up a new one, and neither the
 * old secret nor the new one is ever seen by who resets. Nobody does this to themselves where a factor is required of them.
 */
export async function resetAuthenticators(ports: Ports, order: AuthenticatorOrder): Promise<UserOutcome> {
  return overUser(ports, order, async (file, at) => {
    if (isOwnAct(order, file.user) && sawsOff(file, emptyHanded(file), at)) return { kind: 'last-factor' }
    return everythingAway(ports, order, file, at)
  })
}

/** The same as changes and events, for a commit that has more in it. */
export function everythingAway(ports: Pick<Ports, 'random'>, order: Why, file: PersonFile, at: Instant) {
  return withoutThem(ports, order, file, emptyHanded(file), at)
}

function emptyHanded(file: PersonFile): PersonFile {
  return { ...file, apps: [], passkeys: [], hardware: [], recovery: null }
}

type Why = Pick<AuthenticatorOrder, 'actor' | 'reason'>

function withoutThem(ports: Pick<Ports, 'random'>, order: Why, before: PersonFile, after: PersonFile, at: Instant) {
  const { user, enrolment, counters } = before
  const left = heldBy(after).map(({ id }) => id)
  const gone = heldBy(before).filter(({ id }) => !left.includes(id))
  const changed = { ...user, version: user.version + 1 }
  const all = left.length === 0
  const anew = all && counters.disabled
  const changes: Change[] = [
    // The version moves, so that of two who take away one of the last two authenticators each, one has to look again.
    { kind: 'change-user', user: changed, from: user.version },
    ...gone.map((each) => takeAway(before, each)),
    ...(all && before.recovery ? [{ kind: 'drop-recovery-codes', user: user.id } as const] : []),
    ...(all && enrolment ? [{ kind: 'end-enrolment', enrolment: enrolment.id, from: enrolment.version } as const] : []),
    // With the factor goes what had disabled it: the next one begins with no failure held against it.
    ...(anew ? [{ kind: 'set-counters', counters: clearFailures(counters), from: counters.version } as const] : []),
    { kind: 'end-user-sessions', user: user.id, fromEpoch: user.sessionEpoch },
    { kind: 'forget-user-devices', user: user.id, fromEpoch: user.deviceEpoch },
    ...noticeTo(ports, before, 'authenticators_reset', at),
  ]
  const about = (ev: AuditEvent['ev'], data: AuditEvent['data']): AuditEvent => ({
    ev,
    actor: order.actor,
    subject: userParty(user),
    application: null,
    data,
  })
  const removed = gone.map(({ id, kind }) => about('factor.removed', { authenticator: id, method: kind }))
  const why = order.reason === undefined ? {} : { reason: order.reason }
  const [first, ...others] = all
    ? [about('factor.reset', { authenticators: gone.length, ...why }), ...removed]
    : removed
  if (!first) throw new Error('something was taken away')
  const events: NonEmpty<AuditEvent> = [first, ...others]
  return { changes, events, user: changed }
}
