import { covers, NEEDS_FRESH_PROOF, type Right, rightsOfRoles } from '#domain/rights.ts'
import { seconds } from '#domain/time.ts'
import type { User } from '#domain/user.ts'
import type { Call, Handler } from '#http/call.ts'
import { DOORS, type DoorName } from '#http/doors.ts'
import { problem } from '#http/problems.ts'
import type { Ports } from '#ports/ports.ts'
import { userParty } from '#usecases/act.ts'
import { denyAccess } from '#usecases/deny-access.ts'
import { FRESH_FOR, isFresh } from '#usecases/fresh-proof.ts'
import { reachUser } from '#usecases/reach-user.ts'
import { type Caller, changes, findCallerWith, partyOf, rightsOf } from './caller.ts'

/** Somebody who has the right of the door they stand at. */
export interface Entrant {
  readonly caller: Caller
  readonly door: DoorName
  readonly right: Right
}

/** What stands behind a door of the administration: it is called with somebody who has the door's right, and with nobody else. */
export type AdministrationHandler = (call: Call, entrant: Entrant) => Promise<Response>

/** The right is read from the table of doors, so that a handler can neither forget it nor ask for another one. */
export function behindRight(ports: Ports, door: DoorName, handler: AdministrationHandler): Handler {
  const right = rightOf(door)
  return async (call) => {
    const knock = await findCallerWith(ports, call, right, door)
    if (knock.kind === 'refused') return knock.response
    const { caller } = knock
    if (mustProveAnew(ports, call, caller, right)) {
      const extensions = { max_age: FRESH_FOR / seconds(1) }
      return problem('step_up_required', { requestId: call.origin.request, extensions })
    }
    return handler(call, { caller, door, right })
  }
}

/** A key is a proof of its own, and has an end and scopes for that; a session may lie open on a desk. */
function mustProveAnew(ports: Ports, call: Call, caller: Caller, right: Right): boolean {
  const matters = changes(call.request) && NEEDS_FRESH_PROOF.has(right)
  return matters && caller.kind === 'session' && !isFresh(caller.access.file, ports.clock.now())
}

function rightOf(name: DoorName): Right {
  const who = DOORS.find((door) => door.name === name)?.who
  if (typeof who !== 'object') throw new Error(`the door ${name} asks for no right`)
  return who.right
}

/**
 * Refuses what would reach or make a user who may do more than the caller; undefined: nothing stands in the way. `roles`: those the
 * user is to have.
 */
export async function refuseBeyond(
  ports: Ports,
  call: Call,
  entrant: Entrant,
  { username, roles = [] }: { readonly username?: string; readonly roles?: readonly string[] | undefined },
): Promise<Response | undefined> {
  const rights = rightsOf(entrant.caller)
  const requestId = call.origin.request
  const reach = username === undefined ? null : await reachUser(ports, { site: call.site.id, username, rights })
  if (reach?.kind === 'unknown-user') return problem('not_found', { detail: NO_USER, requestId })
  const above = reach?.kind === 'above'
  if (!above && covers(rights, rightsOfRoles(roles))) return undefined
  const denied = await noteDenial(ports, call, entrant, reach?.user ?? null)
  if (denied === 'busy') return problem('busy', { requestId })
  const detail = above ? 'This user may do more than you.' : 'These roles may do more than you.'
  return problem('forbidden', { detail, requestId })
}

/** A refusal that the right of the door did not cover. */
export function noteDenial(
  ports: Ports,
  { site, origin }: Call,
  { caller, door, right }: Entrant,
  user: User | null,
): Promise<'denied' | 'busy'> {
  const subject = user && userParty(user)
  return denyAccess(ports, { site: site.id, actor: partyOf(caller), origin, door, right, reason: 'rank', subject })
}

export const NO_USER = 'There is no user of this name.'
