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

/** Opens a socket for these answers. It fails when the address cannot be had. */
export async function listen({ fetch, short }: Answers, { host, port }: ListenAt): Promise<Listening> {
  const answer = getRequestListener(
    (request, { incoming }) => {
      const { socket, rawHeaders } = incoming as IncomingMessage
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
    const going = short?.({ method, url, rawHeaders, peer: socket.remoteAddress }) ?? null
    if (going === null) return long()
    // What went wrong on the short way goes wrong on the long one too, and is reported there.
    going.then((said) => (said === null ? long() : void outgoing.writeHead(200, [...said]).end()), long)
  })
  await new Promise<void>((done, failed) => {
    server.once('error', failed)
    server.listen({ host, port }, () => {
      server.off('error', failed)
      done()
    })
  })
  return { port: (server.address() as AddressInfo).port, close: () => close(server) }
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
