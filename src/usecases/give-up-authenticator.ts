import type { AuthenticatorId } from '#domain/id.ts'
import type { Ports } from '#ports/ports.ts'
import { ownEvent } from './act.ts'
import { heldBy, takeAway, without } from './held.ts'
import { sawsOff } from './last-factor.ts'
import { noticeTo } from './new-code.ts'
import { endOthers, type OwnOrder, type OwnRefusal, overOwn } from './own-account.ts'

export type GiveUpOutcome =
  | { readonly kind: 'removed' }
  | { readonly kind: 'unknown-authenticator' }
  /** A factor is required of this user, and no way to prove one would be left. */
  | { readonly kind: 'last-factor' }
  | OwnRefusal

/**
 * A user removes one of their authenticators, or reports it lost: it opens nothing from that moment on, what it opened elsewhere ends,
 * and no browser is remembered. The last one stays where one is required.
 */
export async function giveUpAuthenticator(
  ports: Ports,
  order: OwnOrder & { readonly authenticator: AuthenticatorId },
): Promise<GiveUpOutcome> {
  return overOwn<Exclude<GiveUpOutcome, OwnRefusal>>(ports, order, 'remove-authenticator', async (file, now) => {
    const held = heldBy(file).find(({ id }) => id === order.authenticator)
    if (!held) return { kind: 'unknown-authenticator' }
    if (sawsOff(file, without(file, held.id), now)) return { kind: 'last-factor' }
    const { user, session } = file
    const others = endOthers(file)
    const data = { authenticator: held.id, method: held.kind }
    return {
      changes: [
        // The version moves, so that of two who remove one of the last two each, one has to look again.
        { kind: 'change-user', user: { ...user, version: user.version + 1 }, from: user.version },
        takeAway(file, held),
        ...others.changes,
        ...noticeTo(ports, file, 'authenticator_removed', now),
      ],
      events: [ownEvent(user, session.application, 'factor.removed', data), ...others.events],
      outcome: { kind: 'removed' },
    }
  })
}
