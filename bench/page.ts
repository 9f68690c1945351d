import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { plot } from './plot.ts'
import type { Result } from './result.ts'
import { comparison, rounded, verdict } from './table.ts'

/** What was measured, where. */
export interface Run {
  readonly at: string
  /** A second of each job: whether it runs, not how fast. */
  readonly quick: boolean
  readonly machine: {
    readonly cpu: string
    readonly cores: number
    readonly memory: number
    readonly node: string
    readonly system: string
  }
  readonly results: readonly Result[]
}

const DOCS = join(import.meta.dirname, '../docs')
const PAGE = join(DOCS, 'performance.md')
/** What stands between these two headings is the bench's own. */
const [BEGIN, END] = ['## Measured\n', '## How it is measured\n']

/** Writes a run into docs/performance.md, with its plots and the figures as JSON beside it. */
export function writePage(run: Run): void {
  const page = readFileSync(PAGE, 'utf8')
  const [begin, end] = [page.indexOf(BEGIN) + BEGIN.length, page.indexOf(END)]
  if (begin < BEGIN.length || end < begin) throw new Error(`${PAGE} has lost one of its headings`)
  const { text, plots } = measured(run)
  for (const { file, svg } of plots) {
    mkdirSync(dirname(join(DOCS, file)), { recursive: true })
    writeFileSync(join(DOCS, file), svg)
  }
  writeFileSync(PAGE, `${page.slice(0, begin)}\n${text}\n${page.slice(end)}`)
  writeFileSync(join(DOCS, 'performance.json'), `${JSON.stringify(run, null, 2)}\n`)
}

interface Plotted {
  readonly file: string
  readonly svg: string
}

/** The part of the page that a run says, in the Markdown of our pages. */
export function measured({ at, quick, machine, results }: Run): {
  readonly text: string
  readonly plots: readonly Plotted[]
} {
  const { cpu, cores, memory, node, system } = machine
  const gigabytes = Math.round(memory / 2 ** 30)
  const lines = [
    `On ${at.slice(0, 10)}: ${cores} processors of ${cpu}, ${gigabytes} GB, ${system}, Node.js ${node}. Servers, databases and whoever asks them share the machine.`,
    '',
    ...(quick
      ? ['This was a second of each job, on a busy machine: the figures show that the jobs run, not how fast.', '']
      : []),
    '### Where we are behind',
    '',
    ...behind(results),
  ]
  const plots: Plotted[] = []
  for (const [job, rows] of Map.groupBy(results, (result) => result.job)) {
    lines.push('', `### ${job[0]?.toUpperCase()}${job.slice(1)}`, '', `${capital(rows[0]?.unit ?? '')}.`, '')
    lines.push(...tableOf(rows))
    if (new Set(rows.map(({ rows: count }) => count)).size < 2) continue
    const file = `pictures/performance-${job.replaceAll(/[^a-z]+/g, '-')}.svg`
    plots.push({ file, svg: plot(`${job}: ${rows[0]?.unit}`, rows) })
    lines.push('', `![${job}](${file})`)
  }
  return { text: `${lines.join('\n')}\n`, plots }
}

/** Each promise that this run did not keep, with its figure. */
function behind(results: readonly Result[]): readonly string[] {
  const missed = results.flatMap(({ job, contestant, rows, value, must }) =>
    must === null || must.held
      ? []
      : [
          `- ${job}, ${contestant}${rows === null ? '' : ` at ${rows.toLocaleString('en')} rows`}: ${
            must.only === 'aim' ? 'the aim' : 'the promise'
          } ${must.says} was not reached (its own figure: ${rounded(value)}).`,
        ],
  )
  return missed.length === 0 ? ['Nowhere: every promise and every aim was reached in this run.'] : missed
}

function tableOf(rows: readonly Result[]): readonly string[] {
  const shown = [
    { head: '', cell: ({ contestant }: Result) => contestant },
    { head: 'rows', cell: ({ rows: count }: Result) => count?.toLocaleString('en') ?? '' },
    { head: 'figure', cell: ({ value }: Result) => rounded(value) },
    {
      head: 'slowest to fastest',
      cell: ({ slowest, fastest }: Result) => (slowest === fastest ? '' : `${rounded(slowest)} to ${rounded(fastest)}`),
    },
    { head: 'p99', cell: ({ p99Milliseconds: p99 }: Result) => (p99 === null ? '' : `${rounded(p99)} ms`) },
    { head: 'CPU each', cell: ({ cpu }: Result) => (cpu === null ? '' : `${rounded(cpu)} µs`) },
    { head: 'compared', cell: (row: Result) => comparison(row, rows) },
    { head: 'promised', cell: ({ must }: Result) => (must === null ? '' : `${verdict(must)} ${must.says}`) },
  ]
  const used = shown.filter(({ cell }, column) => column === 0 || rows.some((row) => cell(row) !== ''))
  return [
    row(used.map(({ head }) => head)),
    row(used.map((_, column) => (column === 0 ? '---' : '---:'))),
    ...rows.map((each) => row(used.map(({ cell }) => cell(each)))),
  ]
}

function row(cells: readonly string[]): string {
  return `| ${cells.join(' | ')} |`
}

function capital(words: string): string {
  return `${words[0]?.toUpperCase() ?? ''}${words.slice(1)}`
}
