import { deviceCookie } from '#http/cookies.ts'
import type { Call, Handler } from '#http/call.ts'
import { readForm } from '#http/forms.ts'
import { CHANNELS } from '#domain/method.ts'
import type { Instant } from '#domain/time.ts'
import type { ContactPerson } from '#policy/settings.ts'
import type { Ports } from '#ports/ports.ts'
import { answerChallenge, type AnswerOutcome } from '#usecases/answer-challenge.ts'
import { sendEnrolmentLink, startEnrolment } from '#usecases/enrol.ts'
import { pendingLogin } from '#usecases/pending-login.ts'
import { sendCode } from '#usecases/send-code.ts'
import { type Carried, carriedFrom, withCarried } from './carried.ts'
import { lockedWords } from './code-words.ts'
import { frameOf } from './frame.ts'
import { html } from './html.ts'
import { fromTime, retryAfter, untilTime } from './moments.ts'
import { dropPending, pendingToken } from './pending-cookie.ts'
import { seeOther } from './respond.ts'
import { showPending } from './show-pending.ts'
import { sessionCookie } from './sign-in-outcome.ts'
import { startOver } from './start-over.ts'
import type { Texts, Word } from './texts/texts.ts'

/** A form of somebody in the middle of a sign-in. */
export interface Step {
  readonly call: Call
  readonly fields: ReadonlyMap<string, string>
  readonly carried: Carried
  readonly token: string
  /** The emailed link, on the page that it opened. */
  readonly link?: string
}

/** What is said on the page that comes again. */
interface Said {
  readonly problem: Word
  readonly invalid?: boolean
  readonly status: number
  readonly retryAt?: Instant
  readonly contacts?: readonly ContactPerson[]
}

/** A code arrives: of a challenge, or the first one of a new authenticator. */
export function postCode(ports: Ports): Handler {
  return inStep(ports, async (step) => {
    const { call, fields, token } = step
    const remember = fields.get('remember') === 'yes'
    const { site, origin } = call
    const outcome = await answerChallenge(ports, {
      site: site.id,
      pendingToken: token,
      code: fields.get('code'),
      onPage: true,
      remember,
      origin,
    })
    return tellAnswer(ports, step, outcome)
  })
}

/** What comes of an answer: the way on, or the page again with what was wrong. */
export async function tellAnswer(ports: Ports, step: Step, outcome: AnswerOutcome): Promise<Response> {
  const { call, carried, token } = step
  const { site } = call
  if (outcome.kind === 'password-set')
    return seeOther(`${site.path}/login?after=reset`, { cookies: [dropPending(ports, call, token)] })
  if (outcome.kind !== 'signed-in') return again(ports, step, refusal(frameOf(call).texts, outcome, ports.clock.now()))
  const cookies = [sessionCookie(ports, call, outcome), dropPending(ports, call, token)]
  if (outcome.deviceToken !== null) cookies.push(deviceCookie(site.name, outcome.deviceToken, ports.origin))
  return seeOther(carried.next ?? `${site.path}/account`, { cookies })
}

/** A code is asked for again, or over another channel. */
export function postSend(ports: Ports): Handler {
  return inStep(ports, async (step) => {
    const { call, token } = step
    const { texts } = frameOf(call)
    const channel = CHANNELS.find((each) => each === step.fields.get('channel'))
    const outcome = await sendCode(ports, { site: call.site.id, pendingToken: token, channel, origin: call.origin })
    if (outcome.kind === 'sent') return seeOther(withCarried(`${call.site.path}/login`, step.carried))
    return again(ports, step, sendRefusal(texts, outcome, ports.clock.now()))
  })
}

/** A new link is asked for by mail. */
export function postLink(ports: Ports): Handler {
  return inStep(ports, async (step) => {
    const { call, token } = step
    const outcome = await sendEnrolmentLink(ports, { site: call.site.id, pendingToken: token, origin: call.origin })
    if (outcome.kind === 'sent') return seeOther(withCarried(`${call.site.path}/login`, step.carried))
    return again(ports, step, sendRefusal(frameOf(call).texts, outcome, ports.clock.now()))
  })
}

/** A new QR code is asked for in place of one that ran out. */
export function postRenew(ports: Ports): Handler {
  return inStep(ports, async (step) => {
    const { call, token } = step
    const { texts } = frameOf(call)
    const outcome = await startEnrolment(ports, { site: call.site.id, pendingToken: token, origin: call.origin })
    if (outcome.kind === 'gone') return again(ports, step, { problem: texts.signIn.over, status: 410 })
    if (outcome.kind === 'busy') return again(ports, step, { problem: texts.signIn.busy, status: 503 })
    return seeOther(withCarried(`${call.site.path}/login`, step.carried))
  })
}

