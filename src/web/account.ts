import { cookieNames } from '#http/cookies.ts'
import type { Handler } from '#http/call.ts'
import type { Ports } from '#ports/ports.ts'
import { checkAccess } from '#usecases/check-access.ts'
import { endSession } from '#usecases/sessions.ts'
import { withCarried } from './carried.ts'
import { frameOf } from './frame.ts'
import { accountPage } from './pages/account-page.ts'
import { respond, seeOther } from './respond.ts'
import { clearSession } from './sign-in-form.ts'

/** Who is signed in, and how it was proved. Without a session the login page leads back here. */
export function showAccount(ports: Ports): Handler {
  return async (call) => {
    const { site } = call
    const sessionToken = call.cookies.get(cookieNames(site.name, ports.origin).session)
    const login = withCarried(`/${site.name}/login`, { next: `/${site.name}/account` })
    if (!sessionToken) return seeOther(login)
    const access = await checkAccess(ports, {
      site: site.id,
      sessionToken,
      application: null,
      address: call.origin.address,
    })
    if (access.kind === 'refused') return seeOther(login)
    const { session, user, file, expiresAt } = access
    const page = accountPage({
      ...frameOf(call),
      person: user.displayName || user.username,
      username: user.username,
      application: file.applications.find(({ name }) => name === session.application)?.title ?? session.application,
      session,
      expiresAt,
    })
    return respond(page, 200)
  }
}

/** Ends the session of this browser, also one that would be asked again before it may go on. */
export function postLogout(ports: Ports): Handler {
  return async (call) => {
    const { site } = call
    const token = call.cookies.get(cookieNames(site.name, ports.origin).session)
    const file = token ? await ports.store.sessionFile(site.id, ports.vault.digest(token), ports.clock.now()) : null
    if (file && file.session.endedAt === null) await endSession(ports, file.session, file.user, call.origin)
    return seeOther(`/${site.name}/login?after=sign-out`, {
      cookies: [clearSession(ports, call)],
      // Cookies are not named here: the one that remembers the browser outlives the session.
      headers: { 'clear-site-data': '"cache"' },
    })
  }
}
