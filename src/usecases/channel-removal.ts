import type { AuditEvent } from '#audit/event.ts'
import { type ChannelRemoval, REMOVAL_WAITS } from '#domain/channel-removal.ts'
import type { Channel } from '#domain/method.ts'
import { type Instant, rfc3339 } from '#domain/time.ts'
import { usesChannel } from '#policy/chosen-channels.ts'
import type { Ports } from '#ports/ports.ts'
import type { SiteFile } from '#ports/store.ts'
import type { Act } from './act.ts'
import { announceChannelChange } from './announce-channel-change.ts'
import { channelStates } from './facts.ts'

/** The channel is in force until then. */
export interface RemovalWaits {
  readonly kind: 'waits'
  readonly until: Instant
}

interface ForChannel extends Act {
  readonly channel: Channel
}

/**
 * Whether a channel stays for a day before it goes (FO-08): without one the site may let people in by the password alone, or lock them
 * out, and whoever stole the session of an administrator would want just that.
 */
export function mustWait(
  file: SiteFile,
  { channel, atOnce = false }: { readonly channel: Channel; readonly atOnce?: boolean },
): boolean {
  return !atOnce && channelStates(file)[channel] === 'configured' && usesChannel(file.settings, channel)
}

/** Puts the removal of a channel off, and tells every administrator over it. One that is asked for again comes no later and no sooner. */
export async function askRemoval(
  ports: Ports,
  file: SiteFile,
  order: ForChannel & Pick<ChannelRemoval, 'leaves'>,
): Promise<RemovalWaits | 'conflict'> {
  const { channel, leaves, actor } = order
  const at = ports.clock.now()
  const before = (await ports.store.channelRemovals(file.site.id)).find((each) => each.channel === channel)
  if (before?.leaves === leaves) return { kind: 'waits', until: before.dueAt }
  const askedBy = actor.name ?? actor.id
  // Another end of the same removal: the day has begun already.
  const dueAt = before?.dueAt ?? at + REMOVAL_WAITS
  const removal: ChannelRemoval = { site: file.site.id, channel, leaves, askedBy, askedAt: at, dueAt }
  const about = { name: askedBy, until: dueAt }
  const notices = await announceChannelChange(ports, file, { channel, notice: 'channel_removal', about }, at)
  const data = { leaves, until: rfc3339(dueAt), told: notices.length }
  const outcome = await ports.store.commit({
    site: file.site.id,
    at,
    origin: order.origin,
    changes: [
      ...(before ? [{ kind: 'drop-channel-removal', removal: before } as const] : []),
      { kind: 'keep-channel-removal', removal },
      ...notices,
    ],
    events: [{ ev: 'config.channel.removal.asked', ...aboutChannel(order), data }],
  })
  return outcome === 'committed' ? { kind: 'waits', until: dueAt } : 'conflict'
}

/** The part of an entry that says who does something about which channel. */
export function aboutChannel({ actor, channel }: ForChannel): Pick<AuditEvent, 'actor' | 'subject' | 'application'> {
  return { actor, subject: { type: 'channel', id: channel, name: channel }, application: null }
}
