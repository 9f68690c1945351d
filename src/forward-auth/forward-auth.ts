import { applicationAt } from '#domain/host-pattern.ts'
import { newToken } from '#domain/id.ts'
import { cookieNames, setCookie } from '#http/cookies.ts'
import type { Call, Handler } from '#http/call.ts'
import { problem } from '#http/problems.ts'
import type { Ports } from '#ports/ports.ts'
import { takeOver } from '#usecases/hand-over.ts'
import { type Asked, askedOf } from './asked.ts'
import { identityHeaders } from './identity.ts'
import type { Judge } from './judge.ts'
import { startAgainPage } from './pages.ts'

/** At every protected host: where the browser comes back to from the sign-in. The proxy sends this path to us like any other. */
export const HAND_OVER_PATH = '/.countersign/hand-over'

/**
 * `GET /forward-auth`, for Traefik and Caddy, and for nginx once its `auth_request` said no: 200 with who it is; else a browser is led
 * to the sign-in page and back to the page it wanted, and a program is told 401. A host that no application lists is 403 (OI-12).
 */
export function forwardAuth(ports: Ports, judge: Judge): Handler {
  return async (call) => {
    const asked = askedOf((name) => call.request.headers.get(name), ports.origin)
    if (!asked) {
      const detail =
        'X-Forwarded-Proto, X-Forwarded-Host and X-Forwarded-Uri have to say what is asked for, each in one way.'
      return problem('invalid_request', { detail, requestId: call.origin.request })
    }
    if (asked.pathname === HAND_OVER_PATH) return comeBack(ports, call, asked)
    const access = await judge(call, asked)
    if (access.kind === 'granted') return new Response(null, { status: 200, headers: identityHeaders(access) })
    const file = await ports.store.siteFile(call.site.name)
    if (!file || !applicationAt(file.applications, asked.host)) {
      const detail = 'No application of this site is at this host.'
      return problem('forbidden', { detail, requestId: call.origin.request })
    }
    return asked.byBrowser
      ? goAndSignIn(ports, call, asked)
      : problem('unauthenticated', { requestId: call.origin.request })
  }
}

/** The browser leaves with something that only it can show when it comes back; each of its tabs leaves with the same. */
function goAndSignIn(ports: Ports, call: Call, asked: Asked): Response {
  const { visit: name } = cookieNames(call.site.name, asked.origin)
  const held = call.cookies.get(name)
  const visit = held !== undefined && /^[\w-]{22}$/.test(held) ? held : newToken(ports.random.bytes(16))
  const query = new URLSearchParams({ to: `${asked.origin}${asked.path}`, visit: ports.vault.digest(visit) })
  const headers = new Headers({ location: `${call.site.address}/hand-over?${query.toString()}` })
  headers.append('set-cookie', setCookie(name, visit, asked.origin))
  return new Response(null, { status: 302, headers })
}

function comeBack(ports: Ports, call: Call, asked: Asked): Response {
  const names = cookieNames(call.site.name, asked.origin)
  const [code, visit] = [asked.query.get('code'), call.cookies.get(names.visit)]
  const taken =
    code !== null && visit !== undefined
      ? takeOver(ports, { site: call.site.id, host: asked.host, code, visit: ports.vault.digest(visit) })
      : null
  // A redirect here would go round and round in a browser that keeps no cookies.
  if (!taken) return startAgainPage()
  const headers = new Headers({ location: `${asked.origin}${taken.path}` })
  headers.append('set-cookie', setCookie(names.pass, taken.pass, asked.origin))
  return new Response(null, { status: 302, headers })
}
