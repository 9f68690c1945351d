import { Connection } from '../connection.ts'
import { start } from '../contestants.ts'
import { sessionCheck } from '../flows.ts'
import type { Job } from '../jobs.ts'
import { measure } from '../rounds.ts'

const FLOOD = 200

/** j: 200 wrong passwords in flight, and the session checks beside them. */
export const passwordFlood: Job = {
  name: 'password-flood',
  says: 'session checks while 200 wrong passwords are in flight',
  run: async ({ quick }) => {
    const server = await start('countersign', { users: 50, hashing: 'on' })
    const seconds = quick ? 1 : 6
    try {
      const act = await sessionCheck(server, 50, () => new Connection(server.port))
      const turns = { next: 0 }
      const alone = await measure(server.port, act, { inFlight: 8, seconds, turns })
      const statuses = new Map<number, number>()
      const flooding = measure(
        server.port,
        async (connection, turn) => {
          const { status } = await connection.post('/acme/api/v1/login', {
            username: `nobody${turn}`,
            password: 'wrong',
          })
          statuses.set(status, (statuses.get(status) ?? 0) + 1)
        },
        { inFlight: FLOOD, seconds, turns: { next: 0 } },
      )
      const beside = await measure(server.port, act, { inFlight: 8, seconds, turns })
      await flooding
      const row = { job: 'password-flood', unit: 'checks a second, 8 in flight' }
      const odd = [...statuses.keys()].filter((status) => ![401, 429, 503].includes(status))
      if (odd.length > 0) throw new Error(`the flood was answered ${odd.join(', ')}`)
      return [
        {
          ...row,
          contestant: 'without a flood',
          value: alone.perSecond,
          slowest: alone.perSecond,
          fastest: alone.perSecond,
          p99Milliseconds: alone.p99,
          must: null,
        },
        {
          ...row,
          contestant: 'beside the flood',
          value: beside.perSecond,
          slowest: beside.perSecond,
          fastest: beside.perSecond,
          p99Milliseconds: beside.p99,
          must: { says: '≥ half of that without', held: beside.perSecond >= 0.5 * alone.perSecond },
        },
      ]
    } finally {
      await server.stop()
    }
  },
}
