import type { Instant } from '#domain/time.ts'
import { decide } from '#policy/decide.ts'
import type { Decision } from '#policy/decision.ts'
import type { Facts } from '#policy/facts.ts'
import type { PersonFile } from '#ports/store.ts'
import { factsOf } from './facts.ts'

/** Where somebody stands with the second factor; the later ones weigh more when applications differ. */
export const STANDINGS = ['not_required', 'exempt', 'ready', 'grace', 'let_in', 'must_enrol', 'refused'] as const
export type Standing = (typeof STANDINGS)[number]

export interface StandsAt {
  /** What weighs most of all applications. */
  readonly standing: Standing
  /** By application. */
  readonly at: Readonly<Record<string, Standing>>
  /** What was decided on, an application each. */
  readonly facts: readonly Facts[]
}

/** By the decision that a sign-in would meet now, on a browser nothing is remembered of and from no trusted network. */
export function standingAt(person: PersonFile, now: Instant): StandsAt {
  const via = { kind: person.user.kind === 'service' ? 'api_password' : 'form' } as const
  const facts = person.applications.map((application) =>
    factsOf(person, { now, via, application, address: null, earlier: null }),
  )
  const standings = facts.map((each) => [each.application.name, standingOf(decide(each))] as const)
  const weight = Math.max(0, ...standings.map(([, standing]) => STANDINGS.indexOf(standing)))
  return { standing: STANDINGS[weight] ?? 'not_required', at: Object.fromEntries(standings), facts }
}

function standingOf({ rule, outcome }: Decision): Standing {
  if (rule === 'site_off' || rule === 'api_path' || rule === 'website_user' || rule === 'not_required')
    return 'not_required'
  if (outcome === 'deny') return 'refused'
  if (outcome === 'enrol') return 'must_enrol'
  if (rule === 'bypass') return 'exempt'
  if (rule === 'grace') return 'grace'
  return rule === 'channel_unconfigured' && outcome === 'skip' ? 'let_in' : 'ready'
}
