import type { DeliveryId } from '#domain/id.ts'
import { Secret } from '#domain/secret.ts'
import { hotp } from '#authenticators/hotp.ts'
import type { Letter, SendResult } from '#ports/delivery.ts'
import type { Ports } from '#ports/ports.ts'
import type { DeliveryFile } from '#ports/store.ts'
import { recordDelivery } from './record-delivery.ts'

/**
 * Sends one message of the outbox and writes down what became of it. A code that could not be brought by SMS may go by email instead
 * (`delivery.sms_failure_fallback`); that message is sent too before this returns. It never throws for what goes wrong outside.
 */
export async function dispatchDelivery(ports: Ports, id: DeliveryId): Promise<void> {
  const file = await ports.store.deliveryFile(id, ports.clock.now())
  if (!file || file.delivery.state.kind !== 'queued') return
  const result = await send(ports, file)
  const instead = await recordDelivery(ports, id, result)
  if (instead) await dispatchDelivery(ports, instead)
}

async function send(ports: Ports, file: DeliveryFile): Promise<SendResult> {
  const { delivery, user, site } = file
  if (ports.clock.now() >= delivery.expiresAt)
    return { kind: 'failed', why: 'it was too late: the code would have arrived expired' }
  if (delivery.channel === 'sms' && file.settings['delivery.email_sole'])
    return { kind: 'failed', why: 'this site sends no SMS' }
  const inForce = file.channels[delivery.channel]
  if (inForce?.row.kind !== 'config') return { kind: 'failed', why: 'the channel is not set up' }
  const config = unseal(ports, inForce.row.sealed, `channel:${inForce.owner}:${delivery.channel}`)
  if (config === null) return { kind: 'failed', why: 'the configuration of the channel cannot be read with this key' }
  const letter = compose(ports, file)
  if (letter === null) return { kind: 'failed', why: 'what it was about is gone' }
  return ports.courier.send({
    id: delivery.id,
    channel: delivery.channel,
    config,
    to: delivery.recipient,
    letter,
    language: user.language,
    displayName: user.displayName,
    siteTitle: site.title,
    host: new URL(ports.origin).hostname,
    causedAt: delivery.createdAt,
    address: file.challenge?.address ?? null,
    userAgent: file.challenge?.userAgent ?? null,
  })
}

/** Codes and links are made at this moment and stored nowhere. */
function compose(ports: Ports, file: DeliveryFile): Letter | null {
  const { content } = file.delivery
  switch (content.kind) {
    case 'code': {
      if (file.counters.sealedCodeSecret === null) return null
      const secret = ports.vault.open(file.counters.sealedCodeSecret, `codes:${file.user.id}`)
      const code = hotp(secret, content.counter, { digits: content.digits })
      return { kind: 'code', code: new Secret(code), expiresAt: file.delivery.expiresAt }
    }
    case 'enrolment_link': {
      if (file.enrolment?.id !== content.enrolment) return null
      const token = Buffer.from(ports.vault.open(content.sealedToken, file.delivery.id)).toString()
      const link = new Secret(`${ports.origin}/${file.site.name}/enrol/${token}`)
      return { kind: 'enrolment_link', link, expiresAt: file.delivery.expiresAt }
    }
    case 'notice':
      return content
  }
}

/** null: sealed by another key, or damaged. Such a channel is failing, never unconfigured. */
function unseal(ports: Ports, sealed: string, boundTo: string): Secret | null {
  try {
    return new Secret(Buffer.from(ports.vault.open(sealed, boundTo)).toString())
  } catch {
    return null
  }
}
