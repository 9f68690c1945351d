import { rfc3339 } from '#domain/time.ts'
import type { Ports } from '#ports/ports.ts'
import { mailReset } from '#usecases/mail-reset.ts'
import { ResetMailed } from './administration-schemas.ts'
import { json } from './answer.ts'
import { type AdministrationHandler, refuseBeyond } from './behind-right.ts'
import { partyOf } from './caller.ts'
import { refusal } from './login.ts'
import { refuseUser } from './user-body.ts'
import { username } from './users.ts'

/** `POST /users/{username}/reset-password`: a person is mailed a link by which they, and nobody else, choose a password. */
export function postResetPassword(ports: Ports): AdministrationHandler {
  return async (call, entrant) => {
    const beyond = await refuseBeyond(ports, call, entrant, { username: username(call) })
    if (beyond) return beyond
    const order = {
      site: call.site.name,
      username: username(call),
      actor: partyOf(entrant.caller),
      origin: call.origin,
    }
    const outcome = await mailReset(ports, order)
    const refuse = refusal(ports, call)
    switch (outcome.kind) {
      case 'mailed':
        return json(ResetMailed, { sent_to: outcome.sentTo, expires_at: rfc3339(outcome.expiresAt) }, 202)
      case 'no-mailbox':
        return refuse('no_mailbox')
      case 'send-limit':
        return refuse('send_limit', outcome.retryAt === null ? {} : { retryAt: outcome.retryAt })
      default:
        return refuseUser(ports, call, outcome)
    }
  }
}
