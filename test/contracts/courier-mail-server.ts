import { once } from 'node:events'
import { createServer, type AddressInfo, type Socket } from 'node:net'
import { text } from 'node:stream/consumers'
import { type ParsedMail, simpleParser } from 'mailparser'
import { SMTPServer, type SMTPServerOptions } from 'smtp-server'
import { CERTIFICATE, PRIVATE_KEY } from './courier-certificate.ts'

export interface ReceivedMail {
  readonly from: string
  readonly to: readonly string[]
  /** Whether it came over TLS. */
  readonly secure: boolean
  readonly user: string | undefined
  readonly raw: string
  readonly mail: ParsedMail
}

export interface MailServer {
  readonly port: number
  readonly received: ReceivedMail[]
  close(): Promise<void>
}

export interface MailServerOptions {
  readonly tls?: 'implicit' | 'starttls' | 'none'
  readonly login?: { readonly user: string; readonly password: string }
  /** The reply to a recipient that is refused, `550 …`; asked each time, where it changes. */
  readonly refuse?: string | (() => string | undefined)
  /** The reply to the message itself, made from it: some servers quote what they refuse. */
  readonly refuseMessage?: (raw: string) => string
  readonly refuseLogin?: (password: string) => string
}

/** A real mail server on a port of its own, written by others; what it takes is parsed by others too. */
export async function mailServer(options: MailServerOptions = {}): Promise<MailServer> {
  const received: ReceivedMail[] = []
  const { tls = 'none', login, refuse, refuseMessage, refuseLogin } = options
  const settings: SMTPServerOptions = {
    secure: tls === 'implicit',
    key: PRIVATE_KEY,
    cert: CERTIFICATE,
    hideSTARTTLS: tls !== 'starttls',
    disabledCommands: [...(tls === 'none' ? ['STARTTLS'] : []), ...(login === undefined ? ['AUTH'] : [])],
    authOptional: login === undefined,
    allowInsecureAuth: tls === 'none',
    disableReverseLookup: true,
    logger: false,
    closeTimeout: 0,
    onAuth({ username = '', password }, _session, callback) {
      if (username === login?.user && password === login.password) callback(null, { user: username })
      else callback(reply(refuseLogin?.(password ?? '') ?? '535 5.7.8 Authentication failed'))
    },
    onRcptTo(_address, _session, callback) {
      const line = typeof refuse === 'function' ? refuse() : refuse
      callback(line === undefined ? null : reply(line))
    },
    onData(stream, { envelope, secure, user }, callback) {
      void (async () => {
        const raw = await text(stream)
        if (refuseMessage !== undefined) return callback(reply(refuseMessage(raw)))
        const from = envelope.mailFrom === false ? '' : envelope.mailFrom.address
        const to = envelope.rcptTo.map((each) => each.address)
        received.push({ from, to, secure, user: user as string | undefined, raw, mail: await simpleParser(raw) })
        return callback(null, '2.0.0 queued')
      })()
    },
  }
  const server = new SMTPServer(settings)
  // A client that does not trust our certificate ends the handshake; that is what some tests are for.
  server.on('error', () => {})
  const listening = server.listen(0, '127.0.0.1')
  await once(listening, 'listening')
  return {
    port: (listening.address() as AddressInfo).port,
    received,
    close: () => new Promise((done) => server.close(() => done())),
  }
}

function reply(line: string): Error & { responseCode: number } {
  return Object.assign(new Error(line.slice(4)), { responseCode: Number(line.slice(0, 3)) })
}

export interface ScriptedServer {
  readonly port: number
  /** Everything that was sent to it, as it came over the wire. */
  heard(): string
  /** Connections that it has taken so far. */
  taken(): number
  close(): Promise<void>
}

/** A server that answers as it is told, line by line, and listens to all of it. Without an answer for a line it says nothing. */
export async function scriptedServer(
  greeting: string | null,
  answer: (line: string) => string | null,
): Promise<ScriptedServer> {
  let heard = ''
  let taken = 0
  const sockets = new Set<Socket>()
  const server = createServer((socket) => {
    taken += 1
    sockets.add(socket)
    socket.on('error', () => {})
    if (greeting !== null) socket.write(`${greeting}\r\n`)
    socket.on('data', (chunk) => {
      const said = chunk.toString('latin1')
      heard += said
      for (const line of said.split('\r\n').filter((each) => each !== '')) {
        const words = answer(line)
        if (words !== null) socket.write(`${words}\r\n`)
      }
    })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    port: (server.address() as AddressInfo).port,
    heard: () => heard,
    taken: () => taken,
    close: async () => {
      for (const socket of sockets) socket.destroy()
      await new Promise((done) => server.close(done))
    },
  }
}

/** A port on which nothing listens. */
export async function closedPort(): Promise<number> {
  const server = await scriptedServer(null, () => null)
  await server.close()
  return server.port
}
