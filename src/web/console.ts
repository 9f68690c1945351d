import { cookieNames } from '#http/cookies.ts'
import type { Handler } from '#http/call.ts'
import type { Ports } from '#ports/ports.ts'
import { checkAccess } from '#usecases/check-access.ts'
import { withCarried } from './carried.ts'
import { consoleBuild, type ConsoleBuild } from './console-build.ts'
import { frameOf } from './frame.ts'
import { mustMakeCodes } from './own-recovery.ts'
import { consoleShell } from './pages/console-shell.ts'
import { failurePage } from './pages/error-page.ts'
import { respond, seeOther } from './respond.ts'
import { en } from './texts/en.ts'

export const CONSOLE = consoleBuild()

const NOT_BUILT = 'The console has not been built on this server: run "npm ci" in its folder, then start it again.'

/**
 * `/{site}/console` and everything below it: one page, whose script finds out from the address what to show. It holds nothing but the
 * name of the site; what is shown comes over the API, which asks everybody for their right. An administrator who has no recovery codes
 * makes some first, and is led back.
 */
export function showConsole(ports: Ports, { entry }: Pick<ConsoleBuild, 'entry'> = CONSOLE): Handler {
  return async (call) => {
    const { site, url } = call
    const next = `${url.pathname}${url.search}`
    const login = withCarried(`${site.path}/login`, { next })
    const sessionToken = call.cookies.get(cookieNames(site.name, ports.origin).session)
    if (!sessionToken) return seeOther(login)
    const shown = { site: site.id, sessionToken, application: null, address: call.origin.address }
    const access = await checkAccess(ports, shown)
    if (access.kind === 'refused') return seeOther(login)
    if (mustMakeCodes(access.file)) return seeOther(withCarried(`${site.path}/account/recovery`, { next }))
    if (entry === null)
      return respond(
        failurePage({ texts: en, site, base: site.base, title: 'No console here', detail: NOT_BUILT }),
        503,
      )
    const nonce = Buffer.from(ports.random.bytes(16)).toString('base64')
    const page = consoleShell({ ...frameOf(call), site, nonce, entry })
    return respond(page, 200, { headers: { 'content-security-policy': policyWith(nonce) } })
  }
}

/** Scripts and requests of this server alone. Styles that the components write carry the nonce; it is good for this one page. */
function policyWith(nonce: string): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    `style-src 'self' 'nonce-${nonce}'`,
    "img-src 'self' data:",
    "connect-src 'self'",
    "form-action 'self'",
    "frame-ancestors 'none'",
    "base-uri 'none'",
  ].join('; ')
}
