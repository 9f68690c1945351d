import type { SiteId } from '#domain/id.ts'
import type { Channel } from '#domain/method.ts'
import type { Receipt, ReceiptCall } from '#ports/delivery.ts'
import type { Ports } from '#ports/ports.ts'
import { openChannel, receiptsToken } from './channel-in-force.ts'
import { recordDelivery } from './record-delivery.ts'
import { sendNow } from './send-now.ts'

export interface TakeReceipts {
  readonly site: string
  readonly channel: Channel
  /** The end of the address, which only the gateway was told. */
  readonly token: string
  readonly call: ReceiptCall
}

/** What a gateway tells about messages of a site that it had accepted. `unknown`: the address is none. */
export async function takeReceipts(ports: Ports, input: TakeReceipts): Promise<'taken' | 'unknown'> {
  const file = await ports.store.siteFile(input.site)
  const opened = file && openChannel(ports, file, input.channel)
  if (!file || opened?.kind !== 'open') return 'unknown'
  const { digest } = ports.vault
  // Digests of both are compared, so that the time it takes says nothing about the token.
  if (digest(input.token) !== digest(receiptsToken(ports, file.site.id, opened))) return 'unknown'
  for (const receipt of ports.courier.readReceipts(input.channel, opened.config, input.call))
    await takeReceipt(ports, receipt, { site: file.site.id, channel: input.channel })
  return 'taken'
}

/** One receipt; `of`: what it may be about. An accepted message that failed brings its substitute, if the code still lives. */
export async function takeReceipt(
  ports: Ports,
  { delivery, result }: Receipt,
  of: { readonly site: SiteId; readonly channel: Channel } | null = null,
): Promise<void> {
  const file = await ports.store.deliveryFile(delivery, ports.clock.now())
  if (!file || (of && (file.site.id !== of.site || file.delivery.channel !== of.channel))) return
  const instead = await recordDelivery(ports, delivery, result)
  if (instead) await sendNow(ports, instead)
}
