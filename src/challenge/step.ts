import type { Evidence } from '#domain/evidence.ts'
import type { Channel } from '#domain/method.ts'
import type { Duration, Instant } from '#domain/time.ts'
import {
  type Asked,
  type Challenge,
  PENDING_LIFE,
  PENDING_LIMIT,
  type SentCode,
  standing,
  type StrayCode,
} from './challenge.ts'

export type Command =
  /** A code was refused, for whatever reason. */
  | { readonly kind: 'fail'; readonly maxAttempts: number; readonly stray?: StrayCode | null }
  | { readonly kind: 'pass'; readonly evidence: Evidence }
  /** A message goes out; `counter` is used when the code before it has expired, or there was none. */
  | {
      readonly kind: 'send'
      readonly channel: Channel
      readonly counter: number
      readonly digits: SentCode['digits']
      readonly life: Duration
      readonly again: boolean
    }
  /** The channel could not bring the message. `insteadOver`: it goes over this one. */
  | { readonly kind: 'undelivered'; readonly channel: Channel; readonly insteadOver: Channel | null }
  | { readonly kind: 'cancel' }

/**
 * The state machine of a challenge. Total: a command that does not fit changes nothing. `passed` and `closed` never move, the
 * number of failed codes and of messages never goes down.
 */
export function step(challenge: Challenge, command: Command, now: Instant): Challenge {
  if (standing(challenge, now) !== 'live') return challenge
  const { state } = challenge
  switch (command.kind) {
    case 'pass':
      return moved(challenge, { kind: 'passed', evidence: command.evidence, at: now })
    case 'cancel':
      return moved(challenge, { kind: 'closed', why: 'cancelled', at: now })
    case 'fail': {
      if (state.kind !== 'asked') return challenge
      const failed = state.failed + 1
      const next = command.stray === undefined ? { ...state, failed } : { ...state, failed, stray: command.stray }
      return moved(challenge, failed >= command.maxAttempts ? { kind: 'closed', why: 'exhausted', at: now } : next)
    }
    case 'send': {
      if (state.kind !== 'asked') return challenge
      const sent = sentAgain(state.sent, command, now)
      const next: Asked = {
        ...state,
        method: command.channel,
        sent,
        sends: state.sends + 1,
        askedAgain: state.askedAgain || command.again,
      }
      const expiresAt = Math.min(now + PENDING_LIFE, challenge.openedAt + PENDING_LIMIT)
      return { ...moved(challenge, next), expiresAt: Math.max(expiresAt, challenge.expiresAt) }
    }
    case 'undelivered': {
      if (state.kind !== 'asked') return challenge
      const undeliverable = [...new Set([...state.undeliverable, command.channel])]
      const instead = command.insteadOver
      if (instead === null || state.sent === null) return moved(challenge, { ...state, undeliverable })
      const methods: Asked['methods'] = state.methods.includes(instead) ? state.methods : [...state.methods, instead]
      const sent = over(state.sent, instead, now)
      return moved(challenge, { ...state, methods, undeliverable, method: instead, sent, sends: state.sends + 1 })
    }
  }
}

/** The same code while it lives, so that a late first message still works; after that a new one. */
function sentAgain(before: SentCode | null, command: Extract<Command, { kind: 'send' }>, now: Instant): SentCode {
  if (before && now < before.expiresAt) return over(before, command.channel, now)
  const { counter, digits, channel } = command
  return { counter, digits, expiresAt: now + command.life, over: [channel], sentAt: { [channel]: now } }
}

function over(sent: SentCode, channel: Channel, now: Instant): SentCode {
  const channels: SentCode['over'] = sent.over.includes(channel) ? sent.over : [...sent.over, channel]
  return { ...sent, over: channels, sentAt: { ...sent.sentAt, [channel]: now } }
}

function moved(challenge: Challenge, state: Challenge['state']): Challenge {
  return { ...challenge, state, version: challenge.version + 1 }
}
