import { clearCookie, cookieNames } from '#http/cookies.ts'
import type { Call, Handler } from '#http/call.ts'
import type { Ports } from '#ports/ports.ts'
import { endSession } from '#usecases/sessions.ts'
import type { Ask, Asked } from './ask.ts'
import type { OpenIdPages } from './pages.ts'
import { readSession } from './session.ts'

/** What the provider noted of a logout: where it leads to, if the application had registered it. */
interface LogoutState {
  readonly secret?: string
  readonly state?: string
  readonly postLogoutRedirectUri?: string
}

/**
 * An application sends a person here to sign them out (OpenID Connect RP-Initiated Logout 1.0). It is always confirmed: a link on
 * somebody's page ends no session. Whoever is not signed in any more is led on at once.
 */
export function showEndSession(ports: Ports, ask: Ask, pages: OpenIdPages): Handler {
  return async (call) => {
    const asked = await ask(call, call.request.method === 'POST' ? await call.request.text() : '')
    if (asked.response.status !== 200) return asked.response
    const state = await stateOf(ports, asked)
    const leadsTo = state.postLogoutRedirectUri ?? null
    if (asked.visit.stranger) return leadOn(call, state)
    const action = `${call.site.path}/oidc/session/end/confirm`
    return pages.signOut(call, { action, xsrf: state.secret ?? '', leadsTo })
  }
}

/** The answer to that page. With `logout` the session ends here, and with it all tokens that rest on it. */
export function postEndSession(ports: Ports, ask: Ask): Handler {
  return async (call) => {
    const body = await call.request.text()
    const { response } = await ask(call, body)
    if (response.status !== 303 || !new URLSearchParams(body).get('logout')) return response
    const { session } = cookieNames(call.site.name, ports.origin)
    const token = call.cookies.get(session)
    const now = ports.clock.now()
    const file = token ? await ports.store.sessionFile(call.site.id, ports.vault.digest(token), now) : null
    if (file) await endSession(ports, file.session, file.user, call.origin)
    response.headers.append('set-cookie', clearCookie(session, ports.origin))
    return response
  }
}

async function stateOf(ports: Ports, { visit }: Asked): Promise<LogoutState> {
  const noted: { readonly state?: LogoutState } | null | undefined =
    visit.stranger ?? (visit.session && (await readSession(ports, visit.call.site.id, visit.session)))
  return (noted ? noted['state'] : undefined) ?? {}
}

function leadOn(call: Call, { postLogoutRedirectUri, state }: LogoutState): Response {
  if (postLogoutRedirectUri === undefined) return seeOther(`${call.site.path}/login?after=sign-out`)
  const to = new URL(postLogoutRedirectUri)
  if (state !== undefined) to.searchParams.set('state', state)
  return seeOther(to.href)
}

function seeOther(location: string): Response {
  return new Response(null, { status: 303, headers: { location } })
}
