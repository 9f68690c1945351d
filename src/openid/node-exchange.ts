import { IncomingMessage, ServerResponse } from 'node:http'
import { Socket } from 'node:net'

export interface Exchange {
  readonly method: string
  /** Path and query as they were asked for. */
  readonly path: string
  /** The same below the place where the listener stands. */
  readonly inner: string
  /** Lower-case names. */
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
  readonly encrypted: boolean
}

export type NodeListener = (request: IncomingMessage, response: ServerResponse) => Promise<unknown>

/**
 * Lets a listener of `node:http` answer what came as a web request: what it knows of the request is what is given here, and its answer
 * goes back through our server like any other. No socket is opened.
 */
export async function throughNode(listener: NodeListener, exchange: Exchange): Promise<Response> {
  const socket = Object.assign(new Socket(), { encrypted: exchange.encrypted })
  const request = Object.assign(new IncomingMessage(socket), {
    method: exchange.method,
    url: exchange.inner,
    originalUrl: exchange.path,
    headers: { ...exchange.headers, 'content-length': String(Buffer.byteLength(exchange.body)) },
  })
  request.push(exchange.body === '' ? null : Buffer.from(exchange.body))
  if (exchange.body !== '') request.push(null)
  request.complete = true

  const response = new ServerResponse(request)
  const pieces: Buffer[] = []
  const take = (piece: unknown): void => {
    if (typeof piece === 'string' || piece instanceof Uint8Array) pieces.push(Buffer.from(piece as Uint8Array))
  }
  const finished = Promise.withResolvers<void>()
  response.write = (piece: unknown) => {
    take(piece)
    return true
  }
  response.end = (piece?: unknown) => {
    take(piece)
    response.emit('finish')
    finished.resolve()
    return response
  }
  await listener(request, response)
  await finished.promise
  socket.destroy()
  const { statusCode: status } = response
  return new Response(bodyOf(status, pieces), { status, headers: headersOf(response) })
}

function bodyOf(status: number, pieces: readonly Buffer[]): Uint8Array<ArrayBuffer> | null {
  return [204, 205, 304].includes(status) ? null : new Uint8Array(Buffer.concat(pieces))
}

function headersOf(response: ServerResponse): Headers {
  const headers = new Headers()
  for (const [name, value] of Object.entries(response.getHeaders())) {
    // The length is counted again where the answer leaves the server.
    if (value === undefined || name === 'content-length') continue
    for (const each of Array.isArray(value) ? value : [String(value)]) headers.append(name, each)
  }
  return headers
}
