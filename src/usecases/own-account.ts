import type { AuditEvent, Origin } from '#audit/event.ts'
import type { SiteId } from '#domain/id.ts'
import type { Instant } from '#domain/time.ts'
import type { Change, NonEmpty } from '#ports/changes.ts'
import type { Ports } from '#ports/ports.ts'
import type { SessionFile } from '#ports/store.ts'
import { ownEvent } from './act.ts'
import { checkAccess } from './check-access.ts'
import { isFresh } from './fresh-proof.ts'
import { inRounds } from './rounds.ts'

/** The holder of a session does something to their own account. */
export interface OwnOrder {
  readonly site: SiteId
  readonly sessionToken: string
  readonly origin: Origin
}

export type OwnRefusal =
  | { readonly kind: 'no-session' }
  /** It has to be proved anew first. It is on record. */
  | { readonly kind: 'step-up' }
  | { readonly kind: 'busy' }

interface OwnWrites<Outcome> {
  readonly changes: readonly Change[]
  readonly events: NonEmpty<AuditEvent>
  readonly outcome: Outcome
}

/**
 * Reads what the session is about, lets `decide` say what is to be done, commits it; again if somebody was faster. `fresh`: only for a
 * session that was proved a moment ago; its name goes into the log where it was not.
 */
export async function overOwn<Outcome extends { readonly kind: string }>(
  ports: Ports,
  order: OwnOrder,
  fresh: string | null,
  decide: (file: SessionFile, now: Instant) => Promise<OwnWrites<Outcome> | Outcome>,
): Promise<Outcome | OwnRefusal> {
  const { site, sessionToken, origin } = order
  const outcome = await inRounds<Outcome | OwnRefusal>(async () => {
    const access = await checkAccess(ports, { site, sessionToken, application: null, address: origin.address })
    if (access.kind === 'refused') return { kind: 'no-session' }
    const { file } = access
    const now = ports.clock.now()
    if (fresh !== null && !isFresh(file, now)) {
      const denied = ownEvent(file.user, file.session.application, 'authz.denied', { door: fresh, reason: 'step_up' })
      const noted = await ports.store.commit({ site, at: now, origin, changes: [], events: [denied] })
      return noted === 'conflict' ? 'conflict' : { kind: 'step-up' }
    }
    const decided = await decide(file, now)
    if (!('changes' in decided)) return decided
    const { changes, events } = decided
    const committed = await ports.store.commit({ site, at: now, origin, changes, events })
    return committed === 'conflict' ? 'conflict' : decided.outcome
  })
  return outcome === 'busy' ? { kind: 'busy' } : outcome
}

/**
 * Ends every other session of this user and forgets every remembered browser; the session that it is done in goes on. So does nothing
 * that waits for a second factor on a password or an authenticator of before.
 */
export function endOthers({ user, session }: SessionFile): {
  changes: readonly Change[]
  events: readonly AuditEvent[]
} {
  return {
    changes: [
      { kind: 'end-user-sessions', user: user.id, fromEpoch: user.sessionEpoch },
      { kind: 'forget-user-devices', user: user.id, fromEpoch: user.deviceEpoch },
      { kind: 'carry-session', user: user.id, session: session.id, userEpoch: user.sessionEpoch + 1 },
    ],
    events: [ownEvent(user, session.application, 'session.revoked', { besides: session.id })],
  }
}
