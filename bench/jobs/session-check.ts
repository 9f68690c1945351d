import { compare, type Entrant } from '../compare.ts'
import { Connection } from '../connection.ts'
import { crowd, REAL, sizesOf } from '../crowd.ts'
import { sessionCheck, strangersCheck } from '../flows.ts'
import type { Job } from '../jobs.ts'

const IN_FLIGHT = 8
const UNIT = `checks a second, ${IN_FLIGHT} in flight`
/** More sessions than the product keeps at hand, asked for in turn: whatever is kept is gone when it would be asked for again. */
const STRANGERS = 20_000

/** c: what a proxy asks for every request it passes on; then the same in larger and larger stores. */
export const sessionCheckJob: Job = {
  name: 'session-check',
  letter: 'c',
  says: 'a request with a session, answered with who it is',
  run: async (conditions) => {
    const start = { users: REAL, hashing: 'on' } as const
    const entrants: readonly Entrant[] = (['countersign', 'floor', 'hand-assembled', 'better-auth'] as const).map(
      (name) => ({
        name,
        start,
        act: (running) => sessionCheck(running, start.users, () => new Connection(running.port)),
      }),
    )
    const bare: Entrant = {
      name: 'floor',
      as: 'bare 200',
      start,
      act: () => async (connection) => void (await connection.ask('/ok')),
    }
    const beside = await compare(
      {
        job: 'session-check',
        unit: UNIT,
        inFlight: IN_FLIGHT,
        entrants: [...entrants, bare],
        must: [
          { of: 'floor', share: 0.8 },
          { of: 'bare 200', share: 0.8, only: 'aim' },
        ],
      },
      conditions,
    )
    const growing: Entrant[] = []
    for (const users of sizesOf(conditions.quick)) {
      const { folder, sessions } = await crowd(users)
      const own = { name: 'countersign', rows: sessions, start: { ...start, folder } } as const
      growing.push(
        {
          ...own,
          as: 'the same session',
          act: (running) => sessionCheck(running, REAL, () => new Connection(running.port)),
        },
        {
          ...own,
          as: 'another session each time',
          start: { ...own.start, passes: Math.min(STRANGERS, sessions - 1) },
          act: strangersCheck,
        },
      )
    }
    const grown = await compare(
      { job: 'session-check, as sessions grow', unit: UNIT, inFlight: IN_FLIGHT, entrants: growing, must: [] },
      conditions,
    )
    return [...beside, ...grown]
  },
}
