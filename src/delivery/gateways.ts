import type { Outgoing, SendResult } from '#ports/delivery.ts'
import { oneLine } from './one-line.ts'
import type { GatewayConfig } from './sms-config.ts'
import type { Way } from './way.ts'

/** For all gateways of a list together, in seconds: a person waits at the login page, and an email may have to follow. */
const ALL_TOGETHER = 8

export type SendBy = (gateway: GatewayConfig, outgoing: Outgoing, way: Way) => Promise<SendResult>

/**
 * The first gateway that takes the message; the next one is asked when one fails, unless the number is to blame. The time that all of
 * them have is shared: each has at most an equal part of what is left.
 */
export async function sendByFirst(
  gateways: readonly GatewayConfig[],
  outgoing: Outgoing,
  way: Way,
  sendBy: SendBy,
): Promise<SendResult> {
  const begun = performance.now()
  const reasons: string[] = []
  let last: SendResult = { kind: 'failed', why: 'There is no gateway.', trouble: 'lasting' }
  for (const [index, gateway] of gateways.entries()) {
    const left = ALL_TOGETHER - (performance.now() - begun) / 1_000
    const share = Math.max(left / (gateways.length - index), 0.5)
    const timeoutSeconds = Math.min(gateway.timeoutSeconds, Math.round(share * 10) / 10)
    last = await sendBy({ ...gateway, timeoutSeconds }, outgoing, way)
    if (last.kind === 'accepted')
      return reasons.length === 0 ? last : { ...last, after: oneLine(reasons.join(' '), 300) }
    reasons.push(`${index + 1} (${gateway.kind}): ${last.why}`)
    if (last.trouble === 'recipient' || way.closing?.aborted) break
  }
  return gateways.length === 1 ? last : { ...last, why: oneLine(reasons.join(' '), 300) }
}
