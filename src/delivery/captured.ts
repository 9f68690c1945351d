import type { Channel } from '#domain/method.ts'
import { rfc3339 } from '#domain/time.ts'
import type { Outgoing, SendResult } from '#ports/delivery.ts'
import type { Clock } from '#ports/system.ts'
import { renderEmail, renderSms } from './messages.ts'

/** As the demo lists it; `subject` and `html` are null for an SMS. */
export interface CapturedMessage {
  readonly id: string
  readonly channel: Channel
  readonly to: string
  readonly subject: string | null
  readonly text: string
  readonly html: string | null
  /** RFC 3339. */
  readonly at: string
}

export const BEHAVIOURS = ['ok', 'reject', 'timeout', 'unconfigured'] as const
/** How a channel of the demo acts. `unconfigured` is no answer to a message: nobody has set the channel up. */
export type Behaviour = (typeof BEHAVIOURS)[number]

/** Where the demo's messages end: they leave the process nowhere. Only the demo makes one. */
export interface Mailbox {
  /** Newest first. */
  messages(): readonly CapturedMessage[]
  behaviour(): Readonly<Record<Channel, Behaviour>>
  setBehaviour(change: Readonly<Partial<Record<Channel, Behaviour>>>): Promise<void>
  take(outgoing: Outgoing): Promise<SendResult>
}

export interface MailboxOptions {
  readonly clock: Clock
  /** Told when a channel becomes unconfigured or is set up again, so that its configuration can be taken away and put back. */
  readonly onUnconfigured?: (channel: Channel, unconfigured: boolean) => void | Promise<void>
  readonly wait?: (milliseconds: number) => Promise<void>
  /** How long a channel that hangs is waited for. */
  readonly timeoutSeconds?: number
  /** How many messages are kept. */
  readonly room?: number
}

const REFUSALS = {
  email: '550 5.7.1 This mailbox was told to refuse every message.',
  sms: 'The SMS gateway answered 503: this phone was told to refuse every message.',
} as const

export function createMailbox(options: MailboxOptions): Mailbox {
  const { clock, onUnconfigured, wait = sleep, timeoutSeconds = 5, room = 500 } = options
  const behaviour: Record<Channel, Behaviour> = { email: 'ok', sms: 'ok' }
  let kept: readonly CapturedMessage[] = []

  return {
    messages: () => kept,
    behaviour: () => ({ ...behaviour }),

    async setBehaviour(change) {
      for (const channel of ['email', 'sms'] as const) {
        const before = behaviour[channel]
        const after = change[channel] ?? before
        behaviour[channel] = after
        if ((before === 'unconfigured') !== (after === 'unconfigured'))
          await onUnconfigured?.(channel, after === 'unconfigured')
      }
    },

    async take(outgoing) {
      const { channel } = outgoing
      switch (behaviour[channel]) {
        case 'reject':
          return { kind: 'failed', why: REFUSALS[channel], trouble: 'lasting' }
        case 'timeout':
          await wait(timeoutSeconds * 1_000)
          return { kind: 'failed', why: `There was no answer within ${timeoutSeconds} seconds.`, trouble: 'passing' }
        case 'unconfigured':
          return { kind: 'failed', why: 'This channel is not set up.', trouble: 'lasting' }
        case 'ok': {
          const message = captured(outgoing, clock)
          if (message === null) return { kind: 'failed', why: 'A link is sent by email only.', trouble: 'recipient' }
          // Sent twice under one id it is one message, as it would be for a gateway.
          if (!kept.some((each) => each.id === message.id)) kept = [message, ...kept].slice(0, room)
          return { kind: 'accepted', reference: message.id }
        }
      }
    },
  }
}

function captured(outgoing: Outgoing, clock: Clock): CapturedMessage | null {
  const { id, channel, to } = outgoing
  const at = rfc3339(clock.now())
  if (channel === 'email') return { id, channel, to, ...renderEmail(outgoing), at }
  const text = renderSms(outgoing)
  return text === null ? null : { id, channel, to, subject: null, text, html: null, at }
}

function sleep(milliseconds: number): Promise<void> {
  return new Promise((done) => {
    setTimeout(done, milliseconds)
  })
}
