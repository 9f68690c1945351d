import { type AuditEvent, SYSTEM } from '#audit/event.ts'
import { standing } from '#challenge/challenge.ts'
import { step } from '#challenge/step.ts'
import { type Delivery, maskRecipient } from '#domain/delivery.ts'
import type { DeliveryId } from '#domain/id.ts'
import { newId } from '#domain/id.ts'
import type { Instant } from '#domain/time.ts'
import { seconds } from '#domain/time.ts'
import { allowedMethods } from '#policy/methods.ts'
import type { Change } from '#ports/changes.ts'
import type { SendResult } from '#ports/delivery.ts'
import type { Ports } from '#ports/ports.ts'
import type { DeliveryFile } from '#ports/store.ts'
import { userParty } from './act.ts'
import { factsOf, reachableChannels } from './facts.ts'
import { inRounds } from './rounds.ts'

/**
 * Writes down what became of a message: at once after sending it, or later when a gateway's receipt says that an accepted message
 * was not delivered after all. Returns the message that goes out instead, if one does; it is committed and still to be sent.
 */
export async function recordDelivery(ports: Ports, id: DeliveryId, result: SendResult): Promise<DeliveryId | null> {
  const outcome = await inRounds(async () => {
    const now = ports.clock.now()
    const file = await ports.store.deliveryFile(id, now)
    // A failure may follow on an acceptance; nothing follows on a failure.
    if (!file || file.delivery.state.kind === 'failed') return { instead: null }
    if (file.delivery.state.kind === 'accepted' && result.kind === 'accepted') return { instead: null }
    const { delivery } = file
    const state: Delivery['state'] =
      result.kind === 'accepted'
        ? { kind: 'accepted', at: now, reference: result.reference }
        : { kind: 'failed', at: now, why: result.why }
    const settled: Change = {
      kind: 'move-delivery',
      delivery: { ...delivery, state, version: delivery.version + 1 },
      from: delivery.version,
    }
    const instead = result.kind === 'failed' ? fallBack(ports, file, now) : null
    const changes = [settled, ...(result.kind === 'failed' ? undelivered(file, instead, now) : [])]
    const events: [AuditEvent, ...AuditEvent[]] = [event(file, result)]
    if (instead) events.push(fallbackEvent(file, instead, result))
    const origin = { request: delivery.id, address: null, userAgent: null }
    const committed = await ports.store.commit({ site: file.site.id, at: now, origin, changes, events })
    return committed === 'conflict' ? 'conflict' : { instead: instead?.id ?? null }
  })
  return outcome === 'busy' ? null : outcome.instead
}

/** The email in place of an SMS, where the site wants that and the user can be reached so. */
function fallBack(ports: Ports, file: DeliveryFile, now: Instant): Delivery | null {
  const { delivery, settings, user, challenge } = file
  const wanted = settings['delivery.sms_failure_fallback']
  if (delivery.channel !== 'sms' || delivery.content.kind !== 'code' || wanted === 'none') return null
  if (challenge?.state.kind !== 'asked' || standing(challenge, now) !== 'live') return null
  if (user.email === null || !reachableChannels(file).includes('email')) return null
  const sent = challenge.state.sent
  if (!sent || now >= sent.expiresAt || sent.counter !== delivery.content.counter) return null
  if (wanted === 'email_if_enabled' && !emailAllowed(file, now)) return null
  return {
    ...delivery,
    id: newId('dlv', ports.random.bytes(16)),
    channel: 'email',
    recipient: user.email,
    state: { kind: 'queued' },
    // Later than what it replaces, so that "the newest message" has one meaning.
    createdAt: Math.max(now, delivery.createdAt + 1),
    expiresAt: sent.expiresAt,
    claimedUntil: now + seconds(60),
    version: 1,
  }
}

function emailAllowed(file: DeliveryFile, now: Instant): boolean {
  const application = { name: file.challenge?.application ?? '', intervalHours: null }
  const facts = factsOf(file, { now, via: { kind: 'form' }, application, address: null, earlier: null })
  return allowedMethods(facts).includes('email')
}

function undelivered(file: DeliveryFile, instead: Delivery | null, now: Instant): readonly Change[] {
  const { challenge, delivery } = file
  if (!challenge || delivery.content.kind !== 'code') return []
  const insteadOver = instead?.channel ?? null
  const next = step(challenge, { kind: 'undelivered', channel: delivery.channel, insteadOver }, now)
  const adding: Change[] = instead ? [{ kind: 'add-delivery', delivery: instead }] : []
  return next === challenge ? adding : [{ kind: 'move-challenge', challenge: next, from: challenge.version }, ...adding]
}

function event(file: DeliveryFile, result: SendResult): AuditEvent {
  const { delivery } = file
  const data = {
    delivery: delivery.id,
    channel: delivery.channel,
    to: maskRecipient(delivery.channel, delivery.recipient),
    content: delivery.content.kind,
  }
  const subject = userParty(file.user)
  const application = file.challenge?.application ?? null
  return result.kind === 'accepted'
    ? { ev: 'delivery.accepted', actor: SYSTEM, subject, application, data }
    : { ev: 'delivery.failed', actor: SYSTEM, subject, application, data: { ...data, error: result.why } }
}

function fallbackEvent(file: DeliveryFile, instead: Delivery, result: SendResult): AuditEvent {
  return {
    ev: 'delivery.fallback',
    actor: SYSTEM,
    subject: userParty(file.user),
    application: file.challenge?.application ?? null,
    data: {
      from: file.delivery.channel,
      to: instead.channel,
      recipient: maskRecipient(instead.channel, instead.recipient),
      error: result.kind === 'failed' ? result.why : '',
    },
  }
}
