import type { Party } from '#audit/event.ts'
import type { SiteId } from '#domain/id.ts'
import type { Right } from '#domain/rights.ts'
import type { Ports } from '#ports/ports.ts'
import type { Act } from './act.ts'
import { inRounds } from './rounds.ts'

export interface Denial extends Act {
  readonly site: SiteId
  /** The name of the door that stayed shut. */
  readonly door: string
  readonly right: Right
  /** `right`: the caller lacks it; `rank`: it does not reach this far, because what it is about may do more than the caller. */
  readonly reason: 'right' | 'rank'
  readonly subject: Party | null
}

/** Writes down that somebody was refused. A refusal that could not be written down is not given: the caller is told to come back. */
export async function denyAccess(ports: Ports, denial: Denial): Promise<'denied' | 'busy'> {
  const { site, actor, origin, subject, door, right, reason } = denial
  return inRounds<'denied'>(async () => {
    const committed = await ports.store.commit({
      site,
      at: ports.clock.now(),
      origin,
      changes: [],
      events: [{ ev: 'authz.denied', actor, subject, application: null, data: { door, right, reason } }],
    })
    return committed === 'conflict' ? 'conflict' : 'denied'
  })
}
