import type { Origin } from '#audit/event.ts'
import { isSiteName, type Site } from '#domain/site.ts'
import { clientAddress } from './client-address.ts'
import { readCookies } from './cookies.ts'
import { DOORS, type DoorName } from './doors.ts'
import { securityHeaders } from './headers.ts'
import type { ServerParts } from './server.ts'
import { traceOf } from './trace.ts'

/** A request as it came off the wire, before anything was made of it. */
export interface Wire {
  readonly method: string | undefined
  readonly url: string | undefined
  /** Names and values in turn. */
  readonly rawHeaders: readonly string[]
  readonly peer: string | undefined
}

/** What a short way is asked with: as much of a call as a question by header needs. */
export interface ShortCall {
  readonly site: Site
  readonly header: (name: string) => string | null
  readonly origin: Origin
  readonly cookies: ReadonlyMap<string, string>
}

/** The headers of a 200 without a body; null: it is for the long way to say what the answer is. */
export type ShortWay = (call: ShortCall) => Promise<Readonly<Record<string, string>> | null>

/** Names and values in turn, of a 200 without a body. */
export type ShortAnswer = readonly string[]

const SHORT_PATH = /^\/([a-z0-9-]+)(\/[a-z-]+)$/

/**
 * The short way in for what a proxy asks at every request of every application: no Request, no URL and no Response are made for it. It
 * can only say yes. Whatever is refused, odd or goes wrong, and every request with a body, gives null here and is judged by the long
 * way from its beginning, so that there is one place that says no.
 */
export function shortcut(
  { origin, findSite, trustedProxies, observe, shortWays = {} }: ServerParts,
  newRequestId: () => string,
): (wire: Wire) => Promise<ShortAnswer | null> | null {
  const ways = new Map<string, { readonly door: DoorName; readonly way: ShortWay }>()
  for (const { name, path } of DOORS) {
    const way = shortWays[name]
    if (way) ways.set(path, { door: name, way })
  }
  const ours = Object.entries(securityHeaders(origin)).flat()

  return ({ method, url, rawHeaders, peer }) => {
    if (method !== 'GET' || url === undefined) return null
    const [, name = '', path = ''] = SHORT_PATH.exec(url) ?? []
    const known = ways.get(path)
    const headers = known && isSiteName(name) ? plainHeaders(rawHeaders) : null
    return known && headers ? go(known, name, headers, peer) : null
  }

  async function go(
    { door, way }: { readonly door: DoorName; readonly way: ShortWay },
    name: string,
    headers: ReadonlyMap<string, string>,
    peer: string | undefined,
  ): Promise<ShortAnswer | null> {
    const from = performance.now()
    const site = await findSite(name)
    if (!site) return null
    const header = (wanted: string): string | null => headers.get(wanted) ?? null
    const requestId = newRequestId()
    const said = await way({
      site,
      header,
      origin: {
        request: requestId,
        address: clientAddress(peer, header('x-forwarded-for'), trustedProxies),
        userAgent: header('user-agent')?.slice(0, 400) ?? null,
      },
      cookies: readCookies(header('cookie')),
    })
    if (!said) return null
    const answer = ['content-length', '0', 'x-request-id', requestId, ...ours]
    for (const name in said) answer.push(name, said[name] ?? '')
    observe?.({
      requestId,
      traceId: traceOf(header('traceparent')),
      method: 'GET',
      door,
      site: site.name,
      status: 200,
      milliseconds: performance.now() - from,
    })
    return answer
  }
}

/** By lower-case name; null: one of them comes twice, or announces a body, or wants another protocol. */
function plainHeaders(raw: readonly string[]): ReadonlyMap<string, string> | null {
  const found = new Map<string, string>()
  for (let at = 0; at < raw.length; at += 2) {
    const name = (raw[at] ?? '').toLowerCase()
    if (found.has(name)) return null
    found.set(name, raw[at + 1] ?? '')
  }
  const more =
    found.has('content-length') || found.has('transfer-encoding') || found.has('upgrade') || found.has('expect')
  return more ? null : found
}
