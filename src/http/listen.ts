import { getRequestListener } from '@hono/node-server'
import { createServer, type IncomingMessage, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { problem } from './problems.ts'
import type { ShortAnswer, Wire } from './shortcut.ts'

export interface ListenAt {
  readonly host: string
  /** 0: any free one. */
  readonly port: number
}

export interface Listening {
  readonly port: number
  /** Takes no more connections, lets the requests in flight finish, and cuts off what is left after ten seconds. */
  close(): Promise<void>
}

const DRAIN_MS = 10_000
const SLOWEST_HEADERS_MS = 10_000
const SLOWEST_REQUEST_MS = 30_000

export interface Answers {
  /** Any request. */
  readonly fetch: (request: Request, peer?: string) => Promise<Response>
  /** Tried first; null: it is one for `fetch`. */
  readonly short?: (wire: Wire) => Promise<ShortAnswer | null> | null
}

/** How much there is room for. */
export interface Room {
  /** A connection has come in. false: whatever it asks is answered with 503. */
  enter(): boolean
  leave(): void
  /** From this many on, connections are closed without a word. */
  readonly mostConnections: number
  /** Whether nothing new may be begun. */
  short(): boolean
}

const ENDLESS: Room = {
  enter: () => true,
  leave: () => {},
  mostConnections: Number.POSITIVE_INFINITY,
  short: () => false,
}

/** Whoever asks these wants to know how we are. */
const PROBES = ['/healthz', '/readyz', '/metrics']

/**
 * Opens a socket for these answers. It fails when the address cannot be had; `failed` is told when a connection could not be taken
 * later on, for want of a file descriptor.
 */
export async function listen(
  { fetch, short }: Answers,
  { host, port }: ListenAt,
  { room = ENDLESS, failed = () => {} }: { readonly room?: Room; readonly failed?: (error: unknown) => void } = {},
): Promise<Listening> {
  const refused = new WeakSet<object>()
  const answer = getRequestListener(
    (request, { incoming }) => {
      const { socket, rawHeaders } = incoming as IncomingMessage
      const { pathname } = new URL(request.url)
      const tooMany = refused.has(socket) && pathname !== '/healthz'
      if (tooMany || (room.short() && !PROBES.includes(pathname))) return noRoom()
      // With two hosts, a proxy in front may have judged the other one (RFC 9112 3.2).
      if (rawHeaders.filter((each, index) => index % 2 === 0 && each.toLowerCase() === 'host').length > 1) {
        return problem('invalid_request', { detail: 'The request names two hosts.' })
      }
      return fetch(request, socket.remoteAddress)
    },
    { overrideGlobalObjects: false },
  )
  const limits = { headersTimeout: SLOWEST_HEADERS_MS, requestTimeout: SLOWEST_REQUEST_MS, maxHeaderSize: 16_384 }
  const server = createServer(limits, (incoming, outgoing) => {
    const { method, url, rawHeaders, socket } = incoming
    const long = (): void => void answer(incoming, outgoing)
    const full = refused.has(socket) || room.short()
    const going = full ? null : (short?.({ method, url, rawHeaders, peer: socket.remoteAddress }) ?? null)
    if (going === null) return long()
    // What went wrong on the short way goes wrong on the long one too, and is reported there.
    going.then((said) => (said === null ? long() : void outgoing.writeHead(200, [...said]).end()), long)
  })
  if (Number.isFinite(room.mostConnections)) server.maxConnections = room.mostConnections
  server.on('connection', (socket) => {
    if (!room.enter()) refused.add(socket)
    socket.once('close', () => room.leave())
  })
  await new Promise<void>((done, refuse) => {
    server.once('error', refuse)
    server.listen({ host, port }, () => {
      server.off('error', refuse)
      done()
    })
  })
  server.on('error', failed)
  return { port: (server.address() as AddressInfo).port, close: () => close(server) }
}

function noRoom(): Response {
  const told = problem('unavailable', {
    detail: 'There is no room for another request now. Nothing was done; try again.',
  })
  told.headers.set('connection', 'close')
  return told
}

async function close(server: Server): Promise<void> {
  const late = setTimeout(() => server.closeAllConnections(), DRAIN_MS)
  // A connection that is kept alive becomes idle with its last answer; nobody has to wait until it times out.
  const idle = setInterval(() => server.closeIdleConnections(), 50)
  await new Promise<void>((done) => {
    server.close(() => done())
    server.closeIdleConnections()
  })
  clearInterval(idle)
  clearTimeout(late)
}
