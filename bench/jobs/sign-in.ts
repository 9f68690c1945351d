import { hash, verify } from '@node-rs/argon2'
import { compare, type Entrant } from '../compare.ts'
import { passwordAndCode } from '../flows.ts'
import type { Job } from '../jobs.ts'
import { PASSWORD } from '../people.ts'
import { figure } from '../result.ts'

const USERS = 2_000

/** a: the whole way in. The hash is argon2id of 19 MiB, two passes, one lane; better-auth has its own, scrypt. */
export const signIn: Job = {
  name: 'sign-in',
  letter: 'a',
  says: 'password and code of an app, until the session is there',
  run: async (conditions) => {
    const users = conditions.quick ? 60 : USERS
    const results = await compare(
      {
        job: 'sign-in',
        unit: 'sign-ins a second, 8 in flight',
        inFlight: 8,
        entrants: (['countersign', 'floor', 'hand-assembled', 'better-auth'] as const).map(
          (name): Entrant => ({
            name,
            start: { users, hashing: 'on' },
            act: (running) => passwordAndCode(running, users),
          }),
        ),
        must: [
          { of: 'floor', share: 0.9 },
          { of: 'better-auth', share: 5 },
        ],
      },
      conditions,
    )
    const cpu = results[0]?.cpu ?? null
    if (cpu === null) return results
    const share = (100 * (await hashCpu(conditions.quick ? 2 : 40))) / cpu
    const must = { says: '≥ 95 %', held: share >= 95, only: 'aim' } as const
    const job = { job: 'sign-in, where the time goes', unit: "% of the server's CPU time" }
    return [...results, figure({ ...job, contestant: 'the password hash' }, [share], must)]
  },
}

/** What one check of a password costs, made as the product makes it, in microseconds of CPU time. */
async function hashCpu(times: number): Promise<number> {
  const stored = await hash(PASSWORD, { memoryCost: 19_456, timeCost: 2, parallelism: 1 })
  const begun = process.cpuUsage()
  for (let each = 0; each < times; each += 1) await verify(stored, PASSWORD)
  const { user, system } = process.cpuUsage(begun)
  return (user + system) / times
}
