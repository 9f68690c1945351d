import type { CsvTable } from '#csv/read-csv.ts'
import { collector } from './collect.ts'
import type { Moved } from './moved.ts'
import { readOtpauth } from './otpauth-list.ts'

/** The columns of a table of authenticator apps: who, and either an otpauth address or a secret in base32 with its parameters. */
export const APP_COLUMNS = ['username', 'otpauth', 'secret', 'digits', 'algorithm', 'period'] as const
type AppColumn = (typeof APP_COLUMNS)[number]

/** Authenticator apps from a table with a header. An otpauth address brings its parameters; the user may be the account in it. */
export function readAppTable({ header, rows }: CsvTable): Moved {
  const collected = collector()
  const columns = header.map((cell) => APP_COLUMNS.find((each) => each === cell.trim().toLowerCase()))
  for (const [index, cell] of header.entries()) {
    if (columns[index] === undefined)
      collected.problem(
        1,
        '',
        cell.trim() || `column ${index + 1}`,
        `there is no such column; known: ${APP_COLUMNS.join(', ')}`,
      )
    else if (columns.indexOf(columns[index]) !== index)
      collected.problem(1, '', cell.trim(), 'stands in the header twice')
  }
  if (!columns.includes('otpauth') && !columns.includes('secret'))
    collected.problem(1, '', 'secret', 'is missing in the header, and so is otpauth')
  for (const { line, cells } of rows) {
    if (cells.length !== columns.length) {
      collected.problem(line, '', 'row', `has ${cells.length} cells where the header has ${columns.length}`)
      continue
    }
    const cell = (name: AppColumn): string => cells[columns.indexOf(name)]?.trim() ?? ''
    const username = cell('username')
    if (cell('otpauth') !== '') readOtpauth(collected, line, cell('otpauth'), username || undefined)
    else {
      const [digits, algorithm, period] = [cell('digits'), cell('algorithm'), cell('period')]
      collected.app({ line, username, secret: cell('secret'), form: 'base32', digits, algorithm, period })
    }
  }
  return collected.end()
}