/** Reads the form and finds the pending login that it belongs to; without one the sign-in starts again. */
export function inStep(ports: Ports, work: (step: Step) => Promise<Response>): Handler {
  return async (call) => {
    const form = await readForm(call.request)
    if (form.kind === 'refused') return form.response
    const { fields } = form
    const carried = carriedFrom((name) => fields.get(name), call.site.path)
    const token = pendingToken(ports, call, carried.login)
    if (token === undefined)
      return startOver(ports, call, { carried, problem: frameOf(call).texts.signIn.over, status: 410 })
    const link = call.params['token']
    return work({ call, fields, carried, token, ...(link === undefined ? {} : { link }) })
  }
}

/** The page that the form came from, with what was wrong; the password form, if the pending login is over. */
async function again(ports: Ports, { call, carried, token, link, fields }: Step, said: Said): Promise<Response> {
  const login = await pendingLogin(ports, { site: call.site.id, pendingToken: token })
  if (!login) return startOver(ports, call, { ...said, carried, token })
  return showPending(ports, call, login, {
    ...said,
    token,
    carried,
    ...(link === undefined ? {} : { link }),
    retryAfter: said.retryAt === undefined ? undefined : retryAfter(said.retryAt, login.now),
    // Only the form with the code has the box: whoever unticked it there need not do so again.
    remember: !fields.has('code') || fields.get('remember') === 'yes',
  })
}

function refusal(
  texts: Texts,
  outcome: Exclude<AnswerOutcome, { kind: 'signed-in' | 'password-set' }>,
  now: Instant,
): Said {
  const { code, signIn, enrol } = texts
  switch (outcome.kind) {
    case 'refused': {
      const { attemptsLeft, clock, contacts } = outcome
      if (attemptsLeft === 0) return { problem: signIn.exhausted, status: 401, contacts }
      const said = outcome.reason === 'expired' ? code.expired(attemptsLeft) : code.wrong(attemptsLeft)
      if (clock) {
        const off = code.clockOff(texts.span(Math.abs(clock.slowBy)), clock.slowBy > 0, untilTime(texts, now, now))
        return { problem: html`${said} ${off}`, invalid: true, status: 401, contacts }
      }
      return { problem: said, invalid: true, status: 401, contacts }
    }
    case 'malformed':
      return { problem: code.malformed(outcome.digits), invalid: true, status: 400 }
    case 'code-locked':
      return { problem: lockedWords(texts, outcome.retryAt, now), status: 429, retryAt: outcome.retryAt }
    case 'exhausted':
      return { problem: signIn.exhausted, status: 401 }
    case 'enrolment-over':
      return { problem: enrol.ended, status: 410 }
    // A second factor for another application is no sign-in here.
    case 'proved':
    case 'gone':
      return { problem: signIn.over, status: 410 }
    case 'busy':
      return { problem: signIn.busy, status: 503 }
  }
}

type SendRefusal =
  | { readonly kind: 'cooldown' | 'code-locked'; readonly retryAt: Instant }
  | { readonly kind: 'send-limit'; readonly retryAt: Instant | null }
  | { readonly kind: 'channel-not-offered' | 'no-mail' | 'gone' | 'busy' }

function sendRefusal(texts: Texts, outcome: SendRefusal, now: Instant): Said {
  const { code, signIn, enrol } = texts
  switch (outcome.kind) {
    case 'cooldown':
      return { problem: code.cooldown(fromTime(texts, outcome.retryAt, now)), status: 429, retryAt: outcome.retryAt }
    case 'code-locked':
      return { problem: lockedWords(texts, outcome.retryAt, now), status: 429, retryAt: outcome.retryAt }
    case 'channel-not-offered':
      return { problem: code.notOffered, status: 409 }
    case 'send-limit':
      return outcome.retryAt === null
        ? { problem: code.sendLimit, status: 429 }
        : {
            problem: html`${code.sendLimit} ${code.cooldown(fromTime(texts, outcome.retryAt, now))}`,
            status: 429,
            retryAt: outcome.retryAt,
          }
    case 'no-mail':
      return { problem: enrol.noMail, status: 409 }
    case 'gone':
      return { problem: signIn.over, status: 410 }
    case 'busy':
      return { problem: signIn.busy, status: 503 }
  }
}
