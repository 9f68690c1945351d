import type { Session } from '#domain/session.ts'
import type { User } from '#domain/user.ts'
import type { SiteId } from '#domain/id.ts'
import type { Change } from '#ports/changes.ts'
import type { Ports } from '#ports/ports.ts'
import { type Act, ownEvent, userParty } from './act.ts'
import { inRounds } from './rounds.ts'

/** A person signs out of one session. Ending what has ended already is no failure; `busy`: it may still be open. */
export async function endSession(
  ports: Ports,
  session: Session,
  user: User,
  origin: Act['origin'],
): Promise<'ended' | 'busy'> {
  return inRounds<'ended'>(async () => {
    const at = ports.clock.now()
    const file = await ports.store.sessionFile(session.site, session.tokenDigest, at)
    if (!file || file.session.endedAt !== null) return 'ended'
    const committed = await ports.store.commit({
      site: session.site,
      at,
      origin,
      changes: [{ kind: 'end-session', session: session.id, at }],
      events: [ownEvent(user, session.application, 'session.ended', { session: session.id })],
    })
    return committed === 'conflict' ? 'conflict' : 'ended'
  })
}

export type EndSessionsOutcome =
  | { readonly kind: 'ended'; readonly sessions: number; readonly devices: number }
  | { readonly kind: 'unknown-user' }
  | { readonly kind: 'busy' }

/** Ends every session of one user, so that new settings apply to them at once. Remembered devices stay unless asked for. */
export async function endUserSessions(
  ports: Ports,
  order: { site: SiteId; username: string; devices: boolean } & Act,
): Promise<EndSessionsOutcome> {
  const outcome = await inRounds<EndSessionsOutcome>(async () => {
    const now = ports.clock.now()
    const file = await ports.store.personFile(order.site, order.username, now)
    if (!file) return { kind: 'unknown-user' }
    const { user } = file
    const sessions = await ports.store.countSessions(order.site, user.id, now)
    const devices = order.devices ? await ports.store.countDevices(order.site, user.id) : 0
    const changes: Change[] = [{ kind: 'end-user-sessions', user: user.id, fromEpoch: user.sessionEpoch }]
    if (order.devices) changes.push({ kind: 'forget-user-devices', user: user.id, fromEpoch: user.deviceEpoch })
    const committed = await ports.store.commit({
      site: order.site,
      at: now,
      origin: order.origin,
      changes,
      events: [
        {
          ev: 'session.revoked',
          actor: order.actor,
          subject: userParty(user),
          application: null,
          data: { sessions, devices },
        },
      ],
    })
    return committed === 'conflict' ? 'conflict' : { kind: 'ended', sessions, devices }
  })
  return outcome === 'busy' ? { kind: 'busy' } : outcome
}

export type ClearSessionsOutcome =
  | { readonly kind: 'ended'; readonly sessions: number; readonly devices: number }
  | { readonly kind: 'busy' }

/** Ends all sessions of a site at once, however many: one epoch moves on. Everybody signs in anew. */
export async function clearSessions(
  ports: Ports,
  order: { site: string; devices: boolean } & Act,
): Promise<ClearSessionsOutcome> {
  const outcome = await inRounds<ClearSessionsOutcome>(async () => {
    const now = ports.clock.now()
    const file = await ports.store.siteFile(order.site)
    if (!file) throw new Error(`there is no site ${order.site}`)
    const { site } = file
    const sessions = await ports.store.countSessions(site.id, null, now)
    const devices = order.devices ? await ports.store.countDevices(site.id, null) : 0
    const changes: Change[] = [{ kind: 'end-site-sessions', site: site.id, fromEpoch: site.sessionEpoch }]
    if (order.devices) changes.push({ kind: 'forget-site-devices', site: site.id, fromEpoch: site.deviceEpoch })
    const subject = { type: 'site', id: site.id, name: site.name } as const
    const committed = await ports.store.commit({
      site: site.id,
      at: now,
      origin: order.origin,
      changes,
      events: [{ ev: 'sessions.cleared', actor: order.actor, subject, application: null, data: { sessions, devices } }],
    })
    return committed === 'conflict' ? 'conflict' : { kind: 'ended', sessions, devices }
  })
  return outcome === 'busy' ? { kind: 'busy' } : outcome
}
