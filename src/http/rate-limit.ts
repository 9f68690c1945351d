/** What is limited, by the names that stand in the headers. */
export type LimitName = 'passwords' | 'keys' | 'codes' | 'resend' | 'messages'

export interface Limit {
  readonly name: LimitName
  /** How often it may be done now. */
  readonly left: number
  /** Whole seconds until there is more. */
  readonly seconds: number
}

/** The value of a `RateLimit` header (draft-ietf-httpapi-ratelimit-headers-11). */
export function rateLimit({ name, left, seconds }: Limit): string {
  return `"${name}";r=${left};t=${seconds}`
}

/** The value of a `RateLimit-Policy` header: so many in so many seconds. */
export function rateLimitPolicy(name: LimitName, { quota, seconds }: { quota: number; seconds: number }): string {
  return `"${name}";q=${quota};w=${seconds}`
}
