import type { Channel } from '#domain/method.ts'
import type { ShownConfig } from '#ports/delivery.ts'
import type { Ports } from '#ports/ports.ts'
import type { SiteFile } from '#ports/store.ts'
import { openChannel } from './channel-in-force.ts'

export interface ChannelView {
  readonly channel: Channel
  readonly state: 'unconfigured' | 'off' | 'configured' | 'unreadable'
  readonly owner: 'site' | 'server' | null
  /** Without its secrets; null: there is none, or it is the server's and none of a site's business. */
  readonly shown: ShownConfig | null
}

/** A channel as it may be shown to those who look after the site. */
export function viewChannel(ports: Pick<Ports, 'vault' | 'courier'>, file: SiteFile, channel: Channel): ChannelView {
  const opened = openChannel(ports, file, channel)
  switch (opened.kind) {
    case 'unconfigured':
      return { channel, state: 'unconfigured', owner: null, shown: null }
    case 'off':
      return { channel, state: 'off', owner: 'site', shown: null }
    case 'unreadable':
      return { channel, state: 'unreadable', owner: opened.owner === 'server' ? 'server' : 'site', shown: null }
    case 'open': {
      if (opened.owner === 'server') return { channel, state: 'configured', owner: 'server', shown: null }
      const shown = ports.courier.show(channel, opened.config)
      return { channel, state: shown === null ? 'unreadable' : 'configured', owner: 'site', shown }
    }
  }
}
