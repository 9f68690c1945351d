import type { Right } from '#domain/rights.ts'
import type { Call, Handler } from '#http/call.ts'
import { DOORS, type DoorName } from '#http/doors.ts'
import type { Ports } from '#ports/ports.ts'
import { type Caller, findCallerWith } from './caller.ts'

/** What stands behind a door of the administration: it is called with a caller who has the door's right, and with nobody else. */
export type AdministrationHandler = (call: Call, caller: Caller) => Promise<Response>

/** The right is read from the table of doors, so that a handler can neither forget it nor ask for another one. */
export function behindRight(ports: Ports, name: DoorName, handler: AdministrationHandler): Handler {
  const right = rightOf(name)
  return async (call) => {
    const knock = await findCallerWith(ports, call, right, name)
    return knock.kind === 'refused' ? knock.response : handler(call, knock.caller)
  }
}

function rightOf(name: DoorName): Right {
  const who = DOORS.find((door) => door.name === name)?.who
  if (typeof who !== 'object') throw new Error(`the door ${name} asks for no right`)
  return who.right
}
