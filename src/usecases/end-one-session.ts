import type { SessionId } from '#domain/id.ts'
import type { Ports } from '#ports/ports.ts'
import { type Act, userParty } from './act.ts'
import { inRounds } from './rounds.ts'

export type EndOneSessionOutcome =
  | { readonly kind: 'ended' }
  | { readonly kind: 'unknown-site' }
  | { readonly kind: 'unknown-user' }
  | { readonly kind: 'unknown-session' }
  | { readonly kind: 'busy' }

/** Ends one session of a user, and no other. One that is over already is no failure. */
export async function endOneSession(
  ports: Ports,
  order: { readonly site: string; readonly username: string; readonly session: string } & Act,
): Promise<EndOneSessionOutcome> {
  const outcome = await inRounds<EndOneSessionOutcome>(async () => {
    const at = ports.clock.now()
    const file = await ports.store.siteFile(order.site)
    if (!file) return { kind: 'unknown-site' }
    const person = await ports.store.personFile(file.site.id, order.username, at)
    if (!person) return { kind: 'unknown-user' }
    const session = await ports.store.userSession(file.site.id, person.user.id, order.session as SessionId)
    if (!session) return { kind: 'unknown-session' }
    if (session.endedAt !== null) return { kind: 'ended' }
    const committed = await ports.store.commit({
      site: file.site.id,
      at,
      origin: order.origin,
      changes: [{ kind: 'end-session', session: session.id, at }],
      events: [
        {
          ev: 'session.revoked',
          actor: order.actor,
          subject: userParty(person.user),
          application: session.application,
          data: { sessions: 1, devices: 0, session: session.id },
        },
      ],
    })
    return committed === 'conflict' ? 'conflict' : { kind: 'ended' }
  })
  return outcome === 'busy' ? { kind: 'busy' } : outcome
}
