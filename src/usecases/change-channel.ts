import type { AuditEvent } from '#audit/event.ts'
import type { Channel } from '#domain/method.ts'
import type { Change, NonEmpty } from '#ports/changes.ts'
import type { Ports } from '#ports/ports.ts'
import type { SiteFile } from '#ports/store.ts'
import type { Act } from './act.ts'
import { announceChannelChange } from './announce-channel-change.ts'
import { aboutChannel } from './channel-removal.ts'

export interface ChannelWrites {
  readonly change: Change
  readonly state: 'configured' | 'off' | 'unset'
  /** Who has asked for it, by name, where it is done later than that; null: whoever does it. */
  readonly askedBy?: string
}

/**
 * Commits another configuration of a channel, or none, and tells all administrators over the one before. A removal that waited is
 * over: it is done, or it is no longer wanted. Answers whether the commit held.
 */
export async function changeChannel(
  ports: Ports,
  file: SiteFile,
  order: Act & { readonly channel: Channel },
  { change, state, askedBy }: ChannelWrites,
): Promise<boolean> {
  const at = ports.clock.now()
  const { channel, actor } = order
  const about = { name: askedBy ?? actor.name ?? actor.id, until: at }
  const notices = await announceChannelChange(ports, file, { channel, notice: 'channel_changed', about }, at)
  const removals = await ports.store.channelRemovals(file.site.id)
  const waiting = removals.find((each) => each.channel === channel)
  const drop: Change[] = waiting ? [{ kind: 'drop-channel-removal', removal: waiting }] : []
  const data = { state, told: notices.length, ...(askedBy === undefined ? {} : { asked_by: askedBy }) }
  const events: NonEmpty<AuditEvent> = [
    { ev: 'config.channel.changed', ...aboutChannel(order), data },
    ...(waiting && state === 'configured'
      ? [
          {
            ev: 'config.channel.removal.cancelled',
            ...aboutChannel(order),
            data: { asked_by: waiting.askedBy },
          } as const,
        ]
      : []),
  ]
  const changes = [change, ...drop, ...notices]
  return (await ports.store.commit({ site: file.site.id, at, origin: order.origin, changes, events })) === 'committed'
}
