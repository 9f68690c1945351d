import type { Delivery, NoticeAbout } from '#domain/delivery.ts'
import { newId } from '#domain/id.ts'
import type { Channel } from '#domain/method.ts'
import { hours, type Instant } from '#domain/time.ts'
import type { Change } from '#ports/changes.ts'
import type { Ports } from '#ports/ports.ts'
import type { SiteFile } from '#ports/store.ts'
import { addressOf } from './facts.ts'

interface ChannelNotice {
  readonly channel: Channel
  readonly notice: 'channel_changed' | 'channel_removal'
  readonly about: NoticeAbout
}

/**
 * Tells every administrator that a channel is about to be changed or taken away, over the channel as it is now (AD-07): whoever puts a server of
 * their own in its place cannot keep that to themselves. The old configuration goes with the message, sealed, because by the time it
 * is sent another one is in force.
 */
export async function announceChannelChange(
  ports: Ports,
  file: SiteFile,
  { channel, notice, about }: ChannelNotice,
  now: Instant,
): Promise<readonly Change[]> {
  const held = file.channels[channel]
  if (held?.row.kind !== 'config') return []
  const over = { owner: held.owner, sealed: held.row.sealed }
  const expiresAt = now + hours(24)
  const changes: Change[] = []
  for (const { username, status, kind } of await ports.store.administrators(file.site.id)) {
    const person = await ports.store.personFile(file.site.id, username, now)
    const recipient = person && addressOf(person, channel)
    if (!person || !recipient || status !== 'active' || kind === 'service') continue
    const delivery: Delivery = {
      id: newId('dlv', ports.random.bytes(16)),
      site: file.site.id,
      user: person.user.id,
      challenge: null,
      channel,
      recipient,
      content: {
        kind: 'notice',
        notice,
        about,
        over,
      },
      state: { kind: 'queued' },
      createdAt: now,
      expiresAt,
      claimedUntil: now,
      version: 1,
    }
    changes.push({ kind: 'add-delivery', delivery })
  }
  return changes
}
