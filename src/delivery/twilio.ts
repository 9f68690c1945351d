import type { Outgoing, Receipt, ReceiptCall, SendResult } from '#ports/delivery.ts'
import { askGateway, failed, member, refused } from './http-gateway.ts'
import { renderSms } from './messages.ts'
import { secretsOf } from './server-words.ts'
import type { TwilioConfig } from './sms-config.ts'
import { FREELY, type Way } from './way.ts'

/** Error codes that are about the number alone: not valid, not reachable, not mobile, has asked not to be written to. */
const OF_THE_NUMBER: ReadonlySet<string> = new Set([
  '21211',
  '21217',
  '21401',
  '21610',
  '21612',
  '21614',
  '30003',
  '30004',
  '30005',
  '30006',
])

/** One SMS over Twilio's Programmable Messaging: `POST /2010-04-01/Accounts/{sid}/Messages.json`. */
export async function sendByTwilio(config: TwilioConfig, outgoing: Outgoing, way: Way = FREELY): Promise<SendResult> {
  const text = renderSms(outgoing)
  if (text === null) return failed('A link is sent by email only.', 'recipient')
  const { account_sid: account, auth_token: token, from, messaging_service_sid: service, timeoutSeconds } = config
  const login = Buffer.from(`${account}:${token}`).toString('base64')
  const form = new URLSearchParams({ To: outgoing.to, Body: text })
  if (from !== undefined) form.set('From', from)
  if (service !== undefined) form.set('MessagingServiceSid', service)
  const receipts = receiptsFor(outgoing)
  if (receipts !== null) form.set('StatusCallback', receipts)
  const asked = await askGateway(
    {
      url: new URL(`/2010-04-01/Accounts/${account}/Messages.json`, config.api_url),
      method: 'POST',
      headers: new Headers({
        authorization: `Basic ${login}`,
        'content-type': 'application/x-www-form-urlencoded',
        'user-agent': 'Countersign',
      }),
      body: form.toString(),
      timeoutSeconds,
      secrets: [token, login, ...secretsOf(outgoing.letter), ...(receipts === null ? [] : [receipts])],
    },
    way,
  )
  if (asked.kind === 'failed') return asked
  const { answer, said } = asked
  if (answer.status < 200 || answer.status > 299) {
    const refusal = refused(answer, said)
    return OF_THE_NUMBER.has(member(answer.body, 'code') ?? '') ? { ...refusal, trouble: 'recipient' } : refusal
  }
  return { kind: 'accepted', reference: member(answer.body, 'sid') ?? null }
}

/** `MessageStatus` of a status callback, which names our message in its address. */
export function twilioReceipt({ query, body }: ReceiptCall): Receipt | null {
  const delivery = deliveryIn(query)
  const form = new URLSearchParams(body)
  const status = form.get('MessageStatus') ?? form.get('SmsStatus')
  if (delivery === null) return null
  if (status === 'delivered') return { delivery, result: { kind: 'delivered' } }
  if (status !== 'undelivered' && status !== 'failed') return null
  const code = form.get('ErrorCode') ?? ''
  const why = `Twilio says that the message is ${status}${/^\d{1,6}$/.test(code) ? ` (error ${code})` : ''}.`
  return { delivery, result: { kind: 'failed', why, trouble: OF_THE_NUMBER.has(code) ? 'recipient' : 'lasting' } }
}

/** Where a gateway that is given an address with each message sends its receipts. */
export function receiptsFor({ receipts, id }: Outgoing): string | null {
  return receipts === null ? null : `${receipts}?delivery=${id}`
}

export function deliveryIn(query: URLSearchParams): Receipt['delivery'] | null {
  const id = query.get('delivery') ?? ''
  return isDeliveryId(id) ? id : null
}

export function isDeliveryId(id: string): id is Receipt['delivery'] {
  return /^dlv_[\w-]{1,64}$/.test(id)
}
