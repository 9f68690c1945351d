import { createSocket } from 'node:dgram'
import { once } from 'node:events'
import type { TestContext } from 'node:test'

export interface TimeServer {
  readonly host: string
  readonly port: number
}

export interface Answering {
  /** Milliseconds since 1970; left out: the machine's own time. */
  readonly now?: () => number
  readonly stratum?: number
  readonly leap?: number
  /** Bytes to send in place of the question's own timestamp. */
  readonly origin?: Uint8Array
  readonly silent?: boolean
}

/** A time server on loopback that answers as it is told to (RFC 5905). */
export async function timeServer(t: TestContext, answering: Answering = {}): Promise<TimeServer> {
  const { now = () => Date.now(), stratum = 2, leap = 0, origin, silent = false } = answering
  const socket = createSocket('udp4')
  socket.on('message', (question, { port, address }) => {
    if (silent) return
    const answer = Buffer.alloc(48)
    answer.writeUInt8((leap << 6) | (4 << 3) | 4, 0)
    answer.writeUInt8(stratum, 1)
    answer.set(origin ?? question.subarray(40, 48), 24)
    for (const place of [32, 40]) {
      const seconds = now() / 1_000 + 2_208_988_800
      answer.writeUInt32BE(Math.floor(seconds) % 2 ** 32, place)
      answer.writeUInt32BE(Math.floor((seconds % 1) * 2 ** 32), place + 4)
    }
    socket.send(answer, port, address)
  })
  socket.bind(0, '127.0.0.1')
  await once(socket, 'listening')
  t.after(() => socket.close())
  return { host: '127.0.0.1', port: socket.address().port }
}
