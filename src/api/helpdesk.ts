import { rfc3339 } from '#domain/time.ts'
import type { Call } from '#http/call.ts'
import type { Ports } from '#ports/ports.ts'
import { findAttempt } from '#usecases/find-attempt.ts'
import { helpStatus } from '#usecases/helpdesk-status.ts'
import { type Help, type HelpRefusal, helpReset, helpResend, helpWithCode } from '#usecases/helpdesk.ts'
import { Attempts, FactorStatus, GivenCode, Help as HelpBody } from './administration-schemas.ts'
import { json } from './answer.ts'
import type { AdministrationHandler } from './behind-right.ts'
import { partyOf } from './caller.ts'
import { readInput } from './input.ts'
import { refusal } from './login.ts'
import { refuseUser } from './user-body.ts'
import { username } from './users.ts'

/** `POST /users/{username}/status`: how somebody who called stands with the second factor. A `POST`, because that it was looked at is written down. */
export function postHelpStatus(ports: Ports): AdministrationHandler {
  return helping(async (call, help) => {
    const outcome = await helpStatus(ports, help)
    if (outcome.kind !== 'status') return refuseHelp(ports, call, outcome)
    const { status } = outcome
    const { lockedUntil, exemptUntil, lastSignInAt } = status
    const locked = Number.isFinite(lockedUntil) && lockedUntil > ports.clock.now()
    return json(FactorStatus, {
      username: status.username,
      display_name: status.displayName,
      status: status.status,
      required: status.required,
      apps: status.apps,
      email: status.channels.email,
      phone: status.channels.sms,
      failed_codes: status.failedCodes,
      locked_until: locked ? rfc3339(lockedUntil) : null,
      disabled: lockedUntil === Number.POSITIVE_INFINITY,
      exempt: exemptUntil !== null,
      exempt_until: typeof exemptUntil === 'number' ? rfc3339(exemptUntil) : null,
      last_sign_in_at: lastSignInAt === null ? null : rfc3339(lastSignInAt),
      waiting: status.waiting,
    })
  })
}

/** `POST /users/{username}/resend`: the code that somebody waits for, once more, to their own address or number. */
export function postResend(ports: Ports): AdministrationHandler {
  return helping(async (call, help) => {
    const outcome = await helpResend(ports, help)
    const refuse = refusal(ports, call)
    switch (outcome.kind) {
      case 'done':
        return nothing()
      case 'nobody-waits':
        return refuse('nobody_waits')
      case 'cooldown':
        return refuse('resend_cooldown', { retryAt: outcome.retryAt })
      case 'send-limit':
        return refuse('send_limit', outcome.retryAt === null ? {} : { retryAt: outcome.retryAt })
      case 'code-locked':
        return refuse('code_locked', { retryAt: outcome.retryAt })
      case 'channel-not-offered':
        return refuse('channel_not_offered', { extensions: { channels_offered: outcome.offered } })
      default:
        return refuseHelp(ports, call, outcome)
    }
  })
}

/** `POST /users/{username}/code`: one code to be told to the user, good once within an hour. It is in this answer and nowhere else. */
export function postHelpCode(ports: Ports): AdministrationHandler {
  return helping(async (call, help) => {
    const outcome = await helpWithCode(ports, help)
    if (outcome.kind !== 'issued') return refuseHelp(ports, call, outcome)
    const { code, expiresAt } = outcome
    return json(GivenCode, { code: code.reveal(), expires_at: rfc3339(expiresAt) }, 201)
  })
}

/** `POST /users/{username}/enrol-anew`: takes what was lost away; the next sign-in sets up a new authenticator. */
export function postEnrolAnew(ports: Ports): AdministrationHandler {
  return helping(async (call, help) => {
    const outcome = await helpReset(ports, help)
    return outcome.kind === 'done' ? nothing() : refuseHelp(ports, call, outcome)
  })
}

/** `GET /attempts/{reference}`: the refused codes of the sign-in whose reference somebody has read out. */
export function getAttempt(ports: Ports): AdministrationHandler {
  return async (call) => {
    const reference = call.params['reference'] ?? ''
    const found = await findAttempt(ports, { site: call.site.id, reference })
    if (found.kind !== 'found') {
      const detail = 'No sign-in has this reference.'
      return refusal(ports, call)('not_found', { detail })
    }
    const items = found.rows.map(({ seq, at, ev, subject, application, data }) => ({
      seq,
      at: rfc3339(at),
      event: ev,
      username: subject?.name ?? null,
      application,
      reason: typeof data['reason'] === 'string' ? data['reason'] : null,
      failed_codes: typeof data['failed_codes'] === 'number' ? data['failed_codes'] : 0,
    }))
    return json(Attempts, { items })
  }
}

function helping(work: (call: Call, help: Help) => Promise<Response>): AdministrationHandler {
  return async (call, { caller }) => {
    const input = await readInput(call, HelpBody)
    if (input.kind === 'refused') return input.response
    const { reason } = input.value
    const help = { site: call.site.name, username: username(call), actor: partyOf(caller), origin: call.origin, reason }
    return work(call, help)
  }
}

function refuseHelp(ports: Ports, call: Call, outcome: HelpRefusal): Response {
  return outcome.kind === 'not-for-helpdesk'
    ? refusal(ports, call)('forbidden', { detail: 'The helpdesk does not reach this user.' })
    : refuseUser(ports, call, outcome)
}

function nothing(): Response {
  return new Response(null, { status: 204 })
}
