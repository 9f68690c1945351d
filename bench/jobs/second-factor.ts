import { compare, type Entrant } from '../compare.ts'
import { passwordAndCode, secondFactor } from '../flows.ts'
import type { Job } from '../jobs.ts'

/** Each user's code is good once in half a minute: there are enough of them that none comes round again in that time. */
const USERS = 24_000

/** b: decision, challenge, code, audit, durable; the others do their sign-in with the password hash taken out. */
export const secondFactorOnly: Job = {
  name: 'second-factor',
  letter: 'b',
  says: 'the second factor alone, by API, with everything durable',
  run: (conditions) => {
    const users = conditions.quick ? 800 : USERS
    const start = { users, hashing: 'off' } as const
    const others: readonly Entrant[] = (['floor', 'hand-assembled', 'better-auth'] as const).map((name) => ({
      name,
      start,
      act: (running) => passwordAndCode(running, users),
    }))
    return compare(
      {
        job: 'second-factor',
        unit: 'second factors a second, 32 in flight',
        inFlight: 32,
        entrants: [{ name: 'countersign', start, act: (running) => secondFactor(running, users) }, ...others],
        must: [
          { of: 'floor', share: 0.5 },
          { of: 'better-auth', share: 12 },
        ],
      },
      conditions,
    )
  },
}
