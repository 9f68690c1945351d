import { compare, type Entrant } from '../compare.ts'
import { Connection } from '../connection.ts'
import { sessionCheck } from '../flows.ts'
import type { Job } from '../jobs.ts'

/** c: what a proxy asks for every request it passes on. */
export const sessionCheckJob: Job = {
  name: 'session-check',
  says: 'a request with a session, answered with who it is',
  run: (conditions) => {
    const start = { users: 50, hashing: 'on' } as const
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
    return compare(
      {
        job: 'session-check',
        unit: 'checks a second, 8 in flight',
        inFlight: 8,
        entrants: [...entrants, bare],
        must: [{ of: 'floor', share: 0.8 }],
      },
      conditions,
    )
  },
}
