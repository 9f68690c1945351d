import type { Result } from './result.ts'
import { rounded } from './table.ts'

const [WIDTH, HEIGHT] = [720, 360]
const EDGE = { left: 80, right: 200, top: 40, bottom: 50 }
/** Told apart by everybody, in print too: each line has marks of its own colour and its name at its end. */
const COLOURS = ['#1864ab', '#d9480f', '#2b8a3e', '#862e9c', '#495057', '#c2255c']

/** How figures grow with the rows: a line for each contestant, both axes by powers of ten. A picture in SVG. */
export function plot(title: string, results: readonly Result[]): string {
  const points = results.flatMap(({ rows, value }) => (rows === null ? [] : [{ rows, value }]))
  const x = axis(points.map(({ rows }) => rows))
  const y = axis(points.map(({ value }) => value))
  const across = (rows: number): number => EDGE.left + x.share(rows) * (WIDTH - EDGE.left - EDGE.right)
  const up = (value: number): number => HEIGHT - EDGE.bottom - y.share(value) * (HEIGHT - EDGE.top - EDGE.bottom)
  const parts = [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" font-family="sans-serif" font-size="12">`,
    `<title>${escaped(title)}</title>`,
    `<rect width="${WIDTH}" height="${HEIGHT}" fill="#ffffff"/>`,
    text(EDGE.left, 20, title, 'font-size="14" font-weight="bold"'),
    ...x.ticks.map((tick) => line(across(tick), up(y.ticks[0] ?? 1), across(tick), up(y.ticks.at(-1) ?? 1), '#e9ecef')),
    ...x.ticks.map((tick) => text(across(tick), HEIGHT - EDGE.bottom + 18, said(tick), 'text-anchor="middle"')),
    ...y.ticks.map((tick) => line(EDGE.left, up(tick), WIDTH - EDGE.right, up(tick), '#e9ecef')),
    ...y.ticks.map((tick) => text(EDGE.left - 8, up(tick) + 4, said(tick), 'text-anchor="end"')),
    text((EDGE.left + WIDTH - EDGE.right) / 2, HEIGHT - 10, 'rows', 'text-anchor="middle"'),
  ]
  const names = [...Map.groupBy(results, ({ contestant }) => contestant)]
  const ends = apart(names.map(([, each]) => up(each.at(-1)?.value ?? 1)))
  for (const [at, [name, each]] of names.entries()) {
    const colour = COLOURS[at % COLOURS.length] ?? '#000000'
    const dots = each.map(({ rows, value }) => [across(rows ?? 1), up(value)] as const)
    const path = dots.map(([left, top]) => `${left.toFixed(1)},${top.toFixed(1)}`).join(' ')
    parts.push(`<polyline points="${path}" fill="none" stroke="${colour}" stroke-width="2"/>`)
    for (const [left, top] of dots)
      parts.push(`<circle cx="${left.toFixed(1)}" cy="${top.toFixed(1)}" r="3.5" fill="${colour}"/>`)
    const label = `${name}: ${rounded(each.at(-1)?.value ?? 0)}`
    parts.push(text(WIDTH - EDGE.right + 10, (ends[at] ?? 0) + 4, label, `fill="${colour}" font-size="11"`))
  }
  return `${[...parts, '</svg>'].join('\n')}\n`
}

/** From the power of ten below the least to the one above the most. */
function axis(values: readonly number[]): { ticks: readonly number[]; share: (value: number) => number } {
  const low = Math.floor(Math.log10(Math.min(...values)))
  const high = Math.max(low + 1, Math.ceil(Math.log10(Math.max(...values))))
  return {
    ticks: Array.from({ length: high - low + 1 }, (_, each) => 10 ** (low + each)),
    share: (value) => (Math.log10(value) - low) / (high - low),
  }
}

/** Names at the ends of the lines, none over another. */
function apart(places: readonly number[]): readonly number[] {
  const moved = [...places]
  let last = Number.NEGATIVE_INFINITY
  for (const at of [...places.keys()].sort((a, b) => (places[a] ?? 0) - (places[b] ?? 0))) {
    last = Math.max(places[at] ?? 0, last + 15)
    moved[at] = last
  }
  return moved
}

function line(x1: number, y1: number, x2: number, y2: number, stroke: string): string {
  const [a, b, c, d] = [x1, y1, x2, y2].map((each) => each.toFixed(1))
  return `<line x1="${a}" y1="${b}" x2="${c}" y2="${d}" stroke="${stroke}"/>`
}

function text(x: number, y: number, words: string, more: string): string {
  return `<text x="${x.toFixed(1)}" y="${y.toFixed(1)}" ${more}>${escaped(words)}</text>`
}

function said(tick: number): string {
  return tick >= 1 ? tick.toLocaleString('en') : String(Number(tick.toPrecision(1)))
}

function escaped(words: string): string {
  return words.replaceAll('&', '&amp;').replaceAll('<', '&lt;')
}
