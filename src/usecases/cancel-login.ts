import type { Origin } from '#audit/event.ts'
import { standing } from '#challenge/challenge.ts'
import { step } from '#challenge/step.ts'
import type { SiteId } from '#domain/id.ts'
import type { Ports } from '#ports/ports.ts'
import { ownEvent } from './act.ts'
import { inRounds } from './rounds.ts'

/** A person gives a pending login up: nobody can answer it from now on. One that is over already stays as it is. */
export async function cancelLogin(
  ports: Ports,
  order: { site: SiteId; pendingToken: string; origin: Origin },
): Promise<'cancelled' | 'over' | 'busy'> {
  return inRounds<'cancelled' | 'over'>(async () => {
    const at = ports.clock.now()
    const file = await ports.store.challengeFile(order.site, ports.vault.digest(order.pendingToken), at)
    if (!file || standing(file.challenge, at) !== 'live') return 'over'
    const challenge = step(file.challenge, { kind: 'cancel' }, at)
    const committed = await ports.store.commit({
      site: order.site,
      at,
      origin: order.origin,
      changes: [{ kind: 'move-challenge', challenge, from: file.challenge.version }],
      events: [ownEvent(file.user, challenge.application, 'auth.challenge.cancelled', { challenge: challenge.id })],
    })
    return committed === 'conflict' ? 'conflict' : 'cancelled'
  })
}
