import { type Context, Hono } from 'hono'
import { isSiteName, RESERVED_NAMES, type Site } from '#domain/site.ts'
import { type Addresses, atAddress, pathOfAddress, type SiteAtAddress } from '#domain/site-address.ts'
import type { Random } from '#ports/system.ts'
import type { Handler } from './call.ts'
import { clientAddress } from './client-address.ts'
import { readCookies } from './cookies.ts'
import { DOORS, type Door, type DoorName } from './doors.ts'
import { refuseAtDoor } from './guards.ts'
import { dress, securityHeaders } from './headers.ts'
import { type Inside, insidePath } from './inside-path.ts'
import { type Listening, listen, type ListenAt } from './listen.ts'
import { problem } from './problems.ts'
import { requestIds } from './request-id.ts'
import { type ShortAnswer, shortcut, type ShortWay, type Wire } from './shortcut.ts'
import { takeTurns } from './take-turns.ts'
import { traceOf } from './trace.ts'

/** What an error looks like to a person. */
export interface ErrorPage {
  readonly status: number
  readonly title: string
  readonly detail: string
  /** null: the request has not got as far as a site. */
  readonly site: SiteAtAddress | null
  /** The path that the files of pages are below. */
  readonly base: string
  /** What it is called in the closed list of problems, and the request it came of. */
  readonly code: string
  readonly requestId: string
  readonly request: Request
}

export interface ServerParts extends Addresses {
  readonly findSite: (name: string) => Promise<Site | null>
  readonly handlers: Readonly<Record<DoorName, Handler>>
  /** Doors that a question by header can be let through without the rest of the house. */
  readonly shortWays?: Readonly<Partial<Record<DoorName, ShortWay>>>
  readonly errorPage: (error: ErrorPage) => Response
  /** Addresses of the deployment, like /assets/…; undefined: not one of them. Asked only for reserved first segments. */
  readonly extra?: (request: Request, pathname: string) => Promise<Response | undefined>
  /** Whether requests can be served now. */
  readonly ready: () => Promise<{ readonly ok: boolean; readonly detail: string }>
  /** The name of the site that `/` leads to; undefined: there is none, or more than one. */
  readonly home?: () => Promise<string | undefined>
  readonly trustedProxies: (address: string) => boolean
  readonly random: Pick<Random, 'bytes'>
  /** Told of everything that went wrong inside, once. */
  readonly report: (error: unknown, requestId: string) => void
  /** Told of every answer. */
  readonly observe?: (answered: Answered) => void
  /** `/metrics`, for whoever may read it. */
  readonly metrics?: { readonly readableFrom: (address: string) => boolean; readonly text: () => string }
}

/** One request and what became of it, without anything that somebody sent. */
export interface Answered {
  readonly requestId: string
  readonly traceId: string | null
  readonly method: string
  /** null: it came to no door. */
  readonly door: DoorName | null
  readonly site: string | null
  readonly status: number
  readonly milliseconds: number
}

export interface HttpServer {
  /** Answers a request as if it had come from `peer`. */
  fetch(request: Request, peer?: string): Promise<Response>
  /** The short way in, for requests off a socket; null: it is one for `fetch`. */
  short(wire: Wire): Promise<ShortAnswer | null> | null
  listen(at: ListenAt): Promise<Listening>
}

interface Visit {
  readonly requestId: string
  readonly peer: string | undefined
  /** As it came: what the routes are asked with may have another path. */
  readonly request: Request
  inside: Inside
  /** Where the request has got to. */
  door: DoorName | null
  site: string | null
}

/** With what one server keeps between requests. */
type House = ServerParts & { readonly strangerEnters: () => Promise<void> }

type Env = { Bindings: Visit }
type NamedDoor = Door & { readonly name: DoorName }

/** Errors of the store, by name because their classes are an adapter's: it cannot be reached, or everybody wants it; or the clock is wrong. */
const NOT_NOW = ['StoreUnavailable', 'Contended', 'ClockUnsafe']
const PROBES = ['/healthz', '/readyz', '/metrics']
/** Nothing they answer is made from the host that was asked. */
const ASKED_BY_PROXIES = /^\/[a-z0-9-]+\/(?:forward-auth|auth-request)$/
const SITE_SEGMENT = '[a-z0-9-]+'
/** Doors without a parameter in their path, found without walking the routes: a proxy asks at one of them for all it passes on. */
const WRITTEN_OUT = new Map<string, NamedDoor>(
  DOORS.filter(({ path }) => /^[a-z0-9/.-]+$/.test(path)).map((door) => [`${door.method} ${door.path}`, door]),
)

