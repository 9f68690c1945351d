import type { UserId } from '#domain/id.ts'
import type { Ports } from '#ports/ports.ts'
import type { Act } from './act.ts'
import { inRounds } from './rounds.ts'

export type ErasePersonalOutcome =
  | { readonly kind: 'erased'; readonly user: UserId }
  /** Whoever is still a user is deleted first: what they do next would be written down again. */
  | { readonly kind: 'still-a-user'; readonly username: string }
  | { readonly kind: 'unknown-site' }
  | { readonly kind: 'busy' }

export interface ErasePersonal extends Act {
  readonly site: string
  /** The id of a deleted user, as the log has it. */
  readonly user: UserId
}

/**
 * Erases names, addresses and browsers from every entry that a deleted user acted in or is the subject of. The entries stay, with the
 * id, and the chain over them holds: it has only the salted digests of what is gone.
 */
export async function erasePersonal(ports: Ports, order: ErasePersonal): Promise<ErasePersonalOutcome> {
  const outcome = await inRounds<ErasePersonalOutcome>(async () => {
    const { store, clock } = ports
    const site = await store.site(order.site)
    if (!site) return { kind: 'unknown-site' }
    const username = await store.usernameOf(site.id, order.user)
    if (username !== null) return { kind: 'still-a-user', username }
    const committed = await store.commit({
      site: site.id,
      at: clock.now(),
      origin: order.origin,
      changes: [{ kind: 'erase-audit-personal', site: site.id, user: order.user }],
      events: [
        {
          ev: 'audit.personal.erased',
          actor: order.actor,
          subject: { type: 'user', id: order.user, name: null },
          application: null,
          data: {},
        },
      ],
    })
    return committed === 'conflict' ? 'conflict' : { kind: 'erased', user: order.user }
  })
  return outcome === 'busy' ? { kind: 'busy' } : outcome
}
