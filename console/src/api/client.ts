import { API, BASE } from '../site.ts'
import { Problem, Unreachable } from './problem.ts'
import { proveAnew } from './step-up.ts'

type Method = 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE'
type Query = Readonly<Record<string, string | number | boolean | null | undefined>>

export interface Ask {
  readonly query?: Query
  readonly body?: unknown
  /** A file instead of JSON. */
  readonly csv?: string
  readonly ifMatch?: string | undefined
  /** The token of a pending proof, instead of the session. */
  readonly pending?: string
  readonly signal?: AbortSignal
}

export interface Answer<Body> {
  readonly body: Body
  readonly etag: string | null
}

/**
 * Asks the API. Where a change needs a fresh proof, the proof is asked for and the change is sent again, once. Throws `Problem` for
 * what the server refused and `Unreachable` when it did not answer.
 */
export async function ask<Body>(method: Method, path: string, more: Ask = {}): Promise<Answer<Body>> {
  try {
    return await send<Body>(method, path, more)
  } catch (error) {
    if (!(error instanceof Problem)) throw error
    if (error.code === 'step_up_required' && (await proveAnew())) return send<Body>(method, path, more)
    // A page that only looks goes to the login page and comes back; a form keeps what was typed and says what happened.
    if (error.code === 'unauthenticated' && method === 'GET' && more.pending === undefined) signIn()
    throw error
  }
}

export async function get<Body>(path: string, query: Query = {}, signal?: AbortSignal): Promise<Body> {
  return (await ask<Body>('GET', path, { query, ...(signal ? { signal } : {}) })).body
}

/** The address of something that the browser downloads by itself. */
export function download(path: string, query: Query = {}): string {
  return `${API}${path}${queryText(query)}`
}

/** Leaves for the login page, which leads back to where we are. */
export function signIn(): void {
  const { pathname, search, hash } = location
  const next = pathname.startsWith(BASE) ? `${pathname}${search}${hash}` : BASE
  location.assign(`${BASE.replace(/console$/, 'login')}?${new URLSearchParams({ next }).toString()}`)
}

async function send<Body>(method: Method, path: string, more: Ask): Promise<Answer<Body>> {
  const { query = {}, body, csv, ifMatch, pending, signal } = more
  const type = csv === undefined ? 'application/json' : 'text/csv'
  const response = await fetch(`${API}${path}${queryText(query)}`, {
    method,
    headers: {
      accept: 'application/json',
      'x-countersign': '1',
      ...(body === undefined && csv === undefined ? {} : { 'content-type': type }),
      ...(ifMatch === undefined ? {} : { 'if-match': ifMatch }),
      ...(pending === undefined ? {} : { authorization: `Bearer ${pending}` }),
    },
    ...(csv !== undefined ? { body: csv } : body === undefined ? {} : { body: JSON.stringify(body) }),
    ...(signal ? { signal } : {}),
  }).catch((error: unknown) => {
    if (signal?.aborted) throw error
    throw new Unreachable()
  })
  const text = await response.text()
  const read: unknown = text === '' ? null : JSON.parse(text)
  if (!response.ok) throw new Problem(response.status, read)
  return { body: read as Body, etag: response.headers.get('etag') }
}

function queryText(query: Query): string {
  const given = Object.entries(query).filter(([, value]) => value !== undefined && value !== null && value !== '')
  const text = new URLSearchParams(given.map(([name, value]) => [name, String(value)])).toString()
  return text === '' ? '' : `?${text}`
}
