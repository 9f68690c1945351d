import { createAdaptorServer } from '@hono/node-server'
import type { IncomingMessage, Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { problem } from './problems.ts'

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

/** Opens a socket for these answers. It fails when the address cannot be had. */
export async function listen(
  answer: (request: Request, peer?: string) => Promise<Response>,
  { host, port }: ListenAt,
): Promise<Listening> {
  const server = createAdaptorServer({
    fetch: (request, { incoming }) => {
      const { socket, rawHeaders } = incoming as IncomingMessage
      // With two hosts, a proxy in front may have judged the other one (RFC 9112 3.2).
      if (rawHeaders.filter((each, index) => index % 2 === 0 && each.toLowerCase() === 'host').length > 1) {
        return problem('invalid_request', { detail: 'The request names two hosts.' })
      }
      return answer(request, socket.remoteAddress)
    },
    overrideGlobalObjects: false,
    serverOptions: { headersTimeout: SLOWEST_HEADERS_MS, requestTimeout: SLOWEST_REQUEST_MS, maxHeaderSize: 16_384 },
  }) as Server
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
