/** A decision of the policy as it is shown everywhere: in the API, in the audit log, by explain. */
export interface DecisionView {
  readonly outcome: 'skip' | 'challenge' | 'enrol' | 'deny'
  readonly rule: string
  readonly reason: string
  readonly setting?: string
  readonly level?: string
  /** RFC 3339; when it ends by itself. */
  readonly until?: string
}
