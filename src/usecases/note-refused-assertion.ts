import { ANONYMOUS, type Origin } from '#audit/event.ts'
import type { SiteId } from '#domain/id.ts'
import type { Ports } from '#ports/ports.ts'
import { inRounds } from './rounds.ts'

/** Writes down that the answer of an identity provider was refused, and why. The person is told neither. */
export async function noteRefusedAssertion(
  ports: Ports,
  refusal: { readonly site: SiteId; readonly provider: string; readonly why: string; readonly origin: Origin },
): Promise<'noted' | 'busy'> {
  const { site, provider, why, origin } = refusal
  return inRounds<'noted'>(async () => {
    const committed = await ports.store.commit({
      site,
      at: ports.clock.now(),
      origin,
      changes: [],
      events: [
        {
          ev: 'external.assertion.refused',
          actor: ANONYMOUS,
          subject: null,
          application: null,
          data: { provider, why },
        },
      ],
    })
    return committed === 'conflict' ? 'conflict' : 'noted'
  })
}
