import { announcesTooMuch } from './body.ts'
import type { Door } from './doors.ts'
import { problem } from './problems.ts'
import { fromSameOrigin } from './same-origin.ts'

/** What is refused at a door before anybody looks at who is knocking; undefined: nothing. */
export function refuseAtDoor(request: Request, door: Door, origin: string, requestId: string): Response | undefined {
  if (announcesTooMuch(request, door.bodyLimit)) return problem('body_too_large', { requestId })
  if (door.face === 'page' && door.method !== 'GET' && !fromSameOrigin(request, origin)) {
    return problem('cross_origin', { detail: 'This form was not sent by a page of this server.', requestId })
  }
  return undefined
}

/**
 * A change with the session's cookie must come from a page of ours that meant it: the header makes a browser ask first, and no page of
 * another origin gets a yes.
 */
export function meansIt(request: Request, origin: string): boolean {
  return request.headers.get('x-countersign') === '1' && fromSameOrigin(request, origin)
}
