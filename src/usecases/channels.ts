import type { Channel } from '#domain/method.ts'
import type { Change, ChannelRow } from '#ports/changes.ts'
import type { Ports } from '#ports/ports.ts'
import type { SiteFile } from '#ports/store.ts'
import type { Act } from './act.ts'
import { changeChannel } from './change-channel.ts'
import { askRemoval, mustWait, type RemovalWaits } from './channel-removal.ts'
import { openChannel, receiptsUrl, unsealChannel } from './channel-in-force.ts'
import { inRounds } from './rounds.ts'

export type SetChannelOutcome =
  /** `receipts`: where gateways that are not told with each message send their receipts; null: the channel is off. */
  | { readonly kind: 'saved'; readonly receipts: string | null }
  | RemovalWaits
  | { readonly kind: 'invalid'; readonly problem: string }
  | { readonly kind: 'unknown-site' }
  | { readonly kind: 'busy' }

export interface SetChannel extends Act {
  readonly site: string
  readonly channel: Channel
  /** Also where it is needed: for whoever holds the server, and with it everything. */
  readonly atOnce?: boolean
  /** As it came in; the word `off` switches the channel off, which makes it unconfigured for this site. */
  readonly config: unknown
}

/**
 * Sets up a channel of a site, or switches it off. The configuration is sealed; its secrets are never given back, and those that are
 * left out stay as they are. All administrators are told over the channel as it was before. One that the policy needs is not switched off
 * at once (`askRemoval`); one that is set up anew is kept.
 */
export async function setChannel(ports: Ports, order: SetChannel): Promise<SetChannelOutcome> {
  const outcome = await inRounds<SetChannelOutcome>(async () => {
    const file = await ports.store.siteFile(order.site)
    if (!file) return { kind: 'unknown-site' }
    const made = rowFor(ports, file, order)
    if (made.kind === 'invalid') return made
    const off = made.row.kind === 'off'
    if (off && mustWait(file, order)) return askRemoval(ports, file, { ...order, leaves: 'off' })
    const change: Change = { kind: 'set-channel', site: file.site.id, channel: order.channel, config: made.row }
    if (!(await changeChannel(ports, file, order, { change, state: off ? 'off' : 'configured' }))) return 'conflict'
    const after = await ports.store.siteFile(order.site)
    const opened = after && openChannel(ports, after, order.channel)
    const receipts = after && opened?.kind === 'open' ? receiptsUrl(ports, after, order.channel, opened) : null
    return { kind: 'saved', receipts }
  })
  return outcome === 'busy' ? { kind: 'busy' } : outcome
}

export type UnsetChannelOutcome =
  | { readonly kind: 'saved' }
  | RemovalWaits
  /** The site has none of its own. */
  | { readonly kind: 'not-set' }
  | { readonly kind: 'unknown-site' }
  | { readonly kind: 'busy' }

/**
 * Takes the site's own configuration away, or its being off: what the server has set up holds again, if it has. One that the policy needs
 * stays for now (`askRemoval`), also where the server has one: that may be nobody's.
 */
export async function unsetChannel(ports: Ports, order: Omit<SetChannel, 'config'>): Promise<UnsetChannelOutcome> {
  const outcome = await inRounds<UnsetChannelOutcome>(async () => {
    const file = await ports.store.siteFile(order.site)
    if (!file) return { kind: 'unknown-site' }
    if (file.channels[order.channel]?.owner !== file.site.id) return { kind: 'not-set' }
    if (mustWait(file, order)) return askRemoval(ports, file, { ...order, leaves: 'unset' })
    const change: Change = { kind: 'unset-channel', site: file.site.id, channel: order.channel }
    return (await changeChannel(ports, file, order, { change, state: 'unset' })) ? { kind: 'saved' } : 'conflict'
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
