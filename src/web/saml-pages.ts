import type { Call } from '#http/call.ts'
import type { Ports } from '#ports/ports.ts'
import type { SignInByAssertionOutcome } from '#usecases/sign-in-by-assertion.ts'
import { withCarried } from './carried.ts'
import { frameOf } from './frame.ts'
import { failurePage } from './pages/error-page.ts'
import { addPending, loginName } from './pending-cookie.ts'
import { respond, seeOther } from './respond.ts'
import { sessionCookie } from './sign-in-outcome.ts'

/** The pages that people see when they come from an identity provider. */
export const samlPages = {
  async settled(
    ports: Ports,
    call: Call,
    outcome: SignInByAssertionOutcome,
    to: { readonly next: string | undefined; readonly application: string | undefined },
  ): Promise<Response> {
    const { site } = call
    if (outcome.kind === 'signed-in') {
      return seeOther(to.next ?? `${site.path}/account`, { cookies: [sessionCookie(ports, call, outcome)] })
    }
    if (outcome.kind === 'pending') {
      const { token } = outcome.pending
      const waiting = withCarried(`${site.path}/login`, { ...to, login: loginName(ports, token) })
      return seeOther(waiting, { cookies: [addPending(ports, call, token)] })
    }
    const { texts } = frameOf(call)
    const { external } = texts
    switch (outcome.kind) {
      case 'busy':
        return page(call, external.title, texts.signIn.busy, 503)
      case 'denied':
        return page(call, external.title, texts.signIn.denied.noMethod, 403)
      case 'code-locked':
        return page(call, external.title, external.locked, 429)
      default:
        return page(call, external.title, external.unknown, 403)
    }
  },

  /** Why is in the audit log: whoever tries out bent answers is not told how far they came. */
  refused(call: Call): Response {
    const { external } = frameOf(call).texts
    return page(call, external.title, external.refused, 403)
  },
}

function page(call: Call, title: string, detail: string, status: number): Response {
  return respond(failurePage({ ...frameOf(call), title, detail }), status)
}
