import type { NodemailerError } from 'nodemailer'
import type { SendStep } from '#ports/delivery.ts'
import type { SmtpConfig } from './channel-config.ts'
import type { Note } from './dial.ts'

type Step = SendStep['step']

/** How far a conversation with a mail server has come, told as it goes on. */
export interface SmtpSteps {
  readonly note: Note | undefined
  /** For the library, whose log says when a step was done; nothing of it is kept. */
  readonly logger: Record<'debug' | 'info' | 'trace' | 'warn' | 'error' | 'fatal', (...args: unknown[]) => void> | false
  readonly accepted: (response: string) => void
  readonly broke: (error: NodemailerError, why: string) => void
}

export function smtpSteps(config: SmtpConfig, tell: Note | undefined): SmtpSteps {
  if (tell === undefined) return { note: undefined, logger: false, accepted: () => {}, broke: () => {} }
  let since = performance.now()
  let under: Step = 'dns'
  const done = (step: Step, next: Step, ok: boolean, says: string, milliseconds?: number): void => {
    const now = performance.now()
    tell({ step, ok, says, milliseconds: milliseconds ?? Math.round(now - since) })
    since = now
    under = next
  }
  const logs = config.user !== undefined
  const encrypted = config.tls === 'implicit' || config.tls === 'required'
  const listen = (...args: unknown[]): void => {
    const text = args.find((each) => typeof each === 'string')
    const data = args.find((each) => typeof each === 'object' && each !== null)
    if (text === 'SMTP handshake finished')
      done(
        'tls',
        logs ? 'auth' : 'accepted',
        true,
        encrypted ? 'The connection is encrypted.' : `As configured: ${config.tls}.`,
      )
    if (data && Reflect.get(data, 'action') === 'authenticated')
      done('auth', 'accepted', true, `Logged in as ${config.user}.`)
  }
  return {
    note: ({ step, ok, says, milliseconds }) =>
      done(step, !ok ? step : step === 'dns' ? 'tcp' : 'tls', ok, says, milliseconds),
    logger: { trace: listen, debug: listen, info: listen, warn: listen, error: listen, fatal: listen },
    accepted: (response) => done('accepted', 'accepted', true, response),
    broke: (_error, why) => {
      // A step of the network has told of its own end already.
      if (under === 'tls' || under === 'auth' || under === 'accepted') done(under, under, false, why)
    },
  }
}
