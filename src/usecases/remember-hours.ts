import type { Challenge } from '#challenge/challenge.ts'
import type { Instant } from '#domain/time.ts'
import { interval } from '#policy/requirement.ts'
import type { PersonFile } from '#ports/store.ts'
import { factsOf } from './facts.ts'

/** For how many hours a browser that passes this challenge would not be asked again; 0: it cannot be remembered. */
export function rememberHours(
  file: PersonFile,
  challenge: Pick<Challenge, 'application' | 'address'>,
  now: Instant,
): number {
  const application = file.applications.find(({ name }) => name === challenge.application)
  const facts = factsOf(file, {
    now,
    via: { kind: 'form' },
    application: application ?? { name: challenge.application, intervalHours: null },
    address: challenge.address,
    earlier: null,
  })
  return interval(facts).hours
}
