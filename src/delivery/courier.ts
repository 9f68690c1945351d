import type { Channel } from '#domain/method.ts'
import { parseAddress } from '#policy/network.ts'
import type { CheckTerms, Courier, Outgoing, Receipt, SendResult } from '#ports/delivery.ts'
import { readBounce } from './bounce.ts'
import type { Mailbox } from './captured.ts'
import { type ChannelConfig, parseChannelConfig, type ParsedConfig } from './channel-config.ts'
import { checkWording } from './check-wording.ts'
import { withKeptSecrets, withoutSecrets } from './channel-secrets.ts'
import { sendByFirst } from './gateways.ts'
import { smsSize } from './gsm7.ts'
import { httpReceipt } from './http-receipt.ts'
import { sendByHttp } from './http-sms.ts'
import { renderEmail, renderSms } from './messages.ts'
import { ANYWHERE, PRIVATE, type Reach } from './reach.ts'
import { openSmpp } from './smpp.ts'
import type { GatewayConfig } from './sms-config.ts'
import { sendBySmtp } from './smtp.ts'
import { sendByTwilio, twilioReceipt } from './twilio.ts'
import { sendByVonage, vonageReceipt } from './vonage.ts'
import type { Way } from './way.ts'

export interface CourierOptions {
  /** The demo's. Without it the kind `captured` does not exist, whatever a configuration says. */
  readonly mailbox?: Mailbox
  /** Where the channels of a site may go; those of the server go anywhere. */
  readonly reach?: Reach
  /** Told of receipts that come over a connection which we opened. */
  readonly onReceipt?: (receipt: Receipt) => void
}

export interface OpenCourier extends Courier {
  /** Gives up what is still being sent: it ends as failed at once. */
  close(): void
}

/** Brings each message over the transport that its channel's configuration names. */
export function createCourier({ mailbox, reach = ANYWHERE, onReceipt = () => {} }: CourierOptions = {}): OpenCourier {
  const closing = new AbortController()
  const smpp = openSmpp(onReceipt)

  const usable = (channel: Channel, config: unknown): ParsedConfig => {
    const parsed = parseChannelConfig(channel, config)
    if (parsed.ok && parsed.config.kind === 'captured' && mailbox === undefined)
      return {
        ok: false,
        problem: `The ${channel} configuration cannot be used: captured messages exist in the demo only.`,
      }
    return parsed
  }

  const sendBy = (config: GatewayConfig, outgoing: Outgoing, way: Way): Promise<SendResult> => {
    switch (config.kind) {
      case 'http':
        return sendByHttp(config, outgoing, way)
      case 'smpp':
        return smpp.send(config, outgoing, way)
      case 'twilio':
        return sendByTwilio(config, outgoing, way)
      case 'vonage':
        return sendByVonage(config, outgoing, way)
    }
  }

  const bring = (config: ChannelConfig, outgoing: Outgoing, way: Way): Promise<SendResult> => {
    switch (config.kind) {
      case 'smtp':
        return sendBySmtp(config, outgoing, way)
      case 'captured':
        return mailbox === undefined ? Promise.resolve(failed('There is no mailbox.')) : mailbox.take(outgoing)
      case 'gateways':
        return sendByFirst(config.gateways, outgoing, way, sendBy)
      default:
        return sendBy(config, outgoing, way)
    }
  }

  return {
    async send(outgoing, note) {
      try {
        const parsed = usable(outgoing.channel, readJson(outgoing.config.reveal()))
        if (!parsed.ok) return failed(parsed.problem)
        const way = { reach: outgoing.trusted ? ANYWHERE : reach, closing: closing.signal, note }
        return await bring(parsed.config, outgoing, way)
      } catch (cause) {
        // A mistake of ours. What it says could hold a part of the letter; its name cannot.
        return failed(`The message could not be prepared (${cause instanceof Error ? cause.name : 'unknown error'}).`)
      }
    },

    check(channel, config, { trusted, before }: CheckTerms = { trusted: true }) {
      const whole = before ? withKeptSecrets(config, readJson(before.reveal())) : config
      const parsed = usable(channel, whole)
      if (!parsed.ok) return parsed
      const closed = trusted ? undefined : hostsOf(parsed.config).find((host) => parseAddress(host) && !reach(host))
      if (closed === undefined) return { ok: true, config: JSON.stringify(parsed.config) }
      return { ok: false, problem: `The ${channel} configuration cannot be used: ${PRIVATE}.` }
    },

    show(channel, config) {
      const parsed = parseChannelConfig(channel, readJson(config.reveal()))
      return parsed.ok ? withoutSecrets(parsed.config) : null
    },

    checkWording,

    preview(written) {
      const sms = renderSms(written)
      return { email: renderEmail(written), sms: sms === null ? null : { text: sms, ...smsSize(sms) } }
    },

    readReceipts(channel, config, call) {
      if (channel === 'email') return [readBounce(call)].filter((each) => each !== null)
      const parsed = parseChannelConfig(channel, readJson(config.reveal()))
      if (!parsed.ok || parsed.config.kind === 'captured' || parsed.config.kind === 'smtp') return []
      const gateways = parsed.config.kind === 'gateways' ? parsed.config.gateways : [parsed.config]
      const read = (gateway: GatewayConfig): Receipt | null => {
        if (gateway.kind === 'http') return httpReceipt(gateway, call)
        if (gateway.kind === 'twilio') return twilioReceipt(call)
        return gateway.kind === 'vonage' ? vonageReceipt(call) : null
      }
      return gateways
        .map(read)
        .filter((each) => each !== null)
        .slice(0, 1)
    },

    close: () => {
      closing.abort()
      smpp.close()
    },
  }
}

/** The hosts that a configuration names; what a name stands for is looked up when something is sent. */
function hostsOf(config: ChannelConfig): readonly string[] {
  switch (config.kind) {
    case 'captured':
      return []
    case 'smtp':
      return [config.host, ...(config.oauth2 && 'token_url' in config.oauth2 ? [hostIn(config.oauth2.token_url)] : [])]
    case 'smpp':
      return [config.host]
    case 'http':
      return [hostIn(config.url)]
    case 'twilio':
    case 'vonage':
      return [hostIn(config.api_url)]
    case 'gateways':
      return config.gateways.flatMap(hostsOf)
  }
}

function hostIn(url: string): string {
  return new URL(url).hostname.replace(/^\[|\]$/g, '')
}

function failed(why: string): SendResult {
  return { kind: 'failed', why, trouble: 'lasting' }
}

/** Undefined for what is no JSON: the parser's own message would quote it, and passwords are in it. */
function readJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
