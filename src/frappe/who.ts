import type { Call, Handler } from '#http/call.ts'
import { clearCookie, cookieNames } from '#http/cookies.ts'
import type { Ports } from '#ports/ports.ts'
import { KEY_PREFIX } from '#usecases/api-keys.ts'
import { checkAccess } from '#usecases/check-access.ts'
import { endSession } from '#usecases/sessions.ts'
import { failure } from './failure.ts'
import { comesFromElsewhere } from './own-page.ts'
import { showApiKey } from '#usecases/show-api-key.ts'

/** `GET /api/method/frappe.auth.get_logged_user`: the user of the session, or the one that a key acts for. */
export function getLoggedUser(ports: Ports): Handler {
  return async (call) => {
    const username = await usernameOf(ports, call)
    return username === null
      ? failure(ports, call, 'forbidden', { detail: 'Nobody is signed in.' })
      : Response.json({ message: username })
  }
}

/** `POST /api/method/logout`: ends the session, if there is one. */
export function postFrappeLogout(ports: Ports): Handler {
  return async (call) => {
    if (comesFromElsewhere(call.request, call.site.address)) return failure(ports, call, 'cross_origin')
    const { session: name } = cookieNames(call.site.name, ports.origin)
    const token = call.cookies.get(name)
    const file = token
      ? await ports.store.sessionFile(call.site.id, ports.vault.digest(token), ports.clock.now())
      : null
    if (file && (await endSession(ports, file.session, file.user, call.origin)) === 'busy')
      return failure(ports, call, 'busy')
    const response = Response.json({})
    response.headers.append('set-cookie', clearCookie(name, ports.origin))
    return response
  }
}

async function usernameOf(ports: Ports, call: Call): Promise<string | null> {
  const site = call.site.id
  const shown = /^(?:token|bearer) +(?:\S*:)?(?<token>[^\s:]+)$/i.exec(call.request.headers.get('authorization') ?? '')
  const token = shown?.groups?.['token'] ?? call.cookies.get(cookieNames(call.site.name, ports.origin).session)
  if (!token) return null
  if (token.startsWith(KEY_PREFIX)) {
    const access = await showApiKey(ports, { site, text: token, origin: call.origin })
    return access.kind === 'granted' ? (access.person?.user.username ?? access.key.name) : null
  }
  const access = await checkAccess(ports, {
    site,
    sessionToken: token,
    application: null,
    address: call.origin.address,
  })
  return access.kind === 'granted' ? access.user.username : null
}
