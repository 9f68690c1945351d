import type { Call } from '#http/call.ts'
import type { Ports } from '#ports/ports.ts'
import { type Help, helpUnlock } from '#usecases/helpdesk.ts'
import { unlockUser } from '#usecases/users.ts'
import { Unlock } from './administration-schemas.ts'
import { type AdministrationHandler, refuseBeyond } from './behind-right.ts'
import { partyOf, rightsOf } from './caller.ts'
import { readInput } from './input.ts'
import { refusal } from './login.ts'
import { refuseUser, showUser } from './user-body.ts'
import { username } from './users.ts'

/** `POST /users/{username}/unlock`: lifts the lock of the second step. The helpdesk says why, and the user is told. */
export function postUnlock(ports: Ports): AdministrationHandler {
  return async (call, entrant) => {
    const input = await readInput(call, Unlock, true)
    if (input.kind === 'refused') return input.response
    const { reason = '' } = input.value
    const order = {
      site: call.site.name,
      username: username(call),
      actor: partyOf(entrant.caller),
      origin: call.origin,
    }
    if (!rightsOf(entrant.caller).has('users:write')) return unlockAsHelp(ports, call, { ...order, reason })
    const beyond = await refuseBeyond(ports, call, entrant, { username: username(call) })
    if (beyond) return beyond
    const outcome = await unlockUser(ports, order)
    return outcome.kind === 'saved' ? showUser(ports, call, username(call)) : refuseUser(ports, call, outcome)
  }
}

async function unlockAsHelp(ports: Ports, call: Call, help: Help): Promise<Response> {
  const outcome = await helpUnlock(ports, help)
  switch (outcome.kind) {
    case 'done':
      return showUser(ports, call, help.username)
    case 'not-for-helpdesk':
      return refusal(ports, call)('forbidden', { detail: 'The helpdesk does not reach this user.' })
    default:
      return refuseUser(ports, call, outcome)
  }
}
