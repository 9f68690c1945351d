import type { Result } from './result.ts'

/** The results for people: a block a job, with each contestant's share of the first one's figure. */
export function table(results: readonly Result[]): string {
  const lines: string[] = []
  for (const [job, rows] of Map.groupBy(results, (result) => result.job)) {
    lines.push('', `${job}, ${rows[0]?.unit ?? ''}`)
    const own = rows.find(({ contestant }) => contestant === 'countersign')?.value
    for (const { contestant, value, slowest, fastest, p99Milliseconds, must } of rows) {
      const ratio =
        own === undefined || contestant === 'countersign' ? '' : `countersign is ${(own / value).toFixed(2)} ×`
      const p99 = p99Milliseconds === null ? '' : `p99 ${p99Milliseconds.toFixed(1)} ms`
      const promise = must === null ? '' : `${must.held ? 'held  ' : 'MISSED'} ${must.says}`
      const figures = `${round(value).padStart(10)}  (${round(slowest)} to ${round(fastest)})`
      lines.push(`  ${contestant.padEnd(24)}${figures.padEnd(34)} ${p99.padEnd(14)} ${ratio}${promise}`.trimEnd())
    }
  }
  return `${lines.join('\n')}\n`
}

function round(value: number): string {
  return value >= 100 ? String(Math.round(value)) : value.toPrecision(3)
}
