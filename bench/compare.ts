import { type ContestantName, type Running, start, type Start } from './contestants.ts'
import type { Conditions } from './jobs.ts'
import type { Result } from './result.ts'
import { type Act, measure, summary } from './rounds.ts'

export interface Entrant {
  readonly name: ContestantName
  /** Under which name it stands in the table. */
  readonly as?: string
  readonly start: Start
  readonly act: (running: Running) => Act | Promise<Act>
}

export interface Comparison {
  readonly job: string
  readonly unit: string
  readonly inFlight: number
  readonly entrants: readonly Entrant[]
  /** What ours must reach, as a share of others' figures in this run. */
  readonly must: readonly { readonly of: string; readonly share: number }[]
}

const ROUNDS = 5
const SECONDS = 4

/** All side by side, round after round in turn, so that whatever else the machine does, it does to each of them. */
export async function compare(
  { job, unit, inFlight, entrants, must }: Comparison,
  { quick, peers }: Conditions,
): Promise<readonly Result[]> {
  const taking = entrants.filter(({ name }) => peers || name === 'countersign' || name === 'floor')
  const rounds = quick ? 1 : ROUNDS
  const seconds = quick ? 1 : SECONDS
  const running: Running[] = []
  try {
    const lanes = []
    for (const { name, as, start: how, act } of taking) {
      const server = await start(name, how)
      running.push(server)
      lanes.push({
        as: as ?? name,
        server,
        act: await act(server),
        turns: { next: 0 },
        measured: [] as Awaited<ReturnType<typeof measure>>[],
      })
    }
    for (let round = 0; round < rounds; round += 1)
      for (const lane of lanes)
        lane.measured.push(await measure(lane.server.port, lane.act, { inFlight, seconds, turns: lane.turns }))
    const figures = lanes.map(({ as, measured }) => ({ as, ...summary(measured) }))
    const own = figures.find(({ as }) => as === 'countersign')?.perSecond ?? 0
    return figures.map(({ as, perSecond, slowest, fastest, p99 }): Result => {
      const promise = must.find(({ of }) => of === as)
      return {
        job,
        contestant: as,
        unit,
        value: perSecond,
        slowest,
        fastest,
        p99Milliseconds: p99,
        must: promise ? { says: `≥ ${promise.share} × ${as}`, held: own >= promise.share * perSecond } : null,
      }
    })
  } finally {
    for (const server of running) await server.stop()
  }
}
