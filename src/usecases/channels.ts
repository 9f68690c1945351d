import type { AuditEvent } from '#audit/event.ts'
import type { Channel } from '#domain/method.ts'
import type { Change, ChannelRow } from '#ports/changes.ts'
import type { Ports } from '#ports/ports.ts'
import type { SiteFile } from '#ports/store.ts'
import type { Act } from './act.ts'
import { announceChannelChange } from './announce-channel-change.ts'
import { openChannel, receiptsUrl, unsealChannel } from './channel-in-force.ts'
import { inRounds } from './rounds.ts'

export type SetChannelOutcome =
  /** `receipts`: where gateways that are not told with each message send their receipts; null: the channel is off. */
  | { readonly kind: 'saved'; readonly receipts: string | null }
  | { readonly kind: 'invalid'; readonly problem: string }
  | { readonly kind: 'unknown-site' }
  | { readonly kind: 'busy' }

export interface SetChannel extends Act {
  readonly site: string
  readonly channel: Channel
  /** As it came in; the word `off` switches the channel off, which makes it unconfigured for this site. */
  readonly config: unknown
}

/**
 * Sets up a channel of a site, or switches it off. The configuration is sealed; its secrets are never given back, and those that are
 * left out stay as they are. All administrators are told over the channel as it was before.
 */
export async function setChannel(ports: Ports, order: SetChannel): Promise<SetChannelOutcome> {
  const outcome = await inRounds<SetChannelOutcome>(async () => {
    const file = await ports.store.siteFile(order.site)
    if (!file) return { kind: 'unknown-site' }
    const made = rowFor(ports, file, order)
    if (made.kind === 'invalid') return made
    const change: Change = { kind: 'set-channel', site: file.site.id, channel: order.channel, config: made.row }
    if (!(await saved(ports, file, order, change, made.row.kind === 'off' ? 'off' : 'configured'))) return 'conflict'
    const after = await ports.store.siteFile(order.site)
    const opened = after && openChannel(ports, after, order.channel)
    const receipts = after && opened?.kind === 'open' ? receiptsUrl(ports, after, order.channel, opened) : null
    return { kind: 'saved', receipts }
  })
  return outcome === 'busy' ? { kind: 'busy' } : outcome
}

export type UnsetChannelOutcome =
  | { readonly kind: 'saved' }
  /** The site has none of its own. */
  | { readonly kind: 'not-set' }
  | { readonly kind: 'unknown-site' }
  | { readonly kind: 'busy' }

/** Takes the site's own configuration away, or its being off: what the server has set up holds again, if it has. */
export async function unsetChannel(ports: Ports, order: Omit<SetChannel, 'config'>): Promise<UnsetChannelOutcome> {
  const outcome = await inRounds<UnsetChannelOutcome>(async () => {
    const file = await ports.store.siteFile(order.site)
    if (!file) return { kind: 'unknown-site' }
    if (file.channels[order.channel]?.owner !== file.site.id) return { kind: 'not-set' }
    const change: Change = { kind: 'unset-channel', site: file.site.id, channel: order.channel }
    return (await saved(ports, file, order, change, 'unset')) ? { kind: 'saved' } : 'conflict'
  })
  return outcome === 'busy' ? { kind: 'busy' } : outcome
}

/** The channel of the deployment, for every site without one of its own; null: there is none. */
export async function setServerChannel(ports: Ports, channel: Channel, config: unknown): Promise<string | null> {
  if (config === null) {
    await ports.store.setServerChannel(channel, null)
    return null
  }
  const checked = ports.courier.check(channel, config)
  if (!checked.ok) return checked.problem
  const sealed = ports.vault.seal(Buffer.from(checked.config), `channel:server:${channel}`)
  await ports.store.setServerChannel(channel, { kind: 'config', sealed })
  return null
}

type MadeRow =
  | { readonly kind: 'made'; readonly row: ChannelRow }
  | { readonly kind: 'invalid'; readonly problem: string }

function rowFor(ports: Ports, file: SiteFile, { channel, config }: SetChannel): MadeRow {
  if (config === 'off') return { kind: 'made', row: { kind: 'off' } }
  const held = file.channels[channel]
  const own = held?.owner === file.site.id && held.row.kind === 'config' ? held.row : null
  // Secrets of the server are no site's to carry over.
  const before = own && unsealChannel(ports, channel, { owner: file.site.id, sealed: own.sealed })
  const checked = ports.courier.check(channel, config, { trusted: false, before })
  if (!checked.ok) return { kind: 'invalid', problem: checked.problem }
  const sealed = ports.vault.seal(Buffer.from(checked.config), `channel:${file.site.id}:${channel}`)
  return { kind: 'made', row: { kind: 'config', sealed } }
}

async function saved(
  ports: Ports,
  file: SiteFile,
  order: Omit<SetChannel, 'config'>,
  change: Change,
  state: 'configured' | 'off' | 'unset',
): Promise<boolean> {
  const at = ports.clock.now()
  const notices = await announceChannelChange(ports, file, order, at)
  const event: AuditEvent = {
    ev: 'config.channel.changed',
    actor: order.actor,
    subject: { type: 'channel', id: order.channel, name: order.channel },
    application: null,
    data: { state, told: notices.length },
  }
  const changes = [change, ...notices]
  const writes = { site: file.site.id, at, origin: order.origin, changes, events: [event] as const }
  return (await ports.store.commit(writes)) === 'committed'
}
