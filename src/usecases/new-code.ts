import { newId } from '#domain/id.ts'
import { minutes, seconds, type Instant } from '#domain/time.ts'
import type { Channel } from '#domain/method.ts'
import type { Challenge } from '#challenge/challenge.ts'
import { step } from '#challenge/step.ts'
import type { CodeCounters } from '#domain/counters.ts'
import type { Delivery, DeliveryContent, Notice, NoticeAbout } from '#domain/delivery.ts'
import type { Change } from '#ports/changes.ts'
import type { Ports } from '#ports/ports.ts'
import type { PersonFile } from '#ports/store.ts'
import { addressOf, reachableChannels } from './facts.ts'

/** Who commits a delivery sends it; if that fails, the pump may take it over after this time. */
const CLAIM = seconds(60)

export interface CodeOnItsWay {
  readonly challenge: Challenge
  readonly delivery: Delivery
  readonly counters: CodeCounters
}

/**
 * A message with the code of this challenge: the same code while it lives, else the next one. Codes are HOTP values (RFC 4226) of a
 * secret of 160 random bits that each user has for this purpose alone; what is stored is the secret, sealed, and the counter.
 */
export function codeOnItsWay(
  { random, vault }: Pick<Ports, 'random' | 'vault'>,
  file: PersonFile,
  challenge: Challenge,
  order: { readonly channel: Channel; readonly to: string; readonly again: boolean; readonly now: Instant },
): CodeOnItsWay {
  const { counters, settings, user } = file
  const { channel, now } = order
  const code = {
    counter: counters.nextCounter,
    digits: settings['code.digits'],
    life: seconds(settings['code.ttl_seconds']),
  }
  const sending = step(challenge, { kind: 'send', channel, ...code, again: order.again }, now)
  if (sending.state.kind !== 'asked' || sending.state.sent === null)
    throw new Error('a code can only be sent for an open challenge')
  const { counter, digits, expiresAt } = sending.state.sent
  const sealedCodeSecret = counters.sealedCodeSecret ?? vault.seal(random.bytes(20), `codes:${user.id}`)
  const nextCounter = Math.max(counters.nextCounter, counter + 1)
  return {
    challenge: sending,
    counters: { ...counters, sealedCodeSecret, nextCounter, version: counters.version + 1 },
    delivery: {
      id: newId('dlv', random.bytes(16)),
      site: user.site,
      user: user.id,
      challenge: challenge.id,
      channel,
      recipient: order.to,
      content: { kind: 'code', challenge: challenge.id, counter, digits },
      state: { kind: 'queued' },
      createdAt: now,
      expiresAt,
      claimedUntil: now + CLAIM,
      version: 1,
    },
  }
}

/** Tells the user by email what happened, where that can be done. The pump brings it: nobody waits for a notice. */
export function noticeTo(
  ports: Pick<Ports, 'random'>,
  file: PersonFile,
  notice: Notice,
  now: Instant,
  about?: NoticeAbout,
): readonly Change[] {
  return noticeOver(ports, file, 'email', { kind: 'notice', notice, ...(about ? { about } : {}) }, now)
}

/** The same over any channel, to the address that is in `file`; what cannot be reached is told nothing. */
export function noticeOver(
  { random }: Pick<Ports, 'random'>,
  file: PersonFile,
  channel: Channel,
  content: Extract<DeliveryContent, { kind: 'notice' }>,
  now: Instant,
): readonly Change[] {
  const recipient = addressOf(file, channel)
  if (recipient === null || !reachableChannels(file).includes(channel)) return []
  const delivery: Delivery = {
    id: newId('dlv', random.bytes(16)),
    site: file.site.id,
    user: file.user.id,
    challenge: null,
    channel,
    recipient,
    content,
    state: { kind: 'queued' },
    createdAt: now,
    expiresAt: now + minutes(24 * 60),
    claimedUntil: now,
    version: 1,
  }
  return [{ kind: 'add-delivery', delivery }]
}
