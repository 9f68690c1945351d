import { performance } from 'node:perf_hooks'
import { Connection } from './connection.ts'

/** One thing done again and again over one connection; it throws for any answer that is not the one to be measured. */
export type Act = (connection: Connection, turn: number) => Promise<void>

export interface Measured {
  readonly perSecond: number
  /** Milliseconds from asking to the answer. */
  readonly p50: number
  readonly p99: number
}

/** Does `act` on so many connections at once for so many seconds. `turns` counts on from round to round, so that nothing is used twice. */
export async function measure(
  port: number,
  act: Act,
  options: { readonly inFlight: number; readonly seconds: number; readonly turns: { next: number } },
): Promise<Measured> {
  const { inFlight, seconds, turns } = options
  const took: number[] = []
  const begin = performance.now()
  const end = begin + seconds * 1_000
  const connections = Array.from({ length: inFlight }, () => new Connection(port))
  await Promise.all(
    connections.map(async (connection) => {
      while (performance.now() < end) {
        const from = performance.now()
        await act(connection, turns.next++)
        took.push(performance.now() - from)
      }
    }),
  )
  const spent = (performance.now() - begin) / 1_000
  for (const connection of connections) connection.close()
  took.sort((a, b) => a - b)
  const at = (share: number): number => took[Math.min(took.length - 1, Math.floor(took.length * share))] ?? 0
  return { perSecond: took.length / spent, p50: at(0.5), p99: at(0.99) }
}

/** The middle of several rounds, and how far they lie apart: the slowest and the fastest a second. */
export function summary<M extends Measured>(
  rounds: readonly M[],
): M & { readonly slowest: number; readonly fastest: number } {
  const sorted = rounds.toSorted((a, b) => a.perSecond - b.perSecond)
  const middle = sorted[Math.floor(sorted.length / 2)]
  if (middle === undefined) throw new Error('no round was measured')
  return { ...middle, slowest: sorted[0]?.perSecond ?? 0, fastest: sorted.at(-1)?.perSecond ?? 0 }
}
