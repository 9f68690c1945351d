import type { SiteId } from '#domain/id.ts'
import type { Channel } from '#domain/method.ts'
import { type Addresses, addressOfSite } from '#domain/site-address.ts'
import { Secret } from '#domain/secret.ts'
import type { Ports } from '#ports/ports.ts'
import type { SiteFile } from '#ports/store.ts'

/** The configuration that holds for a channel of a site. */
export interface ChannelInForce {
  readonly kind: 'open'
  readonly owner: SiteId | 'server'
  /** JSON text with secrets in it. */
  readonly config: Secret
  /** A digest by which this configuration is known again; it tells nothing of it. */
  readonly mark: string
}

export type OpenedChannel =
  | ChannelInForce
  /** Neither the site nor the server has one. */
  | { readonly kind: 'unconfigured' }
  | { readonly kind: 'off' }
  /** Sealed by another key, or damaged: such a channel is failing, never unconfigured. */
  | { readonly kind: 'unreadable'; readonly owner: SiteId | 'server' }

export function openChannel(ports: Pick<Ports, 'vault'>, file: SiteFile, channel: Channel): OpenedChannel {
  const held = file.channels[channel]
  if (held === null) return { kind: 'unconfigured' }
  if (held.row.kind === 'off') return { kind: 'off' }
  const config = unsealChannel(ports, channel, { owner: held.owner, sealed: held.row.sealed })
  if (config === null) return { kind: 'unreadable', owner: held.owner }
  const mark = ports.vault.digest(`channel ${held.owner} ${channel} ${config.reveal()}`)
  return { kind: 'open', owner: held.owner, config, mark }
}

/** null: sealed by another key, or damaged. */
export function unsealChannel(
  { vault }: Pick<Ports, 'vault'>,
  channel: Channel,
  { owner, sealed }: { readonly owner: SiteId | 'server'; readonly sealed: string },
): Secret | null {
  try {
    return new Secret(Buffer.from(vault.open(sealed, `channel:${owner}:${channel}`)).toString())
  } catch {
    return null
  }
}

/** What stands at the end of the address for receipts: nobody guesses it, and it changes with the configuration. */
export function receiptsToken({ vault }: Pick<Ports, 'vault'>, site: SiteId, { mark }: ChannelInForce): string {
  return vault.digest(`receipts ${site} ${mark}`)
}

export function receiptsUrl(
  ports: Pick<Ports, 'vault'> & Addresses,
  { site }: SiteFile,
  channel: Channel,
  inForce: ChannelInForce,
): string {
  const token = receiptsToken(ports, site.id, inForce)
  return `${addressOfSite(ports, site.name)}/api/v1/delivery/receipts/${channel}/${token}`
}