/** The server of all doors. Whatever happens, what leaves it is an answer with the security headers, and no 5xx tells why. */
export function createServer(given: ServerParts): HttpServer {
  const parts: House = { ...given, strangerEnters: takeTurns() }
  const { origin, report } = parts
  const newRequestId = requestIds(parts.random)
  const app = route(parts)
  const headers = securityHeaders(origin)
  const short = shortcut(parts, newRequestId)

  async function fetch(request: Request, peer?: string): Promise<Response> {
    const from = performance.now()
    const requestId = newRequestId()
    const inside = { pathname: new URL(request.url).pathname, site: null }
    const visit: Visit = { requestId, peer, request, inside, door: null, site: null }
    const response = await answer(visit).catch((error: unknown) => failed(error, visit))
    const dressed = dress(response, { ...headers, 'x-request-id': requestId }, request.method)
    parts.observe?.({
      requestId,
      traceId: traceOf(request.headers.get('traceparent')),
      method: request.method,
      door: visit.door,
      site: visit.site,
      status: dressed.status,
      milliseconds: performance.now() - from,
    })
    return dressed
  }

  async function answer(visit: Visit): Promise<Response> {
    const { request } = visit
    const url = new URL(request.url)
    const probe = PROBES.includes(url.pathname)
    // Load balancers probe by whatever address they know, and proxies ask by one of an inner network.
    const inside = probe ? null : insidePath(url, parts)
    if (inside) visit.inside = inside
    else if (!probe && !ASKED_BY_PROXIES.test(url.pathname))
      return problem('misdirected', { requestId: visit.requestId })
    const { pathname } = visit.inside
    if (pathname === '/metrics' && parts.metrics) return showMetrics(parts, parts.metrics, request, visit)
    const [, first = ''] = pathname.split('/')
    const elsewhere =
      inside?.site === null && !ASKED_BY_PROXIES.test(pathname) ? parts.siteAddresses?.get(first) : undefined
    if (elsewhere !== undefined) return leadThere(`${elsewhere}${pathname.slice(first.length + 1)}${url.search}`, visit)
    const own = RESERVED_NAMES.includes(first) ? await parts.extra?.(request, pathname) : undefined
    if (own) return own
    const door = WRITTEN_OUT.get(`${request.method} ${pathname.slice(first.length + 1)}`)
    if (door) return enter(parts, [door], visit, { site: first })
    // The routes want a request only for its method and its path; what is in it is read from the visit.
    const { method } = request
    return app.fetch(pathname === url.pathname ? request : new Request(`${url.origin}${pathname}`, { method }), visit)
  }

  /** A site with an address of its own is to be had there alone: what a page there signs is worth nothing here. */
  function leadThere(location: string, { request, requestId }: Visit): Response {
    if (request.method !== 'GET' && request.method !== 'HEAD') return problem('misdirected', { requestId })
    return new Response(null, { status: 302, headers: { location } })
  }

  async function failed(error: unknown, visit: Visit): Promise<Response> {
    const { requestId } = visit
    report(error, requestId)
    const unavailable = error instanceof Error && NOT_NOW.includes(error.constructor.name)
    const detail = unavailable
      ? undefined
      : `Something went wrong on the server. Whoever runs it finds it under ${requestId}.`
    const told = problem(unavailable ? 'unavailable' : 'internal', { detail, requestId })
    return wantsPage(visit) ? asPage(told, parts, null, visit) : told
  }

  return { fetch, short, listen: (at) => listen({ fetch, short }, at) }
}

function route(parts: House): Hono<Env> {
  // A path, where that leads there: whoever came by another name of the same machine stays with it.
  const placeOf = (site: string): string => parts.siteAddresses?.get(site) ?? `${pathOfAddress(parts.origin)}/${site}`
  const app = new Hono<Env>({ strict: true })
  // Errors go to the one place that reports them.
  app.onError((error) => {
    throw error
  })
  app.get('/healthz', () => new Response('ok\n'))
  app.get('/readyz', async () => {
    const { ok, detail } = await parts.ready()
    return new Response(`${detail}\n`, { status: ok ? 200 : 503, headers: ok ? {} : { 'retry-after': '5' } })
  })
  // Where password managers look for the page to change a password on (W3C, "A Well-Known URL for Changing Passwords").
  app.get('/.well-known/change-password', async () => {
    const site = await parts.home?.()
    return new Response(null, {
      status: 302,
      headers: {
        location: site === undefined ? `${pathOfAddress(parts.origin)}/` : `${placeOf(site)}/account/password`,
      },
    })
  })
  app.get('/', async () => {
    const site = await parts.home?.()
    return site === undefined
      ? new Response('Countersign. Every site has its own address: /{site}/login\n')
      : new Response(null, { status: 302, headers: { location: `${placeOf(site)}/login` } })
  })
  const enterBy =
    (doors: readonly NamedDoor[]) =>
    (context: Context<Env>): Promise<Response> =>
      enter(parts, doors, context.env, context.req.param())
  for (const door of DOORS) app.on(door.method, `/:site{${SITE_SEGMENT}}${door.path}`, enterBy([door]))
  // After all of them, what no door takes: a path that is written out leaves its other methods to one with a parameter.
  for (const path of new Set(DOORS.map((door) => door.path)))
    app.all(`/:site{${SITE_SEGMENT}}${path}`, enterBy(DOORS.filter((door) => door.path === path)))
  app.notFound(async ({ env }) => {
    const { method, url } = env.request
    const { pathname, search } = new URL(url)
    const slash = env.inside.pathname.length > 1 && pathname.endsWith('/') && !pathname.startsWith('//')
    if (slash && (method === 'GET' || method === 'HEAD')) {
      return new Response(null, { status: 308, headers: { location: `${pathname.replace(/\/+$/, '')}${search}` } })
    }
    return notFound(parts, env)
  })
  return app
}

