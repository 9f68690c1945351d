import { startPostgres, withoutPostgres } from '../../test/postgres.ts'
import { compare, type Entrant } from '../compare.ts'
import { Connection } from '../connection.ts'
import { start } from '../contestants.ts'
import { addPeople, REAL } from '../crowd.ts'
import { fillPostgres } from '../fill.ts'
import { sessionCheck } from '../flows.ts'
import type { Job } from '../jobs.ts'

const USERS = 20_000

/** d: the same question where the sessions are on a server of PostgreSQL, reached by a socket on the same machine. */
export const sessionCheckPostgres: Job = {
  name: 'postgres-session-check',
  letter: 'd',
  says: 'a request with a session, on PostgreSQL over a socket',
  run: async (conditions) => {
    const missing = withoutPostgres(18)
    if (missing !== false) {
      process.stderr.write(`${missing}\n`)
      return []
    }
    const cluster = await startPostgres()
    try {
      const database = await cluster.database()
      const own = { users: REAL, hashing: 'on', database } as const
      const first = await start('countersign', own)
      const filler = await fillPostgres(database)
      await addPeople(filler, conditions.quick ? 200 : USERS)
      await filler.close()
      const running: Entrant = {
        name: 'countersign',
        start: { ...own, folder: first.folder },
        act: (server) => sessionCheck(server, REAL, () => new Connection(server.port)),
      }
      const floor: Entrant = { ...running, name: 'floor on PostgreSQL', as: 'bare prepared lookup' }
      const bare: Entrant = {
        ...running,
        name: 'floor',
        as: 'bare 200',
        start: { users: REAL, hashing: 'on' },
        act: () => async (connection) => void (await connection.ask('/ok')),
      }
      try {
        return await compare(
          {
            job: 'postgres-session-check',
            unit: 'checks a second, 8 in flight',
            inFlight: 8,
            entrants: [running, floor, bare],
            must: [
              { of: 'bare prepared lookup', share: 0.8 },
              { of: 'bare 200', share: 0.8, only: 'aim' },
            ],
          },
          conditions,
        )
      } finally {
        await first.stop()
      }
    } finally {
      await cluster.stop()
    }
  },
}
