import { once } from 'node:events'
import { createServer, connect, type Socket } from 'node:net'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'

/** Where the connection is cut: before the server has seen COMMIT, or after it has answered it and before the client reads that. */
export type Cut = 'before-commit' | 'after-commit'

export interface CuttingProxy {
  /** The address of a database by way of the proxy. */
  url(of: string): string
  /** The next COMMIT of something written loses its connection; several lose theirs one after the other. */
  arm(...cuts: readonly Cut[]): void
  /** How many cuts are still to come. */
  readonly left: number
  close(): Promise<void>
}

/** Stands between a node and the socket of its PostgreSQL and breaks connections at the one moment at which it matters. */
export async function cuttingProxy(socketFolder: string): Promise<CuttingProxy> {
  const cuts: Cut[] = []
  const open = new Set<Socket>()
  const server = createServer((client) => {
    const upstream = connect(join(socketFolder, '.s.PGSQL.5432'))
    let answerIsLost = false
    let writes = false
    const end = (): void => {
      client.destroy()
      upstream.destroy()
    }
    for (const side of [client, upstream]) {
      open.add(side)
      side.on('error', end)
      side.on('close', () => {
        open.delete(side)
        end()
      })
    }
    client.on('data', (chunk) => {
      // What only reads is asked again, and proves nothing.
      if (isQuery(chunk, 'BEGIN ')) writes = chunk.includes('READ COMMITTED')
      const cut = writes && isQuery(chunk, 'COMMIT') ? cuts.shift() : undefined
      if (cut === 'before-commit') return end()
      answerIsLost ||= cut === 'after-commit'
      upstream.write(chunk)
    })
    upstream.on('data', (chunk) => (answerIsLost ? end() : client.write(chunk)))
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  return {
    url: (of) => `postgres://countersign@127.0.0.1:${port}${new URL(of).pathname}`,
    arm: (...more) => void cuts.push(...more),
    get left() {
      return cuts.length
    },
    async close() {
      for (const side of open) side.destroy()
      await new Promise((done) => server.close(done))
    },
  }
}

/** A simple query: Q, four bytes of length, the text, NUL. */
function isQuery(chunk: Buffer, word: string): boolean {
  return chunk.toString('latin1').startsWith('Q') && chunk.toString('latin1', 5, 11) === word
}