async function enter(
  parts: House,
  doors: readonly NamedDoor[],
  visit: Visit,
  { site: name = '', ...params }: Record<string, string>,
): Promise<Response> {
  const { request, requestId, peer } = visit
  const found = isSiteName(name) ? await parts.findSite(name) : null
  if (!found) return notFound(parts, visit)
  const site = atAddress(parts, found)
  visit.site = site.name
  const method = request.method === 'HEAD' ? 'GET' : request.method
  const door = doors.find((each) => each.method === method)
  if (!door) {
    // A form's answer stands at the form's address; whoever loads that again gets the page it belongs to.
    if (method === 'GET' && doors.every(({ face }) => face === 'page')) {
      return new Response(null, { status: 303, headers: { location: `${site.path}/login` } })
    }
    const allowed = doors.flatMap((each) => (each.method === 'GET' ? ['GET', 'HEAD'] : [each.method]))
    const refused = problem('method_not_allowed', { requestId })
    refused.headers.set('allow', allowed.join(', '))
    return doors.some(({ face }) => face === 'page') ? asPage(refused, parts, site, visit) : refused
  }
  visit.door = door.name
  if (method !== 'GET' && (door.who === 'anyone' || door.who === 'pending')) await parts.strangerEnters()
  const response =
    refuseAtDoor(request, door, site.address, requestId) ??
    (await parts.handlers[door.name]({
      request,
      url: new URL(request.url),
      params,
      site,
      origin: {
        request: requestId,
        address: clientAddress(peer, request.headers.get('x-forwarded-for'), parts.trustedProxies),
        userAgent: request.headers.get('user-agent')?.slice(0, 400) ?? null,
      },
      cookies: readCookies(request.headers.get('cookie')),
    }))
  return door.face === 'page' ? asPage(response, parts, site, visit) : response
}

/** A proxy in front makes strangers look like neighbours: what it passed on counts as from where it says, if it is trusted to say so. */
function showMetrics(
  { trustedProxies }: ServerParts,
  { readableFrom, text }: NonNullable<ServerParts['metrics']>,
  request: Request,
  { requestId, peer }: Visit,
): Response {
  const forwarded = request.headers.get('x-forwarded-for')
  const passedOn = forwarded !== null || request.headers.has('forwarded') || request.headers.has('via')
  const address = clientAddress(peer, forwarded, trustedProxies)
  const known = address !== null && readableFrom(address) && (!passedOn || (peer !== undefined && trustedProxies(peer)))
  if (!known) return problem('not_found', { requestId })
  return new Response(text(), { headers: { 'content-type': 'text/plain; version=0.0.4; charset=utf-8' } })
}

async function notFound(parts: ServerParts, visit: Visit): Promise<Response> {
  const told = problem('not_found', { requestId: visit.requestId })
  return wantsPage(visit) ? asPage(told, parts, null, visit) : told
}

/** Browsers ask for HTML by name; programs do not, and below `/api/` nobody gets any. */
function wantsPage({ request, inside }: Visit): boolean {
  return (request.headers.get('accept') ?? '').includes('text/html') && !/^\/[^/]+\/api\//.test(inside.pathname)
}

/** A person who meets a refusal gets it as a page, with its status and what its headers say. */
async function asPage(
  response: Response,
  { errorPage, origin }: ServerParts,
  site: SiteAtAddress | null,
  { request }: Visit,
): Promise<Response> {
  if (response.headers.get('content-type') !== 'application/problem+json') return response
  const { instance = '', ...told } = (await response.json()) as ErrorPage & { readonly instance?: string }
  const { title, detail, status, code } = told
  const base = site?.base ?? pathOfAddress(origin)
  const page = errorPage({ title, detail, status, code, site, base, request, requestId: instance })
  const kept = ['retry-after', 'allow'].flatMap((name) => {
    const value = response.headers.get(name)
    return value === null ? [] : [[name, value] as const]
  })
  return dress(page, Object.fromEntries(kept), 'GET')
}
