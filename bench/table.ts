import type { Result } from './result.ts'

/** The results for people: a block a job, with what the first contestant's figure is of each other one's. */
export function table(results: readonly Result[]): string {
  const lines: string[] = []
  for (const [job, rows] of Map.groupBy(results, (result) => result.job)) {
    lines.push('', `${job}, ${rows[0]?.unit ?? ''}`)
    for (const row of rows) {
      const { contestant, rows: count, value, slowest, fastest, p99Milliseconds, cpu, must } = row
      const name = count === null ? contestant : `${contestant}, ${count.toLocaleString('en')} rows`
      const spread = slowest === fastest ? '' : `(${rounded(slowest)} to ${rounded(fastest)})`
      const more = [
        p99Milliseconds === null ? '' : `p99 ${rounded(p99Milliseconds)} ms`,
        cpu === null ? '' : `${rounded(cpu)} µs CPU each`,
        comparison(row, rows),
        must === null ? '' : `${verdict(must)} ${must.says}`,
      ]
      lines.push(
        `  ${name.padEnd(46)} ${rounded(value).padStart(9)}  ${[spread, ...more].filter((each) => each !== '').join('  ')}`.trimEnd(),
      )
    }
  }
  return `${lines.join('\n')}\n`
}

/** What the first contestant's figure is of this one's, where they did the same with as many rows. */
export function comparison(row: Result, rows: readonly Result[]): string {
  const own = rows.find(({ contestant, rows: count }) => contestant === 'countersign' && count === row.rows)
  return own === undefined || own === row ? '' : `countersign is ${(own.value / row.value).toFixed(2)} ×`
}

export function verdict({ held, only }: NonNullable<Result['must']>): string {
  return only === 'aim' ? (held ? 'aim reached:' : 'aim not reached:') : held ? 'held:' : 'MISSED:'
}

export function rounded(value: number): string {
  return value >= 100 ? Math.round(value).toLocaleString('en') : value.toPrecision(3)
}
