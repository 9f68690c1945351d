import type { Ports } from '#ports/ports.ts'
import { repairSteps } from '#usecases/repair-steps.ts'
import { Repaired, RepairSteps } from './administration-schemas.ts'
import { json } from './answer.ts'
import { type AdministrationHandler, refuseBeyond } from './behind-right.ts'
import { partyOf } from './caller.ts'
import { readInput } from './input.ts'
import { refuseUser } from './user-body.ts'
import { username } from './users.ts'

/** `POST /users/{username}/repair-steps`: codes that were spent while the clock was ahead are good again. */
export function postRepairSteps(ports: Ports): AdministrationHandler {
  return async (call, entrant) => {
    const input = await readInput(call, RepairSteps)
    if (input.kind === 'refused') return input.response
    const beyond = await refuseBeyond(ports, call, entrant, { username: username(call) })
    if (beyond) return beyond
    const outcome = await repairSteps(ports, {
      site: call.site.name,
      username: username(call),
      reason: input.value.reason,
      time: Date.parse(input.value.time),
      actor: partyOf(entrant.caller),
      origin: call.origin,
    })
    if (outcome.kind === 'saved') return json(Repaired, { repaired: true })
    return outcome.kind === 'nothing-ahead' ? json(Repaired, { repaired: false }) : refuseUser(ports, call, outcome)
  }
}
