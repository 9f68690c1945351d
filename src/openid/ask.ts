import { cookieNames } from '#http/cookies.ts'
import type { Call } from '#http/call.ts'
import type { Ports } from '#ports/ports.ts'
import { newSigningKey } from './signing-key.ts'
import { openIdKeys } from '#usecases/openid-keys.ts'
import { type NodeListener, throughNode } from './node-exchange.ts'
import { createProvider, issuerOf } from './provider.ts'
import { inVisit, type Visit } from './visit.ts'

/** Headers of a request that the provider is told of: those it has a use for, and none that speaks for a proxy. */
const PASSED_ON = ['accept', 'authorization', 'content-type', 'origin', 'user-agent'] as const

export interface Asked {
  readonly visit: Visit
  readonly response: Response
}

/** Asks the provider of the site of a call. `body`: the body, if it was read already. */
export type Ask = (call: Call, body: string) => Promise<Asked>

/** One provider a site, made anew when its keys have changed, here or on another node. */
export function askProviders(ports: Ports): Ask {
  const made = new Map<string, { readonly kids: string; readonly answer: NodeListener }>()

  async function listenerOf({ site }: Call): Promise<NodeListener> {
    const keys = await openIdKeys(ports, site.id, newSigningKey)
    if (keys === 'busy') throw new Error('the signing key of the site could not be made')
    const kids = keys.map(({ kid }) => kid).join(' ')
    const known = made.get(site.id)
    if (known?.kids === kids) return known.answer
    const answer = createProvider(ports, site, keys).callback() as NodeListener
    made.set(site.id, { kids, answer })
    return answer
  }

  return async (call, body) => {
    const { request, url, site } = call
    const token = call.cookies.get(cookieNames(site.name, ports.origin).session)
    const now = ports.clock.now()
    const file = token ? await ports.store.sessionFile(site.id, ports.vault.digest(token), now) : null
    const visit: Visit = { call, session: file?.session.id ?? null }
    const path = `${url.pathname}${url.search}`
    const listener = await listenerOf(call)
    const response = await inVisit(visit, () =>
      throughNode(listener, {
        // The body that HEAD must not have is taken away where the answer leaves the server, and not before it is read here.
        method: request.method === 'HEAD' ? 'GET' : request.method,
        path,
        inner: path.slice(new URL(issuerOf(site)).pathname.length),
        headers: { ...passedOn(request.headers), host: new URL(site.address).host, cookie: cookiesFor(visit) },
        body,
        encrypted: ports.origin.startsWith('https:'),
      }),
    )
    if (visit.failure !== undefined) throw visit.failure
    return { visit, response: withoutSession(response, site.name) }
  }
}

function passedOn(headers: Headers): Record<string, string> {
  return Object.fromEntries(PASSED_ON.flatMap((name) => (headers.has(name) ? [[name, headers.get(name) ?? '']] : [])))
}

/** The provider sees the cookies it gave itself, and our session under the name of its own: it cannot be given another one. */
function cookiesFor({ call, session }: Visit): string {
  const names = ['interaction', 'resume'].map((what) => `cs-${call.site.name}-oidc-${what}`)
  const own = names.flatMap((name) => (call.cookies.has(name) ? [`${name}=${call.cookies.get(name)}`] : []))
  return [...own, ...(session === null ? [] : [`cs-${call.site.name}-oidc-session=${session}`])].join('; ')
}

/** The cookie for a session of the provider's own stays here. */
function withoutSession(response: Response, site: string): Response {
  const headers = new Headers(response.headers)
  headers.delete('set-cookie')
  for (const each of response.headers.getSetCookie())
    if (!each.startsWith(`cs-${site}-oidc-session=`)) headers.append('set-cookie', each)
  return new Response(response.body, { status: response.status, headers })
}
