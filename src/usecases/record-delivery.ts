import { type AuditEvent, SYSTEM } from '#audit/event.ts'
import { standing } from '#challenge/challenge.ts'
import { step } from '#challenge/step.ts'
import { type Delivery, type DeliveryState, isWaiting, maskRecipient, type Trouble } from '#domain/delivery.ts'
import type { DeliveryId } from '#domain/id.ts'
import { newId } from '#domain/id.ts'
import type { Instant } from '#domain/time.ts'
import { minutes, rfc3339, seconds } from '#domain/time.ts'
import { allowedMethods } from '#policy/methods.ts'
import type { Change } from '#ports/changes.ts'
import type { Receipt, SendResult } from '#ports/delivery.ts'
import type { Ports } from '#ports/ports.ts'
import type { DeliveryFile } from '#ports/store.ts'
import { userParty } from './act.ts'
import { factsOf, reachableChannels } from './facts.ts'
import { inRounds } from './rounds.ts'

/** How a message fared: at once, or later by a receipt. */
export type Outcome = SendResult | Receipt['result']

/** After so many attempts, how long it waits for the next one; later ones wait as long as the last. */
const WAITS = [seconds(30), minutes(2), minutes(5), minutes(15), minutes(60)] as const

/**
 * Writes down what became of a message: at once after sending it, or later when a gateway's receipt says that an accepted message
 * was delivered, or was not after all. What may work in a moment is tried again while it is of use; else the message that goes out
 * instead is returned, if one does; it is committed and still to be sent.
 */
export async function recordDelivery(ports: Ports, id: DeliveryId, result: Outcome): Promise<DeliveryId | null> {
  const outcome = await inRounds(async () => {
    const now = ports.clock.now()
    const file = await ports.store.deliveryFile(id, now)
    if (!file || isOver(file.delivery, result)) return { instead: null }
    const { delivery } = file
    const instead = result.kind === 'failed' ? fallBack(ports, file, now) : null
    const again = result.kind === 'failed' && instead === null ? nextAttempt(delivery, result, now) : null
    const state = stateAfter(delivery, result, again !== null, now)
    const settled: Change = {
      kind: 'move-delivery',
      delivery: {
        ...delivery,
        content: again === null ? withoutOldChannel(delivery.content) : delivery.content,
        state,
        claimedUntil: again ?? delivery.claimedUntil,
        version: delivery.version + 1,
      },
      from: delivery.version,
    }
    const changes = [settled, ...(result.kind === 'failed' ? undelivered(file, instead, now) : [])]
    const events: [AuditEvent, ...AuditEvent[]] = [event(file, result, again)]
    if (instead) events.push(fallbackEvent(file, instead, result))
    const origin = { request: delivery.id, address: null, userAgent: null }
    const committed = await ports.store.commit({ site: file.site.id, at: now, origin, changes, events })
    return committed === 'conflict' ? 'conflict' : { instead: instead?.id ?? null }
  })
  return outcome === 'busy' ? null : outcome.instead
}

/** A receipt may follow on an acceptance; nothing follows on a failure, nor on the word that it arrived. */
function isOver({ state }: Delivery, result: Outcome): boolean {
  if (state.kind === 'failed' || state.kind === 'delivered') return true
  return state.kind === 'accepted' && result.kind === 'accepted'
}

/** When to try once more; null: it is of no use. A code that would arrive dead is not sent. */
function nextAttempt(delivery: Delivery, { trouble }: { readonly trouble: Trouble }, now: Instant): Instant | null {
  if (trouble !== 'passing' || !isWaiting(delivery)) return null
  const before = delivery.state.kind === 'retrying' ? delivery.state.attempts : 0
  const next = now + (WAITS[before] ?? WAITS[WAITS.length - 1] ?? minutes(60))
  return next < delivery.expiresAt ? next : null
}

function stateAfter({ state }: Delivery, result: Outcome, again: boolean, now: Instant): DeliveryState {
  switch (result.kind) {
    case 'accepted': {
      const { reference, after } = result
      return { kind: 'accepted', at: now, reference, ...(after === undefined ? {} : { after }) }
    }
    case 'delivered':
      return { kind: 'delivered', at: now, reference: state.kind === 'accepted' ? state.reference : null }
    case 'failed': {
      const { why, trouble } = result
      if (!again) return { kind: 'failed', at: now, why, trouble }
      return { kind: 'retrying', at: now, why, attempts: state.kind === 'retrying' ? state.attempts + 1 : 1 }
    }
  }
}

/** The configuration of a channel that is no more has done its work. */
function withoutOldChannel(content: Delivery['content']): Delivery['content'] {
  if (content.kind !== 'notice') return content
  const { over: _, ...rest } = content
  return rest
}

/** The email in place of an SMS, where the site wants that and the user can be reached so. */
function fallBack(ports: Ports, file: DeliveryFile, now: Instant): Delivery | null {
  const { delivery, settings, user, challenge } = file
  const wanted = settings['delivery.sms_failure_fallback']
  if (delivery.channel !== 'sms' || delivery.content.kind !== 'code' || wanted === 'none') return null
  if (challenge?.state.kind !== 'asked' || standing(challenge, now) !== 'live') return null
  // A mailbox has opened it: a code in the same mailbox would prove nothing more.
  if (challenge.purpose === 'password_reset') return null
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

function event(file: DeliveryFile, result: Outcome, again: Instant | null): AuditEvent {
  const { delivery } = file
  const data = {
    delivery: delivery.id,
    channel: delivery.channel,
    to: maskRecipient(delivery.channel, delivery.recipient),
    content: delivery.content.kind,
  }
  const about = { actor: SYSTEM, subject: userParty(file.user), application: file.challenge?.application ?? null }
  switch (result.kind) {
    case 'accepted':
      return { ev: 'delivery.accepted', ...about, data: { ...data, ...(result.after ? { after: result.after } : {}) } }
    case 'delivered':
      return { ev: 'delivery.delivered', ...about, data }
    case 'failed': {
      const failure = { ...data, error: result.why, trouble: result.trouble }
      return again === null
        ? { ev: 'delivery.failed', ...about, data: failure }
        : { ev: 'delivery.retried', ...about, data: { ...failure, next: rfc3339(again) } }
    }
  }
}

function fallbackEvent(file: DeliveryFile, instead: Delivery, result: Outcome): AuditEvent {
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
