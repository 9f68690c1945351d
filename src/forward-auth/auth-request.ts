import type { Handler } from '#http/call.ts'
import { problem } from '#http/problems.ts'
import type { Ports } from '#ports/ports.ts'
import { askedHostOf } from './asked.ts'
import { identityHeaders } from './identity.ts'
import type { Judge } from './judge.ts'

/** `GET /auth-request`, for nginx: 200 with who it is, or 401 whatever the reason; where to go then is asked at `/forward-auth`. */
export function authRequest(ports: Pick<Ports, 'origin'>, judge: Judge): Handler {
  return async (call) => {
    const asked = askedHostOf((name) => call.request.headers.get(name), ports.origin)
    const access = asked && (await judge(call, asked))
    return access?.kind === 'granted'
      ? new Response(null, { status: 200, headers: identityHeaders(access) })
      : problem('unauthenticated', { requestId: call.origin.request })
  }
}
