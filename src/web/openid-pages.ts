import type { Call } from '#http/call.ts'
import { contentSecurityPolicy } from '#http/headers.ts'
import { frameOf } from './frame.ts'
import { failurePage } from './pages/error-page.ts'
import { signOutPage } from './pages/sign-out-page.ts'
import { respond } from './respond.ts'

/** The pages that people see of OpenID Connect. */
export const openIdPages = {
  signOut(
    call: Call,
    form: { readonly action: string; readonly xsrf: string; readonly leadsTo: string | null },
  ): Response {
    const leadsTo = form.leadsTo === null ? undefined : new URL(form.leadsTo).origin
    const headers = { 'content-security-policy': contentSecurityPolicy(leadsTo) }
    return respond(signOutPage({ ...frameOf(call), action: form.action, xsrf: form.xsrf }), 200, { headers })
  },

  refusal(
    call: Call,
    { status, error, detail }: { readonly status: number; readonly error: string; readonly detail: string },
  ) {
    const frame = frameOf(call)
    const said = frame.texts.failure.fromApplication(detail === '' ? error : `${error}: ${detail}`)
    return respond(failurePage({ ...frame, title: frame.texts.failure.applicationTitle, detail: said }), status)
  },
}
