import type { Receipt, ReceiptCall } from '#ports/delivery.ts'
import { member } from './http-gateway.ts'
import { oneLine } from './one-line.ts'
import type { HttpSmsConfig } from './sms-config.ts'
import { isDeliveryId } from './twilio.ts'

/** A receipt of a gateway that the configuration says how to read: fields of a query, of a form or of a JSON object. */
export function httpReceipt({ receipts }: HttpSmsConfig, call: ReceiptCall): Receipt | null {
  if (receipts === undefined) return null
  const form = call.contentType.includes('json') ? new URLSearchParams() : new URLSearchParams(call.body)
  const field = (name: string): string | undefined =>
    call.query.get(name) ?? form.get(name) ?? member(call.body, name) ?? undefined
  const delivery = field(receipts.reference) ?? ''
  const status = field(receipts.status)
  if (!isDeliveryId(delivery) || status === undefined) return null
  if (receipts.delivered.includes(status)) return { delivery, result: { kind: 'delivered' } }
  if (!receipts.failed.includes(status)) return null
  const reason = receipts.reason === undefined ? undefined : field(receipts.reason)
  const why = oneLine(`The SMS gateway says: ${status}${reason === undefined ? '' : `, ${reason}`}`, 300)
  return { delivery, result: { kind: 'failed', why, trouble: 'recipient' } }
}
