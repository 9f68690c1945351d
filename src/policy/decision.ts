import type { DecisionView } from '#domain/decision.ts'
import type { Method } from '#domain/method.ts'
import { type Instant, rfc3339 } from '#domain/time.ts'
import type { PassedOver, Reason } from './reasons.ts'
import type { Level } from './settings.ts'

/** The rules in the order in which they are asked; `rules.ts` holds what each of them says. */
export const RULE_NAMES = [
  'site_off',
  'api_path',
  'external',
  'website_user',
  'not_required',
  'bypass',
  'trusted_network',
  'remembered_device',
  'methods',
  'channel_unconfigured',
  'grace',
  'enrol',
  'no_method',
] as const
export type RuleName = (typeof RULE_NAMES)[number]

/** Where an authenticator app may be bound. */
export type EnrolmentChannel = 'screen' | 'email_link' | 'both'

interface Because {
  readonly reason: Reason
  readonly setting?: string
  readonly level?: Level
  /** Until when it holds, if it ends by itself. */
  readonly until?: Instant
  /** Since when it holds. */
  readonly since?: Instant
}

export type Ruling =
  | (Because & { readonly outcome: 'skip' })
  | (Because & { readonly outcome: 'challenge'; readonly methods: readonly [Method, ...Method[]] })
  | (Because & { readonly outcome: 'enrol'; readonly channel: EnrolmentChannel })
  | (Because & { readonly outcome: 'deny' })

export type Decision = Ruling & {
  readonly rule: RuleName
  /** The rules asked before, and why each of them did not decide. */
  readonly passedOver: readonly { readonly rule: RuleName; readonly because: PassedOver }[]
}

export type Outcome = Decision['outcome']

/** What is shown of a decision. */
export function viewDecision(decision: Decision): DecisionView {
  return {
    outcome: decision.outcome,
    rule: decision.rule,
    reason: decision.reason,
    ...(decision.setting === undefined ? {} : { setting: decision.setting }),
    ...(decision.level === undefined ? {} : { level: decision.level }),
    ...(decision.until === undefined ? {} : { until: rfc3339(decision.until) }),
  }
}
