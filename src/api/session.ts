import { type User, rolesHeld } from '#domain/user.ts'
import { rfc3339 } from '#domain/time.ts'
import type { Handler } from '#http/call.ts'
import { clearCookie, cookieNames } from '#http/cookies.ts'
import { problem } from '#http/problems.ts'
import type { Ports } from '#ports/ports.ts'
import { endSession } from '#usecases/sessions.ts'
import { json } from './answer.ts'
import { type Caller, findCaller, rightsOf } from './caller.ts'
import { WhoAmI } from './schemas.ts'

/** `GET /session`: who is calling, by session or by API key. */
export function getSession(ports: Ports): Handler {
  return async (call) => {
    const knock = await findCaller(ports, call, null)
    return knock.kind === 'refused' ? knock.response : describe(knock.caller)
  }
}

function describe(caller: Caller): Response {
  const rights = [...rightsOf(caller)]
  if (caller.kind === 'session') {
    const { user, session, expiresAt, acr, amr } = caller.access
    const { application, createdAt } = session
    return json(WhoAmI, {
      kind: 'session',
      rights,
      user: userBody(user),
      session: { application, created_at: rfc3339(createdAt), expires_at: rfc3339(expiresAt), acr, amr: [...amr] },
    })
  }
  const { name, scopes, expiresAt } = caller.key
  const key = { name, scopes: [...scopes], expires_at: expiresAt === null ? null : rfc3339(expiresAt) }
  return json(WhoAmI, { kind: 'api_key', rights, user: caller.person && userBody(caller.person.user), api_key: key })
}

function userBody(user: User) {
  const { username, displayName, kind } = user
  return { username, display_name: displayName, kind, roles: [...rolesHeld(user)] }
}

/** `DELETE /session`: signs out. An API key has nothing to sign out of. */
export function deleteSession(ports: Ports): Handler {
  return async (call) => {
    const knock = await findCaller(ports, call, null)
    if (knock.kind === 'refused') return knock.response
    const { caller } = knock
    if (caller.kind === 'api-key') {
      return problem('forbidden', { detail: 'An API key has no session to end.', requestId: call.origin.request })
    }
    const ended = await endSession(ports, caller.access.session, caller.access.user, call.origin)
    if (ended === 'busy') return problem('busy', { requestId: call.origin.request })
    const headers = new Headers()
    if (caller.by === 'cookie')
      headers.append('set-cookie', clearCookie(cookieNames(call.site.name, ports.origin).session, ports.origin))
    return new Response(null, { status: 204, headers })
  }
}
