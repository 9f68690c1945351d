import { auditSearch } from './jobs/audit-search.ts'
import { auditVerify } from './jobs/audit-verify.ts'
import { coldStart } from './jobs/cold-start.ts'
import { decision } from './jobs/decision.ts'
import { memory } from './jobs/memory.ts'
import { people } from './jobs/people.ts'
import { passwordFlood } from './jobs/password-flood.ts'
import { profile } from './jobs/profile.ts'
import { secondFactorOnly } from './jobs/second-factor.ts'
import { sessionCheckJob } from './jobs/session-check.ts'
import { sessionCheckPostgres } from './jobs/session-check-postgres.ts'
import { signIn } from './jobs/sign-in.ts'
import type { Result } from './result.ts'

export interface Conditions {
  /** A second of everything: whether it runs, not how fast. */
  readonly quick: boolean
  /** Whether the peers are there to be compared with. */
  readonly peers: boolean
}

export interface Job {
  readonly name: string
  /** Which of the promised jobs it is. */
  readonly letter: string
  readonly says: string
  readonly run: (conditions: Conditions) => Promise<readonly Result[]>
}

export const JOBS: readonly Job[] = [
  signIn,
  secondFactorOnly,
  sessionCheckJob,
  sessionCheckPostgres,
  decision,
  auditVerify,
  auditSearch,
  coldStart,
  memory,
  people,
  passwordFlood,
  profile,
]
