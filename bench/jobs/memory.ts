import { setTimeout as pause } from 'node:timers/promises'
import { Connection } from '../connection.ts'
import { type ContestantName, type Running, start, type Start } from '../contestants.ts'
import { crowd, REAL, sizesOf } from '../crowd.ts'
import { sessionCheck, strangersCheck } from '../flows.ts'
import type { Job } from '../jobs.ts'
import { figure, middle, type Result } from '../result.ts'
import { measure } from '../rounds.ts'

const ROUNDS = 3
/** What a server needs until it has nothing to do any more. */
const SETTLE_MS = 1_500
const QUICK_SETTLE_MS = 50
const UNIT = 'MB resident; less is better'
/** As much as is kept at hand of sessions, and more. */
const STRANGERS = 20_000

/** h: what a server holds when it has nothing to do, and with a store of one row or of millions. */
export const memory: Job = {
  name: 'memory',
  letter: 'h',
  says: 'resident memory of a server: idle, and as the rows of its store grow',
  run: async ({ quick }) => {
    const rounds = quick ? 1 : ROUNDS
    const settled = (): Promise<void> => pause(quick ? QUICK_SETTLE_MS : SETTLE_MS)
    const few = { users: REAL, hashing: 'off' } as const
    const own: number[] = []
    const bare: number[] = []
    const floor: number[] = []
    for (let round = 0; round < rounds; round += 1) {
      own.push(await idle('countersign', few, settled))
      bare.push(await idle('bare Hono', few, settled))
      floor.push(await idle('floor', few, settled))
    }
    const [held, hono] = [middle(own), middle(bare)]
    const results: Result[] = [
      figure({ job: 'memory', contestant: 'countersign', unit: UNIT }, own),
      figure({ job: 'memory', contestant: 'bare Hono', unit: UNIT }, bare, {
        says: '≤ 2 × a bare Hono server',
        held: held <= 2 * hono,
        only: 'must',
      }),
      figure({ job: 'memory', contestant: 'floor', unit: UNIT }, floor),
    ]
    const grown: Result[] = []
    for (const users of sizesOf(quick)) {
      const { folder, sessions } = await crowd(users)
      const job = { job: 'memory, as rows grow', unit: UNIT, rows: users + sessions }
      const passes = Math.min(STRANGERS, sessions - 1)
      const server = await start('countersign', { ...few, folder, passes })
      try {
        await settled()
        const idle = server.memory().now
        await askAll(server, passes)
        await settled()
        const first = grown[0]?.value ?? idle
        const must = { says: 'within a tenth of the fewest rows', held: idle <= first * 1.1, only: 'must' } as const
        grown.push(figure({ ...job, contestant: 'idle' }, [idle], grown.length === 0 ? null : must))
        grown.push(figure({ ...job, contestant: 'after 20,000 sessions were asked for' }, [server.memory().now]))
      } finally {
        await server.stop()
      }
    }
    return [...results, ...grown]
  },
}

async function idle(name: ContestantName, how: Start, settled: () => Promise<void>): Promise<number> {
  const server = await start(name, how)
  try {
    await settled()
    return server.memory().now
  } finally {
    await server.stop()
  }
}

/** Every session once, and one of them again. */
async function askAll(server: Running, sessions: number): Promise<void> {
  const turns = { next: 0 }
  const strangers = await strangersCheck(server)
  while (turns.next < sessions)
    await measure(server.port, strangers, { inFlight: 8, seconds: sessions < STRANGERS ? 0.2 : 1, turns })
  const same = await sessionCheck(server, REAL, () => new Connection(server.port))
  await measure(server.port, same, { inFlight: 1, seconds: 0.1, turns })
}
