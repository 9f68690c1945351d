import { lookup, Resolver } from 'node:dns/promises'
import { connect, isIP, type LookupFunction, type Socket } from 'node:net'
import type { SendStep, SendResult } from '#ports/delivery.ts'
import { PRIVATE, type Reach } from './reach.ts'

export type Note = (step: SendStep) => void
type Failure = Extract<SendResult, { kind: 'failed' }>

/** A server that was not reached, as a sentence. */
export class NotReached extends Error {
  override readonly name = 'NotReached'
  readonly trouble: Failure['trouble']

  constructor(message: string, trouble: Failure['trouble']) {
    super(message)
    this.trouble = trouble
  }
}

export interface Dial {
  readonly host: string
  readonly port: number
  /** For the name and the connection together, in milliseconds. */
  readonly within: number
  readonly reach: Reach
  readonly signal?: AbortSignal
  readonly note?: Note | undefined
}

/**
 * Connects to a server: first its name is looked up, then its addresses are judged, then they are tried side by side (RFC 8305).
 * What was judged is what is connected to: the name is not looked up a second time. Throws `NotReached`.
 */
export async function dial({ host, port, within, reach, signal, note }: Dial): Promise<Socket> {
  const begun = performance.now()
  const took = (since: number): number => Math.round(performance.now() - since)
  const addresses = await addressesOf(host, within).catch((cause: unknown) => {
    const says = unknown(host, cause)
    note?.({ step: 'dns', ok: false, milliseconds: took(begun), says })
    throw new NotReached(says, 'passing')
  })
  const allowed = addresses.filter(reach)
  if (allowed.length === 0) {
    const says = `${host} cannot be used: ${PRIVATE}.`
    note?.({ step: 'dns', ok: false, milliseconds: took(begun), says })
    throw new NotReached(says, 'lasting')
  }
  note?.({ step: 'dns', ok: true, milliseconds: took(begun), says: allowed.join(', ') })
  const connecting = performance.now()
  const left = Math.max(within - (connecting - begun), 1)
  try {
    const socket = await connected(host, port, allowed, left, signal)
    note?.({ step: 'tcp', ok: true, milliseconds: took(connecting), says: `${socket.remoteAddress} port ${port}` })
    return socket
  } catch (cause) {
    const says = cause instanceof NotReached ? cause.message : `No connection to port ${port}: ${codeOf(cause)}.`
    note?.({ step: 'tcp', ok: false, milliseconds: took(connecting), says })
    throw cause instanceof NotReached ? cause : new NotReached(says, 'passing')
  }
}

/**
 * By DNS with a limit, and only where DNS knows nothing of it by the hosts file of this machine: the system's own look-up takes one of
 * a few threads for as long as a name server is silent, and passwords are checked on the same threads.
 */
async function addressesOf(host: string, within: number): Promise<readonly string[]> {
  if (isIP(host) !== 0) return [host]
  const resolver = new Resolver({ timeout: within, tries: 1 })
  const found = await Promise.allSettled([resolver.resolve6(host), resolver.resolve4(host)])
  const addresses = found.flatMap((each) => (each.status === 'fulfilled' ? each.value : []))
  if (addresses.length > 0) return addresses
  const silent = found.find((each) => each.status === 'rejected' && codeOf(each.reason) === 'ETIMEOUT')
  if (silent) throw new NotReached('no name server answered', 'passing')
  return (await lookup(host, { all: true })).map(({ address }) => address)
}

function connected(
  host: string,
  port: number,
  addresses: readonly string[],
  within: number,
  signal: AbortSignal | undefined,
): Promise<Socket> {
  const all = addresses.map((address) => ({ address, family: isIP(address) }))
  const known: LookupFunction = (_name, { all: every }, done) => {
    if (every) done(null, all)
    else done(null, all[0]?.address ?? '', all[0]?.family)
  }
  return new Promise((done, fail) => {
    const socket = connect({ host, port, lookup: known, autoSelectFamily: true, ...(signal ? { signal } : {}) })
    const timer = setTimeout(() => {
      socket.destroy()
      fail(new NotReached(`There was no connection within ${Math.ceil(within / 1_000)} seconds.`, 'passing'))
    }, within)
    socket.once('connect', () => {
      clearTimeout(timer)
      socket.removeAllListeners('error')
      // Until whoever asked for it listens: an error that nobody hears would end the process.
      socket.on('error', () => {})
      done(socket)
    })
    socket.once('error', (error) => {
      clearTimeout(timer)
      fail(error)
    })
  })
}

function unknown(host: string, cause: unknown): string {
  const why = cause instanceof NotReached ? cause.message : codeOf(cause)
  return why === 'ENOTFOUND' ? `There is no host named ${host}.` : `The name ${host} could not be looked up: ${why}.`
}

/** Of several attempts at once the reason of the first. */
export function codeOf(cause: unknown): string {
  if (cause instanceof AggregateError && cause.errors.length > 0) return codeOf(cause.errors[0])
  if (!(cause instanceof Error)) return 'unknown error'
  const { code } = cause as NodeJS.ErrnoException
  return code ?? (cause.message === '' ? cause.name : cause.message)
}
