import type { Call } from '#http/call.ts'
import { canonicalAddress } from '#http/client-address.ts'
import type { Ports } from '#ports/ports.ts'
import { askSecondFactor } from '#usecases/ask-second-factor.ts'
import { denyAccess } from '#usecases/deny-access.ts'
import { json } from './answer.ts'
import type { AdministrationHandler } from './behind-right.ts'
import { partyOf } from './caller.ts'
import { invalid, readInput } from './input.ts'
import { refusal } from './login.ts'
import { showPending } from './pending.ts'
import { Allowed, NewChallenge } from './schemas.ts'

/** `POST /challenges`: the second factor alone, for an application that has checked the password itself. It opens no session. */
export function postChallenge(ports: Ports): AdministrationHandler {
  return async (call, { caller, door, right }) => {
    const refuse = refusal(ports, call)
    // An administrator's session would do it in the name of nobody: what is vouched for has to have somebody who answers for it.
    if (caller.kind !== 'api-key') {
      const denial = {
        actor: partyOf(caller),
        origin: call.origin,
        door,
        right,
        reason: 'right',
        subject: null,
      } as const
      if ((await denyAccess(ports, { site: call.site.id, ...denial })) === 'busy') return refuse('busy')
      return refuse('forbidden', { detail: 'This needs an API key with the scope challenges.' })
    }
    const input = await readInput(call, NewChallenge)
    if (input.kind === 'refused') return input.response
    const { username, application, address, device_token: deviceToken } = input.value
    const from = address === undefined ? null : canonicalAddress(address)
    if (address !== undefined && from === null)
      return invalid(call, [{ pointer: '/address', detail: 'is not an IP address' }])
    const outcome = await askSecondFactor(ports, {
      site: call.site.id,
      username,
      application,
      deviceToken,
      key: caller.key,
      origin: { request: call.origin.request, address: from, userAgent: null },
    })
    switch (outcome.kind) {
      case 'allowed':
        return json(Allowed, { outcome: 'allow', decision: outcome.decision })
      case 'pending':
        return showPending(ports, call, outcome.pending.token, { field: 'outcome', seen: outcome.seen })
      case 'denied':
        return deny(call, { contacts: outcome.contacts, decision: outcome.decision })
      case 'use-api-key':
        return deny(call, { decision: outcome.decision })
      case 'unknown-user':
        return deny(call, {}, 'There is no active user of this name at this site.')
      case 'code-locked':
        return refuse('code_locked', { retryAt: outcome.retryAt })
      case 'unknown-application':
        return refuse('unknown_application')
      case 'busy':
        return refuse('busy')
    }
  }

  function deny(call: Call, extensions: Record<string, unknown>, detail?: string): Response {
    return refusal(ports, call)('denied', { detail, extensions: { outcome: 'deny', ...extensions } })
  }
}
