import type { Ports } from '#ports/ports.ts'
import { grantBypass, revokeBypass } from '#usecases/bypass.ts'
import { GrantBypass } from './administration-schemas.ts'
import { type AdministrationHandler, refuseBeyond } from './behind-right.ts'
import { partyOf } from './caller.ts'
import { readInput } from './input.ts'
import { refuseUser, showUser } from './user-body.ts'
import { username } from './users.ts'

/** `PUT /users/{username}/bypass`: exempts the user, in place of an exemption there may be. */
export function putBypass(ports: Ports): AdministrationHandler {
  return async (call, entrant) => {
    const input = await readInput(call, GrantBypass)
    if (input.kind === 'refused') return input.response
    const beyond = await refuseBeyond(ports, call, entrant, { username: username(call) })
    if (beyond) return beyond
    const { reason, note, expires_at: end } = input.value
    const outcome = await grantBypass(ports, {
      site: call.site.name,
      username: username(call),
      reason,
      note,
      expiresAt: typeof end === 'string' ? Date.parse(end) : end,
      actor: partyOf(entrant.caller),
      origin: call.origin,
    })
    if (outcome.kind === 'saved') return showUser(ports, call, username(call))
    if (outcome.kind !== 'invalid') return refuseUser(ports, call, outcome)
    const problems = outcome.problems.map((each) => (each.field === 'until' ? { ...each, field: 'expires_at' } : each))
    return refuseUser(ports, call, { kind: 'invalid', problems })
  }
}

/** `DELETE /users/{username}/bypass`. */
export function deleteBypass(ports: Ports): AdministrationHandler {
  return async (call, entrant) => {
    const beyond = await refuseBeyond(ports, call, entrant, { username: username(call) })
    if (beyond) return beyond
    const order = {
      site: call.site.name,
      username: username(call),
      actor: partyOf(entrant.caller),
      origin: call.origin,
    }
    const outcome = await revokeBypass(ports, order)
    return outcome.kind === 'saved' ? new Response(null, { status: 204 }) : refuseUser(ports, call, outcome)
  }
}
