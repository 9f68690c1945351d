import { SYSTEM } from '#audit/event.ts'
import type { ChannelRemoval } from '#domain/channel-removal.ts'
import type { Change } from '#ports/changes.ts'
import type { Ports } from '#ports/ports.ts'
import { changeChannel } from './change-channel.ts'

const AT_ONCE = 100

/**
 * Takes away the channels whose day of waiting is over (`askRemoval`). Called every minute; several servers may do it at once, and one
 * of them does. Answers how many there were.
 */
export async function removeDueChannels(ports: Ports): Promise<number> {
  const due = await ports.store.dueChannelRemovals({ now: ports.clock.now(), limit: AT_ONCE })
  let removed = 0
  // Those that somebody else dealt with are looked at again in a minute.
  for (const { removal, siteName } of due) if (await remove(ports, siteName, removal)) removed += 1
  return removed
}

async function remove(ports: Ports, siteName: string, removal: ChannelRemoval): Promise<boolean> {
  const { site, channel, leaves, askedBy } = removal
  const file = await ports.store.siteFile(siteName)
  const waiting = await ports.store.channelRemovals(site)
  // A site of that name may be another one by now, and the channel may have been kept.
  if (file?.site.id !== site || !waiting.some((each) => each.channel === channel && each.askedAt === removal.askedAt))
    return false
  const change: Change =
    leaves === 'off'
      ? { kind: 'set-channel', site, channel, config: { kind: 'off' } }
      : { kind: 'unset-channel', site, channel }
  const order = { channel, actor: SYSTEM, origin: { request: 'removal', address: null, userAgent: null } }
  return changeChannel(ports, file, order, { change, state: leaves, askedBy })
}
