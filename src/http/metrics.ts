/** Seconds; a sign-in with its password hash takes tenths, a session check tenths of thousandths. */
const BUCKETS = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10] as const

type Labels = Readonly<Record<string, string>>

export interface Metrics {
  /** One more of something that only grows. */
  count(name: CounterName, labels: Labels): void
  /** How long something took, in seconds. */
  took(name: HistogramName, labels: Labels, seconds: number): void
  /** All of it in the text format of Prometheus (version 0.0.4), with what only the moment of asking knows. */
  text(now: readonly Gauge[]): string
}

export interface Gauge {
  readonly name: string
  readonly says: string
  readonly value: number
  readonly labels?: Labels
  /** Only what grows for as long as the process lives is a counter. */
  readonly type?: 'gauge' | 'counter'
}

/** Every figure of our own, with the sentence that dashboards show. */
export const COUNTERS = {
  countersign_http_requests_total: 'Requests answered, by door and class of status.',
  countersign_events_total: 'Events written to audit logs, by name.',
  countersign_conflicts_total: 'Commits that lost a race and were decided again.',
} as const
export type CounterName = keyof typeof COUNTERS

export const HISTOGRAMS = {
  countersign_http_request_seconds: 'Time from the request to its answer, by door.',
} as const
export type HistogramName = keyof typeof HISTOGRAMS

/** Counts in memory, for one process. Labels are closed lists of ours, never what somebody sent: their number is bounded. */
export function createMetrics(): Metrics {
  const counters = new Map<string, Map<string, number>>()
  const histograms = new Map<string, Map<string, { buckets: number[]; sum: number; count: number }>>()

  return {
    count(name, labels) {
      const series = seriesOf(counters, name)
      const key = written(labels)
      series.set(key, (series.get(key) ?? 0) + 1)
    },

    took(name, labels, seconds) {
      const series = seriesOf(histograms, name)
      const key = written(labels)
      const known = series.get(key) ?? { buckets: BUCKETS.map(() => 0), sum: 0, count: 0 }
      for (const [index, limit] of BUCKETS.entries())
        if (seconds <= limit) known.buckets[index] = (known.buckets[index] ?? 0) + 1
      known.sum += seconds
      known.count += 1
      series.set(key, known)
    },

    text(now) {
      const lines: string[] = []
      for (const { name, says, value, labels = {}, type = 'gauge' } of now)
        lines.push(...head(name, says, type), `${name}${braces(written(labels))} ${value}`)
      for (const [name, says] of Object.entries(COUNTERS)) {
        lines.push(...head(name, says, 'counter'))
        for (const [labels, value] of counters.get(name) ?? []) lines.push(`${name}${braces(labels)} ${value}`)
      }
      for (const [name, says] of Object.entries(HISTOGRAMS)) {
        lines.push(...head(name, says, 'histogram'))
        for (const [labels, { buckets, sum, count }] of histograms.get(name) ?? []) {
          const among = (limit: string): string =>
            braces([labels, `le="${limit}"`].filter((each) => each !== '').join(','))
          for (const [index, limit] of BUCKETS.entries())
            lines.push(`${name}_bucket${among(String(limit))} ${buckets[index]}`)
          lines.push(`${name}_bucket${among('+Inf')} ${count}`, `${name}_sum${braces(labels)} ${sum}`)
          lines.push(`${name}_count${braces(labels)} ${count}`)
        }
      }
      return `${lines.join('\n')}\n`
    },
  }
}

function seriesOf<Value>(all: Map<string, Map<string, Value>>, name: string): Map<string, Value> {
  const known = all.get(name)
  if (known) return known
  const made = new Map<string, Value>()
  all.set(name, made)
  return made
}

function head(name: string, says: string, type: string): readonly string[] {
  return [`# HELP ${name} ${says}`, `# TYPE ${name} ${type}`]
}

function written(labels: Labels): string {
  return Object.entries(labels)
    .map(
      ([name, value]) => `${name}="${value.replaceAll(/[\\"\n]/g, (each) => (each === '\n' ? '\\n' : `\\${each}`))}"`,
    )
    .join(',')
}

function braces(labels: string): string {
  return labels === '' ? '' : `{${labels}}`
}
