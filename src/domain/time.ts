/** A moment: milliseconds since 1970-01-01T00:00:00Z. Always UTC; a time zone exists only where a person reads it. */
export type Instant = number

/** A length of time in milliseconds. */
export type Duration = number

export const seconds = (count: number): Duration => count * 1_000
export const minutes = (count: number): Duration => count * 60_000
export const hours = (count: number): Duration => count * 3_600_000
export const days = (count: number): Duration => count * 86_400_000

/** The calendar month of a moment, in UTC: its first moment, and that of the next one. */
export function monthOf(at: Instant): { readonly from: Instant; readonly until: Instant } {
  const date = new Date(at)
  const [year, month] = [date.getUTCFullYear(), date.getUTCMonth()]
  return { from: Date.UTC(year, month), until: Date.UTC(year, month + 1) }
}

/** RFC 3339 in UTC, as the API and the audit log write it. */
export function rfc3339(at: Instant): string {
  return new Date(at).toISOString()
}
