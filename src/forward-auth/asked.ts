import { isLoopback } from '#http/loopback.ts'

/** What a proxy asks about: the request that it holds back until it has our answer. */
export interface Asked {
  /** Scheme, host and port of the protected application, as a browser would write them. */
  readonly origin: string
  /** Host in lower case, with its port where that is not the scheme's. */
  readonly host: string
  /** Path and query to come back to; `/` where what came cannot be one. It never decides who may go on. */
  readonly path: string
  /** The path without the query, and the query. */
  readonly pathname: string
  readonly query: URLSearchParams
  /** Somebody looks at this: a redirect leads them to the sign-in page. Programs are told 401. */
  readonly byBrowser: boolean
}

/** Characters of a path as a parameter of an address; longer ones would not fit into those that bring somebody back. */
const LONGEST_PATH = 1_500

/** The protected application that a proxy asks about. */
export type AskedHost = Pick<Asked, 'origin' | 'host'>

type Header = (name: string) => string | null

/** Who is asked for, by X-Forwarded-Proto and -Host as the proxy has set them; null: one is missing or can be read in two ways. */
export function askedHostOf(header: Header, ownOrigin: string): AskedHost | null {
  const [scheme, host] = [header('x-forwarded-proto') ?? '', header('x-forwarded-host') ?? '']
  if (!isScheme(scheme, ownOrigin) || !/^[a-zA-Z0-9.:[\]-]+$/.test(host)) return null
  const text = `${scheme}://${host}`
  if (!URL.canParse(text)) return null
  const { pathname, username, origin, host: plain } = new URL(text)
  return pathname === '/' && username === '' ? { origin, host: plain } : null
}

/**
 * The same with X-Forwarded-Uri and -Method. Who may go on is judged by the host alone, so that no spelling of a path is judged
 * differently from the path that is served (OI-11).
 */
export function askedOf(header: Header, ownOrigin: string): Asked | null {
  const at = askedHostOf(header, ownOrigin)
  if (!at) return null
  const { path, url } = pathOf(header('x-forwarded-uri') ?? '', at)
  const method = (header('x-forwarded-method') ?? '').toUpperCase() || 'GET'
  const looks = (method === 'GET' || method === 'HEAD') && (header('accept') ?? '').includes('text/html')
  const mode = header('sec-fetch-mode')
  return {
    ...at,
    path,
    pathname: url.pathname,
    query: url.searchParams,
    byBrowser: looks && (mode === null || mode === 'navigate'),
  }
}

/** An address to come back to, in a form that a proxy did not write; null: it is none of a host we could send anybody to. */
export function returnOf(text: string, ownOrigin: string): { host: string; origin: string; path: string } | null {
  if (!URL.canParse(text)) return null
  const url = new URL(text)
  if (!isScheme(url.protocol.slice(0, -1), ownOrigin) || url.username !== '' || url.password !== '') return null
  return { host: url.host, origin: url.origin, path: pathOf(`${url.pathname}${url.search}`, new URL(url.origin)).path }
}

/** Protected hosts are reached by https; by plain http only where we are ourselves. */
function isScheme(scheme: string, ownOrigin: string): boolean {
  return scheme === 'https' || (scheme === 'http' && (ownOrigin.startsWith('http:') || isLoopback(ownOrigin)))
}

function pathOf(uri: string, site: Pick<URL, 'origin'>): { readonly path: string; readonly url: URL } {
  const plain = /^\/[\x21-\x7e]*$/.test(uri) && !uri.includes('\\') && encodeURIComponent(uri).length <= LONGEST_PATH
  const whole = `${site.origin}${plain ? uri : '/'}`
  const url = new URL(URL.canParse(whole) ? whole : site.origin)
  return { path: `${url.pathname}${url.search}`, url }
}
