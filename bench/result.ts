export interface Result {
  readonly job: string
  /** How many rows there were, where that is the question. */
  readonly rows: number | null
  readonly contestant: string
  /** What is counted, such as `sign-ins a second`; more is better unless it says `less is better`. */
  readonly unit: string
  readonly value: number
  readonly slowest: number
  readonly fastest: number
  readonly p99Milliseconds: number | null
  /** CPU time of the server for each answer, in microseconds; null: it was not counted. */
  readonly cpu: number | null
  /** What was promised of this figure, or aimed at, and whether it held in this run. */
  readonly must: Promised | null
}

export interface Promised {
  readonly says: string
  readonly held: boolean
  /** The aim goes beyond what was promised. */
  readonly only: 'must' | 'aim'
}

/** One figure out of several rounds: their middle, and how far they lie apart. */
export function figure(
  of: { readonly job: string; readonly contestant: string; readonly unit: string; readonly rows?: number },
  rounds: readonly number[],
  must: Promised | null = null,
): Result {
  const sorted = rounds.toSorted((a, b) => a - b)
  const [low, high] = [sorted[0] ?? 0, sorted.at(-1) ?? 0]
  const less = of.unit.includes('less is better')
  return {
    rows: null,
    ...of,
    value: middle(rounds),
    slowest: less ? high : low,
    fastest: less ? low : high,
    p99Milliseconds: null,
    cpu: null,
    must,
  }
}

export function middle(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0
}
