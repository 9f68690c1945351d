import { connect, type Socket } from 'node:net'

export interface Answer {
  readonly status: number
  /** The lines of the header as they came, for whoever looks for one. */
  readonly head: string
  readonly body: string
}

export interface Asking {
  readonly method?: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string
}

/**
 * One kept connection that asks and waits, by hand over a socket: a client library would take more of the machine than the servers that
 * are measured. It reads what all contestants write: bodies of a told length, in chunks, or none.
 */
export class Connection {
  readonly #socket: Socket
  readonly #host: string
  #received: Buffer = Buffer.alloc(0)
  #waiting: PromiseWithResolvers<Answer> | undefined

  constructor(port: number) {
    this.#host = `localhost:${port}`
    this.#socket = connect({ port, host: '127.0.0.1', noDelay: true })
    this.#socket.on('data', (chunk) => {
      this.#received = this.#received.length === 0 ? chunk : Buffer.concat([this.#received, chunk])
      this.#read()
    })
    const lost = (error?: Error): void => this.#waiting?.reject(error ?? new Error('the server hung up'))
    this.#socket.on('error', lost)
    this.#socket.on('close', () => lost())
  }

  ask(path: string, { method = 'GET', headers = {}, body }: Asking = {}): Promise<Answer> {
    const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`)
    if (body !== undefined) lines.push(`content-length: ${Buffer.byteLength(body)}\r\n`)
    this.#socket.write(`${method} ${path} HTTP/1.1\r\nhost: ${this.#host}\r\n${lines.join('')}\r\n${body ?? ''}`)
    this.#waiting = Promise.withResolvers()
    return this.#waiting.promise
  }

  post(path: string, value: unknown, headers: Readonly<Record<string, string>> = {}): Promise<Answer> {
    return this.ask(path, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify(value),
    })
  }

  close(): void {
    this.#waiting = undefined
    this.#socket.destroy()
  }

  #read(): void {
    const end = this.#received.indexOf('\r\n\r\n')
    if (end < 0) return
    const head = this.#received.subarray(0, end).toString('latin1')
    const start = end + 4
    const length = /\r\ncontent-length: *(\d+)/i.exec(head)?.[1]
    if (length !== undefined) {
      const stop = start + Number(length)
      if (this.#received.length >= stop) this.#answer(head, this.#received.subarray(start, stop), stop)
      return
    }
    if (!/\r\ntransfer-encoding: *chunked/i.test(head)) return this.#answer(head, Buffer.alloc(0), start)
    const chunks: Buffer[] = []
    for (let at = start; ; ) {
      const line = this.#received.indexOf('\r\n', at)
      if (line < 0) return
      const size = Number.parseInt(this.#received.subarray(at, line).toString('latin1'), 16)
      const stop = line + 2 + size + 2
      if (this.#received.length < stop) return
      if (size === 0) return this.#answer(head, Buffer.concat(chunks), stop)
      chunks.push(this.#received.subarray(line + 2, line + 2 + size))
      at = stop
    }
  }

  #answer(head: string, body: Buffer, used: number): void {
    const told = { status: Number(head.slice(9, 12)), head, body: body.toString() }
    this.#received = this.#received.subarray(used)
    const waiting = this.#waiting
    this.#waiting = undefined
    waiting?.resolve(told)
  }
}

/** The pairs of all Set-Cookie headers, as a Cookie header. */
export function cookiesOf({ head }: Answer): string {
  return [...head.matchAll(/\r\nset-cookie: ([^;\r]+)/gi)].map(([, pair]) => pair).join('; ')
}
