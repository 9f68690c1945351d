import type { Outgoing, Receipt, ReceiptCall, SendResult } from '#ports/delivery.ts'
import { askGateway, failed, member, refused } from './http-gateway.ts'
import { renderSms } from './messages.ts'
import { oneLine } from './one-line.ts'
import { secretsOf } from './server-words.ts'
import type { VonageConfig } from './sms-config.ts'
import { isDeliveryId, receiptsFor } from './twilio.ts'
import { FREELY, type Way } from './way.ts'

/** One SMS over Vonage's Messages API: `POST /v1/messages`, answered 202 with a `message_uuid`. */
export async function sendByVonage(config: VonageConfig, outgoing: Outgoing, way: Way = FREELY): Promise<SendResult> {
  const text = renderSms(outgoing)
  if (text === null) return failed('A link is sent by email only.', 'recipient')
  const { api_key: key, api_secret: secret, from, timeoutSeconds } = config
  const login = Buffer.from(`${key}:${secret}`).toString('base64')
  const receipts = receiptsFor(outgoing)
  const message = {
    channel: 'sms',
    message_type: 'text',
    // Numbers are written without their plus there.
    to: outgoing.to.replace(/^\+/, ''),
    from,
    text,
    client_ref: outgoing.id,
    ...(receipts === null ? {} : { webhook_url: receipts, webhook_version: 'v1' }),
  }
  const asked = await askGateway(
    {
      url: new URL('/v1/messages', config.api_url),
      method: 'POST',
      headers: new Headers({
        authorization: `Basic ${login}`,
        'content-type': 'application/json',
        accept: 'application/json',
        'user-agent': 'Countersign',
      }),
      body: JSON.stringify(message),
      timeoutSeconds,
      secrets: [secret, login, ...secretsOf(outgoing.letter), ...(receipts === null ? [] : [receipts])],
    },
    way,
  )
  if (asked.kind === 'failed') return asked
  const { answer, said } = asked
  if (answer.status < 200 || answer.status > 299) return refused(answer, said)
  return { kind: 'accepted', reference: member(answer.body, 'message_uuid') ?? null }
}

/** A message status as JSON; it says `client_ref`, the name that we gave the message. */
export function vonageReceipt({ body }: ReceiptCall): Receipt | null {
  const delivery = member(body, 'client_ref') ?? ''
  const status = member(body, 'status')
  if (!isDeliveryId(delivery)) return null
  if (status === 'delivered') return { delivery, result: { kind: 'delivered' } }
  if (status !== 'rejected' && status !== 'undeliverable') return null
  const title = member(body, 'error', 'detail') ?? member(body, 'error', 'title') ?? ''
  const why = oneLine(`Vonage says that the message is ${status}${title === '' ? '.' : `: ${title}`}`, 300)
  return { delivery, result: { kind: 'failed', why, trouble: status === 'undeliverable' ? 'recipient' : 'lasting' } }
}
