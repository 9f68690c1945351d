import { readFileSync } from 'node:fs'
import { start } from '../contestants.ts'
import type { Job } from '../jobs.ts'
import type { Result } from '../result.ts'

/** h: what a server holds when it has nothing to do, with few users and with many. */
export const memory: Job = {
  name: 'memory',
  says: 'resident memory of an idle server, with few rows and with many',
  run: async ({ quick }) => {
    const few = await resident('countersign', 100)
    const many = await resident('countersign', quick ? 2_000 : 50_000)
    const floor = await resident('floor', 100)
    const row = (contestant: string, value: number, must: Result['must']): Result => ({
      job: 'memory',
      contestant,
      unit: 'MB resident; less is better',
      value,
      slowest: value,
      fastest: value,
      p99Milliseconds: null,
      must,
    })
    return [
      row('countersign, 100 users', few, { says: '≤ 2 × the floor', held: few <= 2 * floor }),
      row(`countersign, ${quick ? '2,000' : '50,000'} users`, many, {
        says: 'within a quarter of that with 100',
        held: many <= few * 1.25,
      }),
      row('floor', floor, null),
    ]
  },
}

async function resident(name: 'countersign' | 'floor', users: number): Promise<number> {
  const server = await start(name, { users, hashing: 'off' })
  try {
    await new Promise((done) => setTimeout(done, 1_500))
    const line = /VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${server.pid}/status`, 'utf8'))
    return Number(line?.[1]) / 1_024
  } finally {
    await server.stop()
  }
}
