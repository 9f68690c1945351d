import { rfc3339 } from '#domain/time.ts'
import type { Handler } from '#http/call.ts'
import { qrSvg } from '#http/qr.ts'
import type { Ports } from '#ports/ports.ts'
import { sendEnrolmentLink, startEnrolment } from '#usecases/enrol.ts'
import { json } from './answer.ts'
import { pendingToken, refusePending } from './caller.ts'
import { readInput } from './input.ts'
import { refusal } from './login.ts'
import { showPending } from './pending.ts'
import { Enrol, Nothing, ShownSecret } from './schemas.ts'

/** `POST /login/enrol`: the secret to set up an authenticator app with, until it is confirmed. */
export function postEnrol(ports: Ports): Handler {
  return async (call) => {
    const token = pendingToken(call)
    if (token === undefined) return refusePending(call)
    const input = await readInput(call, Enrol, true)
    if (input.kind === 'refused') return input.response
    const refuse = refusal(ports, call)
    const outcome = await startEnrolment(ports, {
      site: call.site.id,
      pendingToken: token,
      link: input.value.link,
      origin: call.origin,
    })
    switch (outcome.kind) {
      case 'shown': {
        const { otpauthUri, secret, account, expiresAt } = outcome
        return json(ShownSecret, {
          otpauth_uri: otpauthUri,
          secret,
          qr_svg: qrSvg(otpauthUri),
          account,
          expires_at: rfc3339(expiresAt),
        })
      }
      case 'link-required':
        return refuse('enrolment_link_required')
      case 'over':
        return refuse('enrolment_over')
      case 'gone':
        return refuse('pending_gone')
      case 'busy':
        return refuse('busy')
    }
  }
}

/** `POST /login/enrol/link`: a new link by email; the one before leads nowhere from then on. */
export function postEnrolLink(ports: Ports): Handler {
  return async (call) => {
    const token = pendingToken(call)
    if (token === undefined) return refusePending(call)
    const input = await readInput(call, Nothing, true)
    if (input.kind === 'refused') return input.response
    const refuse = refusal(ports, call)
    const outcome = await sendEnrolmentLink(ports, { site: call.site.id, pendingToken: token, origin: call.origin })
    switch (outcome.kind) {
      case 'sent':
        return showPending(ports, call, token)
      case 'cooldown':
        return refuse('resend_cooldown', { retryAt: outcome.retryAt })
      case 'send-limit':
        return refuse('send_limit', outcome.retryAt === null ? {} : { retryAt: outcome.retryAt })
      case 'no-mail':
        return refuse('channel_not_offered', {
          detail: 'No link goes by email here.',
          extensions: { channels_offered: [] },
        })
      case 'gone':
        return refuse('pending_gone')
      case 'busy':
        return refuse('busy')
    }
  }
}
