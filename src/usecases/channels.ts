import type { Channel } from '#domain/method.ts'
import type { ChannelRow } from '#ports/changes.ts'
import type { Ports } from '#ports/ports.ts'
import type { Act } from './act.ts'

export type SetChannelOutcome =
  | { readonly kind: 'saved' }
  | { readonly kind: 'invalid'; readonly problem: string }
  | { readonly kind: 'unknown-site' }
  | { readonly kind: 'busy' }

export interface SetChannel extends Act {
  readonly site: string
  readonly channel: Channel
  /** As it came in; the word `off` switches the channel off, which makes it unconfigured for this site. */
  readonly config: unknown
}

/** Sets up a channel of a site, or switches it off. The configuration is sealed; it is never given back. */
export async function setChannel(ports: Ports, order: SetChannel): Promise<SetChannelOutcome> {
  const file = await ports.store.siteFile(order.site)
  if (!file) return { kind: 'unknown-site' }
  const { site } = file
  let row: ChannelRow = { kind: 'off' }
  if (order.config !== 'off') {
    const checked = ports.courier.check(order.channel, order.config)
    if (!checked.ok) return { kind: 'invalid', problem: checked.problem }
    row = {
      kind: 'config',
      sealed: ports.vault.seal(Buffer.from(checked.config), `channel:${site.id}:${order.channel}`),
    }
  }
  const committed = await ports.store.commit({
    site: site.id,
    at: ports.clock.now(),
    origin: order.origin,
    changes: [{ kind: 'set-channel', site: site.id, channel: order.channel, config: row }],
    events: [
      {
        ev: 'config.channel.changed',
        actor: order.actor,
        subject: { type: 'channel', id: order.channel, name: order.channel },
        application: null,
        data: { state: row.kind === 'off' ? 'off' : 'configured' },
      },
    ],
  })
  return committed === 'conflict' ? { kind: 'busy' } : { kind: 'saved' }
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
