import type { Channel } from '#domain/method.ts'
import type { Ports } from '#ports/ports.ts'
import type { Act } from './act.ts'
import { aboutChannel } from './channel-removal.ts'
import { inRounds } from './rounds.ts'

export interface KeepChannelOutcome {
  readonly kind: 'kept' | 'nothing-waits' | 'unknown-site' | 'busy'
}

/** Calls off that a channel is to be taken away: it stays as it is. Anybody may who may set it up. */
export async function keepChannel(
  ports: Pick<Ports, 'store' | 'clock'>,
  order: Act & { readonly site: string; readonly channel: Channel },
): Promise<KeepChannelOutcome> {
  const outcome = await inRounds<KeepChannelOutcome>(async () => {
    const site = await ports.store.site(order.site)
    if (!site) return { kind: 'unknown-site' }
    const removal = (await ports.store.channelRemovals(site.id)).find(({ channel }) => channel === order.channel)
    if (!removal) return { kind: 'nothing-waits' }
    const data = { asked_by: removal.askedBy }
    const committed = await ports.store.commit({
      site: site.id,
      at: ports.clock.now(),
      origin: order.origin,
      changes: [{ kind: 'drop-channel-removal', removal }],
      events: [{ ev: 'config.channel.removal.cancelled', ...aboutChannel(order), data }],
    })
    return committed === 'committed' ? { kind: 'kept' } : 'conflict'
  })
  return outcome === 'busy' ? { kind: 'busy' } : outcome
}
