import { Connection } from '../connection.ts'
import { start } from '../contestants.ts'
import { sessionCheck } from '../flows.ts'
import type { Job } from '../jobs.ts'
import { figure } from '../result.ts'
import { measure } from '../rounds.ts'

const FLOOD = 200
const USERS = 50
const CHECKS = 8
/** What each of the hashes that are made at once needs (argon2id, 19 MiB), times as many as a machine has processors, and room to breathe. */
const MORE_MB = 256

/** j: 200 wrong passwords in flight, and the session checks beside them. */
export const passwordFlood: Job = {
  name: 'password-flood',
  letter: 'j',
  says: 'session checks while 200 wrong passwords are in flight',
  run: async ({ quick }) => {
    const server = await start('countersign', { users: USERS, hashing: 'on' })
    const seconds = quick ? 0.5 : 6
    try {
      const act = await sessionCheck(server, USERS, () => new Connection(server.port))
      const turns = { next: 0 }
      if (!quick) await measure(server.port, act, { inFlight: CHECKS, seconds: 2, turns })
      const alone = await measure(server.port, act, { inFlight: CHECKS, seconds, turns })
      const before = server.memory().now
      const flooding = measure(server.port, wrongPassword, { inFlight: FLOOD, seconds, turns: { next: 0 } })
      const beside = await measure(server.port, act, { inFlight: CHECKS, seconds, turns })
      const flooded = await flooding
      const { most } = server.memory()
      const row = { job: 'password-flood', unit: `a second; checks ${CHECKS} in flight, passwords ${FLOOD}` }
      const memory = { job: 'password-flood, memory', unit: 'MB resident; less is better' }
      const kept = {
        says: '≥ half of that without',
        held: beside.perSecond >= 0.5 * alone.perSecond,
        only: 'must',
      } as const
      const bounded = {
        says: `≤ ${MORE_MB} MB more than before`,
        held: most <= before + MORE_MB,
        only: 'must',
      } as const
      return [
        { ...figure({ ...row, contestant: 'checks without a flood' }, [alone.perSecond]), p99Milliseconds: alone.p99 },
        {
          ...figure({ ...row, contestant: 'checks beside the flood' }, [beside.perSecond], kept),
          p99Milliseconds: beside.p99,
        },
        { ...figure({ ...row, contestant: 'the flood' }, [flooded.perSecond]), p99Milliseconds: flooded.p99 },
        figure({ ...memory, contestant: 'before the flood' }, [before]),
        figure({ ...memory, contestant: 'at most in the flood' }, [most], bounded),
      ]
    } finally {
      await server.stop()
    }
  },
}

/** Each is told honestly: wrong, or not now, and then when to come again. */
async function wrongPassword(connection: Connection, turn: number): Promise<void> {
  const asked = { username: `nobody${turn}`, password: 'wrong' }
  const { status, head } = await connection.post('/acme/api/v1/login', asked)
  if (status === 401) return
  if ((status === 429 || status === 503) && /\r\nretry-after: \d+/i.test(head)) return
  throw new Error(`the flood was answered ${status}: ${head}`)
}
