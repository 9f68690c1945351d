import { CsvError, parse } from 'csv-parse/sync'

/** A table as a file has it: all cells are text, and every row knows the line of the file it begins on. */
export interface CsvTable {
  readonly header: readonly string[]
  readonly rows: readonly CsvRow[]
}

export interface CsvRow {
  readonly line: number
  readonly cells: readonly string[]
}

export type ReadCsv =
  | { readonly kind: 'table'; readonly table: CsvTable }
  | { readonly kind: 'unreadable'; readonly line: number; readonly problem: string }

interface Parsed {
  readonly record: readonly string[]
  readonly info: { readonly lines: number }
}

/**
 * Reads a table with a header, separated by commas or, as spreadsheets of many countries write it, by semicolons. A byte-order
 * mark and empty lines are passed over. Rows longer or shorter than the header are left to whoever knows what they mean.
 */
export function readCsv(text: string): ReadCsv {
  try {
    const records = parse(text, {
      bom: true,
      delimiter: separatorOf(text),
      info: true,
      relax_column_count: true,
    }) as unknown as readonly Parsed[]
    const rows: CsvRow[] = []
    let line = 1
    for (const { record, info } of records) {
      if (record.some((cell) => cell.trim() !== '')) rows.push({ line, cells: record })
      // What is told is the line a record ends on: a cell between quotes may have several.
      line = info.lines + 1
    }
    const [header, ...others] = rows
    if (header === undefined) return { kind: 'unreadable', line: 1, problem: 'there is no header: the file is empty' }
    return { kind: 'table', table: { header: header.cells, rows: others } }
  } catch (error) {
    if (!(error instanceof CsvError)) throw error
    return { kind: 'unreadable', line: Number(error['lines'] ?? 1), problem: problemOf(error.code) }
  }
}

/** By the header, whose names have neither in them. */
function separatorOf(text: string): ',' | ';' {
  const [header = ''] = text.split(/\r?\n/, 1)
  return header.split(';').length > header.split(',').length ? ';' : ','
}

function problemOf(code: string): string {
  switch (code) {
    case 'CSV_QUOTE_NOT_CLOSED':
      return 'a quotation mark is opened and never closed'
    case 'CSV_INVALID_CLOSING_QUOTE':
      return 'text follows a closing quotation mark; inside a cell it is written twice'
    case 'INVALID_OPENING_QUOTE':
      return 'a quotation mark stands in the middle of a cell; such a cell is put between quotation marks as a whole'
    default:
      return 'this is not CSV'
  }
}
