import type { Courier, Outgoing, SendResult } from '#ports/delivery.ts'
import type { Mailbox } from './captured.ts'
import { type ChannelConfig, parseChannelConfig, type ParsedConfig } from './channel-config.ts'
import { sendByHttp } from './http-sms.ts'
import { sendBySmtp } from './smtp.ts'

export interface CourierOptions {
  /** The demo's. Without it the kind `captured` does not exist, whatever a configuration says. */
  readonly mailbox?: Mailbox
}

export interface OpenCourier extends Courier {
  /** Gives up what is still being sent: it ends as failed at once. */
  close(): void
}

/** Brings each message over the transport that its channel's configuration names. */
export function createCourier({ mailbox }: CourierOptions = {}): OpenCourier {
  const closing = new AbortController()

  const usable = (channel: Outgoing['channel'], config: unknown): ParsedConfig => {
    const parsed = parseChannelConfig(channel, config)
    if (parsed.ok && parsed.config.kind === 'captured' && mailbox === undefined)
      return {
        ok: false,
        problem: `The ${channel} configuration cannot be used: captured messages exist in the demo only.`,
      }
    return parsed
  }

  const bring = (config: ChannelConfig, outgoing: Outgoing): Promise<SendResult> => {
    switch (config.kind) {
      case 'smtp':
        return sendBySmtp(config, outgoing, closing.signal)
      case 'http':
        return sendByHttp(config, outgoing, closing.signal)
      case 'captured':
        return mailbox === undefined ? Promise.resolve(failed('There is no mailbox.')) : mailbox.take(outgoing)
    }
  }

  return {
    async send(outgoing) {
      try {
        const parsed = usable(outgoing.channel, readJson(outgoing.config.reveal()))
        return parsed.ok ? await bring(parsed.config, outgoing) : failed(parsed.problem)
      } catch (cause) {
        // A mistake of ours. What it says could hold a part of the letter; its name cannot.
        return failed(`The message could not be prepared (${cause instanceof Error ? cause.name : 'unknown error'}).`)
      }
    },

    check(channel, config) {
      const parsed = usable(channel, config)
      return parsed.ok ? { ok: true, config: JSON.stringify(parsed.config) } : parsed
    },

    close: () => closing.abort(),
  }
}

function failed(why: string): SendResult {
  return { kind: 'failed', why }
}

/** Undefined for what is no JSON: the parser's own message would quote it, and passwords are in it. */
function readJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
