import { request } from 'node:http'
import { connect as secure, type TLSSocket } from 'node:tls'
import type { Socket } from 'node:net'
import { codeOf, dial } from './dial.ts'
import type { Way } from './way.ts'

/** Of an answer no more is read than this; gateways say what matters first. */
const MOST_OF_A_BODY = 8_192

export interface HttpCall {
  readonly url: URL
  readonly method: 'GET' | 'POST'
  readonly headers: Headers
  readonly body?: string
  /** For all of it, in milliseconds. */
  readonly within: number
  /** Ends it before that. */
  readonly signal: AbortSignal
}

export interface HttpAnswer {
  readonly status: number
  /** The beginning of it. */
  readonly body: string
}

/**
 * One HTTP request over a connection of its own: one that was kept and has quietly gone would fail with the code. It goes only to
 * addresses that may be reached, and a redirect is an answer like any other: it would carry the code and the keys to an address that
 * nobody configured.
 */
export async function callHttp(
  { url, method, headers, body, within, signal }: HttpCall,
  way: Way,
): Promise<HttpAnswer> {
  const begun = performance.now()
  const host = url.hostname.replace(/^\[|\]$/g, '')
  const encrypted = url.protocol === 'https:'
  const port = url.port === '' ? (encrypted ? 443 : 80) : Number(url.port)
  const plain = await dial({ host, port, within, reach: way.reach, signal, note: way.note })
  const socket = encrypted ? await encrypt(plain, host, signal, way) : plain
  signal.throwIfAborted()
  return new Promise((done, fail) => {
    const giveUp = (error: unknown): void => {
      socket.destroy()
      fail(error instanceof Error ? error : new Error(String(error)))
    }
    signal.addEventListener('abort', () => giveUp(signal.reason), { once: true })
    socket.on('error', giveUp)
    const all = new Headers(headers)
    all.set('host', url.host)
    all.set('connection', 'close')
    if (body !== undefined) all.set('content-length', String(Buffer.byteLength(body)))
    const asked = request(
      {
        method,
        path: `${url.pathname}${url.search}`,
        headers: Object.fromEntries(all),
        createConnection: () => socket,
      },
      (response) => {
        const { statusCode: status = 0 } = response
        let text = ''
        const finish = (): void => {
          way.note?.({
            step: 'accepted',
            ok: true,
            milliseconds: Math.round(performance.now() - begun),
            says: `${status}`,
          })
          socket.destroy()
          done({ status, body: text })
        }
        response.setEncoding('utf8')
        response.on('data', (chunk: string) => {
          text += chunk
          if (text.length >= MOST_OF_A_BODY) finish()
        })
        response.on('end', finish)
        response.on('error', giveUp)
      },
    )
    asked.on('error', giveUp)
    asked.end(body)
  })
}

function encrypt(socket: Socket, host: string, signal: AbortSignal, { note }: Way): Promise<TLSSocket> {
  const begun = performance.now()
  const told = (ok: boolean, says: string): void =>
    note?.({ step: 'tls', ok, milliseconds: Math.round(performance.now() - begun), says })
  return new Promise((done, fail) => {
    // A server name is a name (RFC 6066 3): an address has none.
    const named = /^[\d.]+$|:/.test(host) ? {} : { servername: host }
    const encrypted = secure({ socket, host, ...named }, () => {
      told(true, `${encrypted.getProtocol()}, ${encrypted.getCipher().name}`)
      done(encrypted)
    })
    const giveUp = (error: Error): void => {
      told(false, error.message || codeOf(error))
      socket.destroy()
      fail(error)
    }
    encrypted.on('error', giveUp)
    signal.addEventListener('abort', () => encrypted.destroy(signal.reason as Error), { once: true })
  })
}
