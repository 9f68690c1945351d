import { type Evidence, secondFactorAt } from '#domain/evidence.ts'
import { type Instant, minutes } from '#domain/time.ts'
import { decide } from '#policy/decide.ts'
import type { Decision } from '#policy/decision.ts'
import type { SessionFile } from '#ports/store.ts'
import { factsOf } from './facts.ts'

/** How old the proof may be that somebody rests on who changes what security rests on. */
export const FRESH_FOR = minutes(15)

/**
 * Whether this session was proved a moment ago: with the second factor of its user, or, where none is asked of them or they hold
 * none, with the password. Whom the operator of the server has let in with an emergency code has come to repair something.
 */
export function isFresh(file: SessionFile, now: Instant): boolean {
  const { evidence, rule } = file.session
  if (recent(secondFactorAt(evidence), now) || recent(emergencyAt(evidence), now)) return true
  const counts = (each: Evidence): boolean =>
    each.kind === 'password' || (each.kind === 'external' && rule === 'external')
  const first = evidence.find(counts)?.at
  return recent(first, now) && factorAskedOf(file, now) === null
}

/** The challenge that the policy would set this user now, on a browser and a network that it knows nothing of; null: none. */
export function factorAskedOf(file: SessionFile, now: Instant): Extract<Decision, { outcome: 'challenge' }> | null {
  const { application: name } = file.session
  const application = file.applications.find((each) => each.name === name) ?? { name, intervalHours: null }
  const decision = decide(factsOf(file, { now, via: { kind: 'form' }, application, address: null, earlier: null }))
  return decision.outcome === 'challenge' ? decision : null
}

function emergencyAt(evidence: readonly Evidence[]): Instant | undefined {
  return evidence.find((each) => each.kind === 'break_glass' && each.by === 'operator')?.at
}

function recent(at: Instant | undefined, now: Instant): boolean {
  return at !== undefined && now - at <= FRESH_FOR
}
