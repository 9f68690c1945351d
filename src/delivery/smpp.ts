import type { Pdu } from 'smpp'
import type { Outgoing, Receipt, SendResult } from '#ports/delivery.ts'
import { codeOf, NotReached } from './dial.ts'
import { smsParts } from './gsm7.ts'
import { failed } from './http-gateway.ts'
import { renderSms } from './messages.ts'
import { secretsOf, serverWords } from './server-words.ts'
import { bindSmpp, Silent, smppError, type SmppSession } from './smpp-session.ts'
import type { SmppConfig } from './sms-config.ts'
import { FREELY, STOPPED, type Way } from './way.ts'

/** Statuses after which the same message may be taken in a moment: queue full, throttled, system error. */
const PASSING = new Set([0x08, 0x14, 0x58, 0x64])
/** The number itself is refused. */
const OF_THE_NUMBER = new Set([0x0b, 0x50, 0x51])
/** Receipts come within the life of a code or are of no use; so many messages are remembered for them. */
const MOST_REMEMBERED = 10_000

export interface SmppLines {
  send(config: SmppConfig, outgoing: Outgoing, way?: Way): Promise<SendResult>
  close(): void
}

/** Connections to message centres, one for each configuration: bound when they are needed, bound again when they have ended. */
export function openSmpp(onReceipt: (receipt: Receipt) => void): SmppLines {
  const lines = new Map<string, Promise<SmppSession>>()
  const sent = new Map<string, Receipt['delivery']>()

  async function line(config: SmppConfig, way: Way, within: number): Promise<SmppSession> {
    const { timeoutSeconds: _, ...which } = config
    const key = JSON.stringify(which)
    const known = await lines.get(key)?.catch(() => undefined)
    if (known?.open()) return known
    const bound = bindSmpp(config, way, within, (pdu) => {
      const receipt = receiptOf(pdu, (reference) => sent.get(`${key} ${reference}`))
      if (receipt !== null) onReceipt(receipt)
    })
    lines.set(key, bound)
    return bound
  }

  return {
    async send(config, outgoing, way = FREELY) {
      const text = renderSms(outgoing)
      if (text === null) return failed('A link is sent by email only.', 'recipient')
      const secrets = [config.password, ...secretsOf(outgoing.letter)]
      try {
        const session = await line(config, way, config.timeoutSeconds * 1_000)
        const asked = performance.now()
        const answer = await session.submit(submission(config, outgoing, text))
        const { command_status: status, message_id: reference } = answer
        const says = status === 0 ? `message ${reference ?? ''}`.trim() : smppError(status)
        way.note?.({ step: 'accepted', ok: status === 0, milliseconds: Math.round(performance.now() - asked), says })
        if (status !== 0)
          return failed(
            `The message centre refused the message: ${says}.`,
            PASSING.has(status) ? 'passing' : OF_THE_NUMBER.has(status) ? 'recipient' : 'lasting',
          )
        const { timeoutSeconds: _, ...which } = config
        if (sent.size >= MOST_REMEMBERED) sent.delete(sent.keys().next().value ?? '')
        if (reference) sent.set(`${JSON.stringify(which)} ${reference}`, outgoing.id)
        return { kind: 'accepted', reference: reference ?? null }
      } catch (cause) {
        if (way.closing?.aborted) return failed(STOPPED, 'passing')
        if (cause instanceof Silent)
          return failed(`The message centre did not answer within ${config.timeoutSeconds} seconds.`, 'passing')
        const trouble = cause instanceof NotReached ? cause.trouble : 'passing'
        const why = cause instanceof NotReached ? cause.message : codeOf(cause)
        return failed(serverWords(`The message centre was not reached: ${why}`, secrets), trouble)
      }
    },

    close() {
      for (const each of lines.values()) void each.then((session) => session.close()).catch(() => {})
      lines.clear()
    },
  }
}

/** SMPP 3.4, 4.4. The default alphabet of a message centre is nearly always GSM 03.38; anything else goes as UCS-2. */
function submission({ from }: SmppConfig, { to }: Outgoing, text: string) {
  const numeric = from.startsWith('+')
  const seven = smsParts(text) === 1 && /^[\p{ASCII}]*$/u.test(text)
  return {
    source_addr_ton: numeric ? 1 : 5,
    source_addr_npi: numeric ? 1 : 0,
    source_addr: numeric ? from.slice(1) : from,
    dest_addr_ton: 1,
    dest_addr_npi: 1,
    destination_addr: to.replace(/^\+/, ''),
    // A receipt for success and for failure.
    registered_delivery: 1,
    data_coding: seven ? 0 : 8,
    short_message: text,
  }
}

/** A receipt as the appendix B of SMPP 3.4 writes it: `id:… stat:DELIVRD err:000`, or as parameters of their own. */
export function receiptOf(
  pdu: Pdu,
  deliveryOf: (reference: string) => Receipt['delivery'] | undefined,
): Receipt | null {
  if (((pdu.esm_class ?? 0) & 0x3c) !== 0x04) return null
  const message = pdu.short_message?.message ?? ''
  const text = typeof message === 'string' ? message : Buffer.from(message).toString('latin1')
  const reference = pdu.receipted_message_id ?? /\bid:(\S+)/.exec(text)?.[1] ?? ''
  const delivery = deliveryOf(reference)
  const state = /\bstat:([A-Z]+)/.exec(text)?.[1]
  if (delivery === undefined || state === undefined) return null
  if (state === 'DELIVRD') return { delivery, result: { kind: 'delivered' } }
  if (!['UNDELIV', 'EXPIRED', 'DELETED', 'REJECTD'].includes(state)) return null
  const error = /\berr:(\w+)/.exec(text)?.[1]
  const why = `The message centre says that the message is ${state}${error === undefined ? '' : ` (error ${error})`}.`
  return { delivery, result: { kind: 'failed', why, trouble: state === 'UNDELIV' ? 'recipient' : 'lasting' } }
}
