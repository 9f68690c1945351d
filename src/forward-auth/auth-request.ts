import type { Handler } from '#http/call.ts'
import { problem } from '#http/problems.ts'
import type { Ports } from '#ports/ports.ts'
import { askedOf } from './asked.ts'
import { identityHeaders } from './identity.ts'
import { judge } from './judge.ts'

/** `GET /auth-request`, for nginx: 200 with who it is, or 401 whatever the reason; where to go then is asked at `/forward-auth`. */
export function authRequest(ports: Ports): Handler {
  return async (call) => {
    const asked = askedOf(call.request, ports.origin)
    const access = asked && (await judge(ports, call, asked))
    return access?.kind === 'granted'
      ? new Response(null, { status: 200, headers: identityHeaders(access) })
      : problem('unauthenticated', { requestId: call.origin.request })
  }
}
