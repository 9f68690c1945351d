import type { Decision, RuleName } from './decision.ts'
import type { Facts } from './facts.ts'
import type { PassedOver } from './reasons.ts'
import { RULES } from './rules.ts'

/**
 * The one decision: whether this sign-in is let through, challenged, led to enrolment or refused. Pure and total. The sign-in,
 * the access check, the second-factor API, explain and the preview all call it; there is no second evaluation that could drift.
 */
export function decide(facts: Facts): Decision {
  const passedOver: { rule: RuleName; because: PassedOver }[] = []
  for (const [rule, ask] of RULES) {
    const said = ask(facts)
    if (typeof said !== 'string') return { ...said, rule, passedOver }
    passedOver.push({ rule, because: said })
  }
  throw new Error('the last rule must always rule')
}
