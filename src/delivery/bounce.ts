import type { Receipt, ReceiptCall } from '#ports/delivery.ts'
import { oneLine } from './one-line.ts'
import { isDeliveryId } from './twilio.ts'

/** Of a returned mail no more is looked at than this. */
const MOST = 200_000

/**
 * A mail that came back, as it is (RFC 3464): a mail server hands it to the address for receipts. Our message is known by its
 * Message-ID, which is the name of the delivery. A mail that is only late is none that came back.
 */
export function readBounce({ body }: ReceiptCall): Receipt | null {
  const report = body.slice(0, MOST)
  const delivery = /^(?:Original-)?Message-ID:\s*<(dlv_[\w-]+)@/im.exec(report)?.[1] ?? ''
  const action = /^Action:\s*(\w+)/im.exec(report)?.[1]?.toLowerCase()
  if (!isDeliveryId(delivery)) return null
  if (action === 'delivered') return { delivery, result: { kind: 'delivered' } }
  if (action !== 'failed') return null
  const status = /^Status:\s*([245]\.\d+\.\d+)/im.exec(report)?.[1] ?? ''
  const words = /^Diagnostic-Code:\s*([^\r\n]+(?:\r?\n[ \t][^\r\n]+)*)/im.exec(report)?.[1] ?? status
  const why = oneLine(`The mail came back: ${words}`, 300)
  // 5.1 and 5.2 are about the address and its mailbox (RFC 3463 3.2, 3.3), and a report without a number says as much.
  return { delivery, result: { kind: 'failed', why, trouble: /^5\.[12]\.|^$/.test(status) ? 'recipient' : 'lasting' } }
}
