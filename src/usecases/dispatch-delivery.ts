import { isWaiting, type Trouble } from '#domain/delivery.ts'
import type { DeliveryId } from '#domain/id.ts'
import { addressOfSite } from '#domain/site-address.ts'
import { Secret } from '#domain/secret.ts'
import { hotp } from '#authenticators/hotp.ts'
import { standing } from '#challenge/challenge.ts'
import type { Letter, SendResult } from '#ports/delivery.ts'
import type { Ports } from '#ports/ports.ts'
import type { DeliveryFile } from '#ports/store.ts'
import { type OpenedChannel, openChannel, receiptsUrl, unsealChannel } from './channel-in-force.ts'
import { recordDelivery } from './record-delivery.ts'

/**
 * Sends one message of the outbox and writes down what became of it. A code that could not be brought by SMS may go by email instead
 * (`delivery.sms_failure_fallback`); that message is sent too before this returns. It never throws for what goes wrong outside.
 */
export async function dispatchDelivery(ports: Ports, id: DeliveryId): Promise<void> {
  const file = await ports.store.deliveryFile(id, ports.clock.now())
  if (!file || !isWaiting(file.delivery)) return
  const result = await send(ports, file)
  const instead = await recordDelivery(ports, id, result)
  if (instead) await dispatchDelivery(ports, instead)
}

async function send(ports: Ports, file: DeliveryFile): Promise<SendResult> {
  const { delivery, user, site } = file
  if (ports.clock.now() >= delivery.expiresAt)
    return failed('it was too late: it would have been of no use any more', 'moot')
  if (delivery.channel === 'sms' && file.settings['delivery.email_sole'])
    return failed('this site sends no SMS', 'moot')
  const way = wayOf(ports, file)
  if (way.kind !== 'open')
    return failed(way.kind === 'unreadable' ? UNREADABLE : 'the channel is not set up', 'lasting')
  const letter = isWanted(ports, file) ? compose(ports, file) : null
  if (letter === null) return failed('what it was about is gone', 'moot')
  return ports.courier.send({
    id: delivery.id,
    channel: delivery.channel,
    config: way.config,
    trusted: way.owner === 'server',
    receipts: receiptsUrl(ports, file, delivery.channel, way),
    to: delivery.recipient,
    letter,
    language: user.language ?? file.settings['site.language'],
    displayName: user.displayName,
    wordings: letter.kind === 'notice' ? [] : await ports.store.wordings(site.id),
    siteTitle: site.title,
    host: new URL(addressOfSite(ports, file.site.name)).hostname,
    causedAt: delivery.createdAt,
    address: file.challenge?.address ?? null,
    userAgent: file.challenge?.userAgent ?? null,
  })
}

/** A code of a sign-in that has been passed or given up meanwhile, by another way, is nothing to send any more. */
function isWanted({ clock }: Ports, { delivery, challenge }: DeliveryFile): boolean {
  return delivery.content.kind !== 'code' || (challenge !== null && standing(challenge, clock.now()) === 'live')
}

const UNREADABLE = 'the configuration of the channel cannot be read with this key'

/** The channel in force, or the one before it, where the message is about its end. */
function wayOf(ports: Ports, file: DeliveryFile): OpenedChannel {
  const { channel, content } = file.delivery
  const over = content.kind === 'notice' ? content.over : undefined
  if (over === undefined) return openChannel(ports, file, channel)
  const config = unsealChannel(ports, channel, over)
  return config === null
    ? { kind: 'unreadable', owner: over.owner }
    : { kind: 'open', owner: over.owner, config, mark: '' }
}

function failed(why: string, trouble: Trouble): SendResult {
  return { kind: 'failed', why, trouble }
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
    case 'address_code': {
      const code = Buffer.from(ports.vault.open(content.sealedCode, file.delivery.id)).toString()
      return { kind: 'code', code: new Secret(code), expiresAt: file.delivery.expiresAt }
    }
    case 'enrolment_link': {
      if (file.enrolment?.id !== content.enrolment) return null
      const token = Buffer.from(ports.vault.open(content.sealedToken, file.delivery.id)).toString()
      const link = new Secret(`${addressOfSite(ports, file.site.name)}/enrol/${token}`)
      return { kind: 'enrolment_link', link, expiresAt: file.delivery.expiresAt }
    }
    case 'reset_link': {
      const token = Buffer.from(ports.vault.open(content.sealedToken, file.delivery.id)).toString()
      const link = new Secret(`${addressOfSite(ports, file.site.name)}/reset/${token}`)
      const { byAdministrator = false } = content
      return { kind: 'reset_link', link, expiresAt: file.delivery.expiresAt, byAdministrator }
    }
    case 'cancel_link': {
      const token = Buffer.from(ports.vault.open(content.sealedToken, file.delivery.id)).toString()
      const link = new Secret(`${addressOfSite(ports, file.site.name)}/lost/${token}`)
      return { kind: 'cancel_link', link, expiresAt: file.delivery.expiresAt }
    }
    case 'notice': {
      const { notice, about } = content
      return { kind: 'notice', notice, ...(about ? { about } : {}) }
    }
  }
}
