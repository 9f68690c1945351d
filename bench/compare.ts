import { type ContestantName, type Running, start, type Start } from './contestants.ts'
import type { Conditions } from './jobs.ts'
import type { Result } from './result.ts'
import { type Act, measure, summary } from './rounds.ts'

export interface Entrant {
  readonly name: ContestantName
  /** Under which name it stands in the table. */
  readonly as?: string
  /** How many rows its database has, where that is the question. */
  readonly rows?: number
  readonly start: Start
  readonly act: (running: Running) => Act | Promise<Act>
}

export interface Comparison {
  readonly job: string
  readonly unit: string
  readonly inFlight: number
  readonly entrants: readonly Entrant[]
  /** What the first entrant must reach, as a share of others' figures in this run. */
  readonly must: readonly { readonly of: string; readonly share: number; readonly only?: 'aim' }[]
}

/** The peers are left out where they are not installed. */
const PEERS: readonly ContestantName[] = ['hand-assembled', 'better-auth']
const ROUNDS = 5
const SECONDS = 2

/** All side by side, round after round in turn, so that whatever else the machine does, it does to each of them. */
export async function compare(
  { job, unit, inFlight, entrants, must }: Comparison,
  { quick, peers }: Conditions,
): Promise<readonly Result[]> {
  const taking = entrants.filter(({ name }) => peers || !PEERS.includes(name))
  const seconds = quick ? 1 / taking.length : SECONDS
  const running: Running[] = []
  try {
    const lanes = []
    for (const entrant of taking) {
      const server = await start(entrant.name, entrant.start)
      running.push(server)
      const act = await entrant.act(server)
      lanes.push({ entrant, server, act, turns: { next: 0 }, measured: [] as (Summed & { cpu: number | null })[] })
    }
    // The first one is not counted: programs are compiled while they run.
    for (let round = quick ? 1 : 0; round <= (quick ? 1 : ROUNDS); round += 1)
      for (const { act, server, turns, measured } of lanes) {
        const [begun, from] = [server.cpu(), turns.next]
        const one = await measure(server.port, act, { inFlight, seconds, turns })
        const spent = server.cpu()
        const cpu = spent === null || begun === null ? null : (spent - begun) / (turns.next - from)
        if (round > 0) measured.push({ ...one, cpu })
      }
    const figures = lanes.map(({ entrant, measured }) => ({ entrant, ...summary(measured) }))
    const own = figures[0]?.perSecond ?? 0
    return figures.map(({ entrant, perSecond, slowest, fastest, p99, cpu }): Result => {
      const as = entrant.as ?? entrant.name
      const promised = must.find(({ of }) => of === as)
      return {
        job,
        rows: entrant.rows ?? null,
        contestant: as,
        unit,
        value: perSecond,
        slowest,
        fastest,
        p99Milliseconds: p99,
        cpu,
        must: promised
          ? {
              says: `≥ ${promised.share} × ${as}`,
              held: own >= promised.share * perSecond,
              only: promised.only ?? 'must',
            }
          : null,
      }
    })
  } finally {
    for (const server of running) await server.stop()
  }
}

type Summed = Awaited<ReturnType<typeof measure>>
