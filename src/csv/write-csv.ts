/** What a cell can hold; null is an empty one. */
export type Cell = string | number | boolean | null

/**
 * Signs with which a spreadsheet takes a cell for a formula and runs it: = + - @, tab, line breaks, and the wide forms of the
 * first four (OWASP, CSV injection). What people type as their names ends up in files that administrators open.
 */
const RUNS = /^[=+\-@\t\r\n\uff1d\uff0b\uff0d\uff20]/

/** One line of RFC 4180, with its line break. Text that a spreadsheet would run gets an apostrophe before it. */
export function csvLine(cells: readonly Cell[]): string {
  return `${cells.map(cellText).join(',')}\r\n`
}

/** A table of records that all have the same keys; the keys are the header. */
export function csvTable(columns: readonly string[], records: Iterable<Readonly<Record<string, Cell>>>): string {
  const lines = [csvLine(columns)]
  for (const record of records) lines.push(csvLine(columns.map((column) => record[column] ?? null)))
  return lines.join('')
}

function cellText(cell: Cell): string {
  if (cell === null) return ''
  if (typeof cell !== 'string') return String(cell)
  const safe = RUNS.test(cell) ? `'${cell}` : cell
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}
