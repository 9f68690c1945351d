import { createSocket } from 'node:dgram'
import { lookup } from 'node:dns/promises'

/** Seconds from 1900, where NTP begins, to 1970. */
const SINCE_1900 = 2_208_988_800
const PACKET_BYTES = 48

export interface NtpServer {
  readonly host: string
  readonly port: number
}

export type NtpAnswer =
  /** How far our clock is ahead of the server's, in milliseconds; negative where it is behind. */
  { readonly kind: 'told'; readonly ahead: number } | { readonly kind: 'failed'; readonly why: string }

export interface NtpOrder {
  /** Milliseconds since 1970 by the clock that is to be compared. */
  readonly now: () => number
  /** Eight bytes that nobody can guess: whoever does not see the question cannot answer it. */
  readonly nonce: Uint8Array
  readonly timeoutMilliseconds?: number
}

/**
 * Asks a time server once (SNTP, RFC 5905 section 14). Only its own answer to this very question counts, and only of a server that is
 * itself in step. It never throws: what goes wrong outside is an answer, too.
 */
export async function askNtp(server: NtpServer, order: NtpOrder): Promise<NtpAnswer> {
  const found = await lookup(server.host).catch(() => undefined)
  if (found === undefined) return { kind: 'failed', why: `There is no host named ${server.host}.` }
  const { timeoutMilliseconds = 3_000, nonce, now } = order
  const socket = createSocket(found.family === 6 ? 'udp6' : 'udp4')
  return new Promise((answer) => {
    const finish = (it: NtpAnswer): void => {
      clearTimeout(patience)
      socket.close()
      answer(it)
    }
    const patience = setTimeout(() => {
      finish({ kind: 'failed', why: `There was no answer within ${timeoutMilliseconds / 1_000} seconds.` })
    }, timeoutMilliseconds)
    socket.once('error', (error) => finish({ kind: 'failed', why: error.message }))
    let asked = 0
    socket.on('message', (packet) => {
      const read = readAnswer(packet, nonce)
      if (read !== undefined)
        finish(read.kind === 'failed' ? read : { kind: 'told', ahead: aheadOf(read, asked, now()) })
    })
    // Connected, the socket takes packets of this server and of nobody else.
    socket.connect(server.port, found.address, () => {
      asked = now()
      socket.send(question(nonce))
    })
  })
}

/** The place of our own time holds the nonce: the server sends it back, and learns nothing of our clock. */
function question(nonce: Uint8Array): Uint8Array {
  const packet = new Uint8Array(PACKET_BYTES)
  // No leap indicator, version 4, mode 3: a client.
  packet[0] = 0b00_100_011
  packet.set(nonce.subarray(0, 8), 40)
  return packet
}

type Read =
  | { readonly kind: 'times'; readonly received: number; readonly sent: number }
  | Extract<NtpAnswer, { kind: 'failed' }>

/** Undefined: it is no answer to this question, and another packet may be. */
function readAnswer(packet: Buffer, nonce: Uint8Array): Read | undefined {
  if (packet.length < PACKET_BYTES || (packet.readUInt8(0) & 0b111) !== 4) return undefined
  if (!packet.subarray(24, 32).equals(nonce.subarray(0, 8))) return undefined
  const [leap, stratum] = [packet.readUInt8(0) >> 6, packet.readUInt8(1)]
  if (leap === 3 || stratum === 0 || stratum > 15)
    return { kind: 'failed', why: 'It answers that it is not in step with any clock itself.' }
  return { kind: 'times', received: momentAt(packet, 32), sent: momentAt(packet, 40) }
}

/** What both ways took is taken to be the same. */
function aheadOf({ received, sent }: Extract<Read, { kind: 'times' }>, asked: number, answered: number): number {
  return Math.round((asked - received + (answered - sent)) / 2)
}

/** The seconds begin again in 2036: what is small is of the era after that. */
function momentAt(packet: Buffer, place: number): number {
  const seconds = packet.readUInt32BE(place)
  const era = seconds < 2 ** 31 ? 2 ** 32 : 0
  return (seconds + era - SINCE_1900 + packet.readUInt32BE(place + 4) / 2 ** 32) * 1_000
}
