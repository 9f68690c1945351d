import type { DecisionView } from '#domain/decision.ts'
import type { Decision, RuleName } from './decision.ts'
import { viewDecision } from './decision.ts'
import { PASSED_OVER, REASONS } from './reasons.ts'

export interface ExplainedRule {
  readonly rule: RuleName
  readonly applied: boolean
  readonly because: string
  readonly sentence: string
}

export interface Explanation {
  readonly decision: DecisionView
  readonly sentence: string
  readonly rules: readonly ExplainedRule[]
}

/** The trail of a decision in words. It reads what `decide` noted on its way and evaluates nothing itself. */
export function explain(decision: Decision): Explanation {
  const before = decision.passedOver.map(({ rule, because }) => ({
    rule,
    applied: false,
    because,
    sentence: PASSED_OVER[because],
  }))
  const sentence = REASONS[decision.reason]
  return {
    decision: viewDecision(decision),
    sentence,
    rules: [...before, { rule: decision.rule, applied: true, because: decision.reason, sentence }],
  }
}
