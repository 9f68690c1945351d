import { Secret } from '#domain/secret.ts'
import type { Call, Handler } from '#http/call.ts'
import { problem, type ProblemCode, type ProblemOptions } from '#http/problems.ts'
import { rfc3339 } from '#domain/time.ts'
import type { Ports } from '#ports/ports.ts'
import { type AnswerOutcome, answerChallenge } from '#usecases/answer-challenge.ts'
import { sendCode } from '#usecases/send-code.ts'
import { signIn, type SignInOutcome } from '#usecases/sign-in.ts'
import { json } from './answer.ts'
import { pendingToken, refusePending } from './caller.ts'
import { readInput } from './input.ts'
import { showPending } from './pending.ts'
import { renewedSession } from './renewed.ts'
import { Login, PasswordAgain, Proved, Send, SignedIn, Verify } from './schemas.ts'

/** `POST /login`: the password step. It sets no cookie: programs hold their tokens themselves. */
export function postLogin(ports: Ports): Handler {
  return async (call) => {
    const input = await readInput(call, Login)
    if (input.kind === 'refused') return input.response
    const { username, password, application, device_token: deviceToken } = input.value
    const outcome = await signIn(ports, {
      site: call.site.id,
      username,
      password: new Secret(password),
      ...(application === undefined ? {} : { application }),
      deviceToken,
      surface: 'api',
      origin: call.origin,
    })
    return tellSignIn(ports, call, outcome)
  }
}

/** What a first proof has come to. */
export async function tellSignIn(ports: Ports, call: Call, outcome: SignInOutcome): Promise<Response> {
  const refuse = refusal(ports, call)
  switch (outcome.kind) {
    case 'signed-in': {
      const { token, expiresAt, decision, deviceToken } = outcome
      const session = { token, expires_at: rfc3339(expiresAt) }
      const device = deviceToken === null ? {} : { device_token: deviceToken }
      return json(SignedIn, { status: 'signed_in', session, decision, ...device })
    }
    case 'pending':
      return showPending(ports, call, outcome.pending.token, { seen: outcome.seen })
    case 'password-again':
      return json(PasswordAgain, { status: 'password_again', decision: outcome.decision }, 202)
    case 'denied':
      return refuse('denied', { extensions: { contacts: outcome.contacts, decision: outcome.decision } })
    case 'use-api-key':
      return refuse('use_api_key', { extensions: { decision: outcome.decision } })
    case 'invalid-credentials':
      return refuse('invalid_credentials')
    case 'password-throttled':
      return refuse('password_throttled', { retryAt: outcome.retryAt })
    case 'code-locked':
      return refuse('code_locked', { retryAt: outcome.retryAt })
    case 'unknown-application':
      return refuse('unknown_application')
    case 'busy':
      return refuse('busy')
  }
}

/** `POST /login/verify` and `POST /login/enrol/confirm`: a code, for the challenge or for the authenticator that is being set up. */
export function postVerify(ports: Ports): Handler {
  return async (call) => {
    const token = pendingToken(call)
    if (token === undefined) return refusePending(call)
    const input = await readInput(call, Verify)
    if (input.kind === 'refused') return input.response
    const { code, passkey, remember_device: remember } = input.value
    const outcome = await answerChallenge(ports, {
      site: call.site.id,
      pendingToken: token,
      code,
      ...(passkey === undefined ? {} : { passkey }),
      remember,
      origin: call.origin,
    })
    return tellAnswer(ports, call, outcome)
  }
}

function tellAnswer(ports: Ports, call: Call, outcome: AnswerOutcome): Response {
  const refuse = refusal(ports, call)
  switch (outcome.kind) {
    case 'signed-in': {
      const { token, expiresAt, deviceToken, challenge } = outcome
      if (challenge.purpose === 'step_up') return renewedSession(ports, call, outcome)
      const session = { token, expires_at: rfc3339(expiresAt) }
      const device = deviceToken === null ? {} : { device_token: deviceToken }
      return json(SignedIn, { status: 'signed_in', session, decision: challenge.decision, ...device })
    }
    case 'proved': {
      const device = outcome.deviceToken === null ? {} : { device_token: outcome.deviceToken }
      return json(Proved, { outcome: 'allow', acr: outcome.acr, amr: [...outcome.amr], ...device })
    }
    case 'refused': {
      const { reason, clock, failedCodes, attemptsLeft, contacts, reference, channelsOffered } = outcome
      const now = rfc3339(ports.clock.now())
      const detail = clock
        ? `The clock of the phone is about ${Math.abs(clock.slowBy) / 1_000} seconds ${clock.slowBy > 0 ? 'slow' : 'fast'}; here it is ${now}. Set its date, time and time zone to automatic.`
        : reason === 'expired'
          ? 'The code has run out. Ask for a new one.'
          : undefined
      const told = { reason, failed_codes: failedCodes, attempts_left: attemptsLeft, channels_offered: channelsOffered }
      // Whom to turn to is not in the answer before it is time to say so.
      const whom = { ...(contacts.length > 0 ? { contacts } : {}), ...(reference === null ? {} : { reference }) }
      const off = clock ? { clock: { phone_slow_by_seconds: clock.slowBy / 1_000, server_time: now } } : {}
      return refuse('invalid_code', { detail, extensions: { ...told, ...whom, ...off } })
    }
    case 'malformed':
      return refuse('malformed_code', { extensions: { digits: outcome.digits } })
    case 'code-locked':
      return refuse('code_locked', { retryAt: outcome.retryAt })
    case 'exhausted':
      return refuse('too_many_attempts')
    // A forgotten password is replaced on our pages alone.
    case 'password-set':
    case 'gone':
      return refuse('pending_gone')
    case 'enrolment-over':
      return refuse('enrolment_over')
    case 'busy':
      return refuse('busy')
  }
}

/** `POST /login/send`: the code once more, or over the other channel. */
export function postSend(ports: Ports): Handler {
  return async (call) => {
    const token = pendingToken(call)
    if (token === undefined) return refusePending(call)
    const input = await readInput(call, Send, true)
    if (input.kind === 'refused') return input.response
    const refuse = refusal(ports, call)
    const outcome = await sendCode(ports, {
      site: call.site.id,
      pendingToken: token,
      channel: input.value.channel,
      origin: call.origin,
    })
    switch (outcome.kind) {
      case 'sent':
        return showPending(ports, call, token)
      case 'channel-not-offered':
        return refuse('channel_not_offered', { extensions: { channels_offered: outcome.offered } })
      case 'cooldown':
        return refuse('resend_cooldown', { retryAt: outcome.retryAt })
      case 'send-limit':
        return refuse('send_limit', outcome.retryAt === null ? {} : { retryAt: outcome.retryAt })
      case 'code-locked':
        return refuse('code_locked', { retryAt: outcome.retryAt })
      case 'gone':
        return refuse('pending_gone')
      case 'busy':
        return refuse('busy')
    }
  }
}

/** Problems of one call: they carry its request id, and the time that waiting is counted from. */
export function refusal(ports: Ports, call: Call): (code: ProblemCode, options?: ProblemOptions) => Response {
  return (code, options = {}) => problem(code, { requestId: call.origin.request, now: ports.clock.now(), ...options })
}
