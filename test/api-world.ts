import { apiHandlers } from '#api/handlers.ts'
import { DOORS, type DoorName } from '#http/doors.ts'
import type { Handler } from '#http/call.ts'
import { createServer } from '#http/server.ts'
import { type World, type WorldOptions, world } from './world.ts'

export interface ApiAnswer {
  readonly status: number
  readonly headers: Headers
  readonly text: string
  /** The body, where it is JSON. */
  // oxlint-disable-next-line typescript/no-explicit-any -- tests read what they expect and fail where it is not there
  readonly body: any
}

export interface ApiCall {
  /** Sent as JSON. */
  readonly body?: unknown
  /** Sent as it is. */
  readonly raw?: string | Uint8Array<ArrayBuffer>
  /** A bearer token. */
  readonly token?: string
  readonly headers?: Readonly<Record<string, string>>
  /** The address the connection comes from. */
  readonly peer?: string
}

export interface ApiWorld extends World {
  /** A call of the site's API: `POST /login`. */
  api(door: string, call?: ApiCall): Promise<ApiAnswer>
  /** The same at another site. */
  at(site: string, door: string, call?: ApiCall): Promise<ApiAnswer>
  /** Everything that went wrong inside. */
  readonly reports: unknown[]
  /** The password step of a demo user, by the API. */
  login(username: string, more?: Record<string, unknown>): Promise<ApiAnswer>
  /** The token of a session of this user, with the code from the message if one is asked for. */
  session(username: string): Promise<string>
}

/** The small world behind an HTTP server without a socket. Its pages are empty. */
export async function apiWorld(
  options: WorldOptions & { readonly trustedProxies?: readonly string[] } = {},
): Promise<ApiWorld> {
  const small = await world(options)
  const { ports } = small
  const reports: unknown[] = []
  const pages = Object.fromEntries(
    DOORS.map(({ name }) => [name, async () => new Response(name)]),
  ) as unknown as Record<DoorName, Handler>
  const server = createServer({
    origin: ports.origin,
    findSite: (name) => ports.store.site(name),
    handlers: { ...pages, ...apiHandlers(ports) },
    errorPage: ({ status, title }) => new Response(title, { status, headers: { 'content-type': 'text/html' } }),
    ready: async () => ({ ok: true, detail: 'ready' }),
    trustedProxies: (address) => (options.trustedProxies ?? []).includes(address),
    random: ports.random,
    report: (error) => reports.push(error),
  })

  const api: ApiWorld['api'] = (door, call) => at('acme', door, call)

  async function at(
    where: string,
    door: string,
    { body, raw, token, headers = {}, peer = '198.51.100.7' }: ApiCall = {},
  ): Promise<ApiAnswer> {
    const [method = '', path = ''] = door.split(' ')
    const sent = raw ?? (body === undefined ? undefined : JSON.stringify(body))
    const request = new Request(`${ports.origin}/${where}/api/v1${path}`, {
      method,
      headers: {
        ...(sent === undefined ? {} : { 'content-type': 'application/json' }),
        ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
        ...headers,
      },
      ...(sent === undefined ? {} : { body: sent }),
    })
    const response = await server.fetch(request, peer)
    const text = await response.text()
    const isJson = /^application\/(?:problem\+)?json/.test(response.headers.get('content-type') ?? '')
    return { status: response.status, headers: response.headers, text, body: isJson ? JSON.parse(text) : undefined }
  }

  const login = (username: string, more: Record<string, unknown> = {}): Promise<ApiAnswer> =>
    api('POST /login', { body: { username, password: `${username}-demo-password`, ...more } })

  async function session(username: string): Promise<string> {
    const first = await login(username)
    if (first.body.status === 'signed_in') return first.body.session.token
    const second = await api('POST /login/verify', {
      token: first.body.pending.token,
      body: { code: small.codeFor(username) },
    })
    return second.body.session.token
  }

  return { ...small, api, at, reports, login, session }
}
