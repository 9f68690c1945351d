import type { AuditEvent, Origin } from '#audit/event.ts'
import { isLocked } from '#challenge/attempts.ts'
import { standing, stillProved } from '#challenge/challenge.ts'
import { offeredChannels, resendAt } from '#challenge/offers.ts'
import { maskRecipient } from '#domain/delivery.ts'
import type { DeliveryId, SiteId } from '#domain/id.ts'
import type { Channel } from '#domain/method.ts'
import type { Instant } from '#domain/time.ts'
import type { Change } from '#ports/changes.ts'
import type { Ports } from '#ports/ports.ts'
import type { ChallengeFile } from '#ports/store.ts'
import { ownEvent } from './act.ts'
import { addressOf } from './facts.ts'
import { codeOnItsWay } from './new-code.ts'
import { offerTerms } from './pending-view.ts'
import { inRounds } from './rounds.ts'
import { budgetWarning, channelWithin, type SendLimit, sendLimit } from './send-limit.ts'
import { sendNow } from './send-now.ts'
import { tellLimit } from './tell-limit.ts'
import { addWithinCaps } from './within-caps.ts'

export interface SendCode {
  readonly site: SiteId
  readonly pendingToken: string
  /** Left out: the channel of the message before, or the first one. */
  readonly channel?: Channel | undefined
  readonly origin: Origin
}

export type SendCodeOutcome =
  | { readonly kind: 'sent'; readonly delivery: DeliveryId }
  | { readonly kind: 'channel-not-offered'; readonly offered: readonly Channel[] }
  | { readonly kind: 'cooldown'; readonly retryAt: Instant }
  /** The caps on messages. `retryAt`: when they allow one again, at the latest; null: not for this sign-in. */
  | { readonly kind: 'send-limit'; readonly retryAt: Instant | null }
  | { readonly kind: 'code-locked'; readonly retryAt: Instant }
  | { readonly kind: 'gone' }
  | { readonly kind: 'busy' }

/** A person asks for a code once more, or over another channel: the same code while it lives, a new one after that. */
export async function sendCode(ports: Ports, input: SendCode): Promise<SendCodeOutcome> {
  const tokenDigest = ports.vault.digest(input.pendingToken)
  const outcome = await inRounds<SendCodeOutcome>(async () => {
    const now = ports.clock.now()
    const file = await ports.store.challengeFile(input.site, tokenDigest, now)
    if (!file || standing(file.challenge, now) !== 'live' || !stillProved(file.challenge, file.user))
      return { kind: 'gone' }
    return sendAgain(ports, file, input, now)
  })
  if (outcome !== 'busy' && outcome.kind === 'sent') await sendNow(ports, outcome.delivery)
  return outcome === 'busy' ? { kind: 'busy' } : outcome
}

export interface SendAgain {
  readonly channel?: Channel | undefined
  readonly origin: Origin
  /** What comes with it where somebody else asks for it. */
  readonly events?: readonly AuditEvent[]
  readonly changes?: readonly Change[]
}

/** One more message for a live challenge, if its terms allow one. It is committed, and still to be sent. */
export async function sendAgain(
  ports: Ports,
  file: ChallengeFile,
  order: SendAgain,
  now: Instant,
): Promise<SendCodeOutcome | 'conflict'> {
  const { challenge, counters, settings } = file
  const { state } = challenge
  if (state.kind !== 'asked') return { kind: 'gone' }
  if (isLocked(counters, now)) {
    return { kind: 'code-locked', retryAt: counters.disabled ? Number.POSITIVE_INFINITY : counters.lockedUntil }
  }
  const offered = offeredChannels(state, offerTerms(settings))
  const wanted = order.channel ?? offered.find((each) => each === state.method) ?? offered[0]
  if (wanted === undefined || !offered.includes(wanted)) return { kind: 'channel-not-offered', offered }
  const channel = channelWithin(file, wanted, state.methods, now)
  const to = addressOf(file, channel)
  if (to === null) return { kind: 'channel-not-offered', offered }
  const cooldown = settings['delivery.resend_cooldown_seconds']
  const retryAt = Math.max(resendAt(state, wanted, cooldown), resendAt(state, channel, cooldown))
  if (now < retryAt) return { kind: 'cooldown', retryAt }
  const data = { challenge: challenge.id, channel, to: maskRecipient(channel, to) }
  const writes = { site: file.site.id, at: now, origin: order.origin }
  const kept = limitOf(file, state.sends, wanted, now)
  const { application } = challenge
  const told = kept && tellLimit(ports, file, { ...kept, channel: wanted, application, now })
  if (told && kept && (kept.cap === 'login' || channel === wanted)) {
    const committed = await ports.store.commit({ ...writes, changes: told.changes, events: [told.event] })
    return committed === 'conflict' ? 'conflict' : { kind: 'send-limit', retryAt: kept.until }
  }
  const again = state.sent?.sentAt[channel] !== undefined
  const next = codeOnItsWay(ports, file, challenge, { channel, to, again, now })
  const committed = await ports.store.commit({
    ...writes,
    changes: [
      { kind: 'move-challenge', challenge: next.challenge, from: challenge.version },
      { kind: 'set-counters', counters: next.counters, from: counters.version },
      ...(told?.changes ?? []),
      ...addWithinCaps(file, next.delivery),
      ...(order.changes ?? []),
    ],
    events: [
      ownEvent(file.user, application, 'auth.challenge.sent', data),
      ...(told ? [told.event] : []),
      ...budgetWarning(file, channel),
      ...(order.events ?? []),
    ],
  })
  return committed === 'conflict' ? 'conflict' : { kind: 'sent', delivery: next.delivery.id }
}

/** A sign-in that has had its messages gets no more, over no channel; the next one may. */
function limitOf(file: ChallengeFile, sends: number, channel: Channel, now: Instant): SendLimit | null {
  const perLogin = file.settings['delivery.max_sends_per_login']
  return sends >= perLogin ? { cap: 'login', until: null } : sendLimit(file, channel, now)
}
