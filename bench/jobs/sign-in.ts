import { compare, type Entrant } from '../compare.ts'
import { passwordAndCode } from '../flows.ts'
import type { Job } from '../jobs.ts'

const USERS = 2_000

/** a: the whole way in. The hash is argon2id of 19 MiB, two passes, one lane; better-auth has its own, scrypt. */
export const signIn: Job = {
  name: 'sign-in',
  letter: 'a',
  says: 'password and code of an app, until the session is there',
  run: (conditions) =>
    compare(
      {
        job: 'sign-in',
        unit: 'sign-ins a second, 8 in flight',
        inFlight: 8,
        entrants: (['countersign', 'floor', 'hand-assembled', 'better-auth'] as const).map(
          (name): Entrant => ({
            name,
            start: { users: conditions.quick ? 60 : USERS, hashing: 'on' },
            act: (running) => passwordAndCode(running, conditions.quick ? 60 : USERS),
          }),
        ),
        must: [
          { of: 'floor', share: 0.9 },
          { of: 'better-auth', share: 5 },
        ],
      },
      conditions,
    ),
}
