export interface Result {
  readonly job: string
  readonly contestant: string
  /** What is counted, such as `sign-ins a second`; more is better unless it says otherwise. */
  readonly unit: string
  readonly value: number
  readonly slowest: number
  readonly fastest: number
  readonly p99Milliseconds: number | null
  /** What was promised of this figure, and whether it held in this run. */
  readonly must: { readonly says: string; readonly held: boolean } | null
}
