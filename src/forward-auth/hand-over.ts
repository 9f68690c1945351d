import { cookieNames } from '#http/cookies.ts'
import type { Handler } from '#http/call.ts'
import { problem } from '#http/problems.ts'
import type { Ports } from '#ports/ports.ts'
import { handOver } from '#usecases/hand-over.ts'
import { returnOf } from './asked.ts'
import { HAND_OVER_PATH } from './forward-auth.ts'
import { goOnPage } from './pages.ts'

/**
 * `GET /hand-over?to&visit`, at our own host: who is signed in goes on to the protected host with a code for it; who is not signs in
 * first and comes back here. It leads to hosts that an application lists and nowhere else.
 */
export function showHandOver(ports: Ports): Handler {
  return async (call) => {
    const { searchParams, pathname, search } = call.url
    const to = returnOf(searchParams.get('to') ?? '', ports.origin)
    const visit = searchParams.get('visit') ?? ''
    if (!to || !/^[0-9a-f]{64}$/.test(visit)) return refuse('invalid_request', 'This is no address to come back to.')
    const outcome = await handOver(ports, {
      site: call.site,
      sessionToken: call.cookies.get(cookieNames(call.site.name, ports.origin).session),
      host: to.host,
      path: to.path,
      visit,
      address: call.origin.address,
    })
    switch (outcome.kind) {
      case 'handed':
        return goOnPage(`${to.origin}${HAND_OVER_PATH}?code=${encodeURIComponent(outcome.code)}`)
      case 'sign-in': {
        const query = new URLSearchParams({ next: `${pathname}${search}`, application: outcome.application })
        return new Response(null, {
          status: 303,
          headers: { location: `${call.site.path}/login?${query.toString()}` },
        })
      }
      case 'unlisted':
        return refuse('forbidden', `No application of this site is at ${to.host}.`)
    }

    function refuse(code: 'invalid_request' | 'forbidden', detail: string): Response {
      return problem(code, { detail, requestId: call.origin.request })
    }
  }
}
