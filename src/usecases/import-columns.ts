import type { UserKind } from '#domain/user.ts'
import { nearest } from '#policy/nearest.ts'
import type { FieldProblem, UserFields } from './user-input.ts'

/** The columns an import of users may have; `username` is the one it must have. */
export const IMPORT_COLUMNS = [
  'username',
  'display_name',
  'email',
  'phone',
  'kind',
  'roles',
  'language',
  'two_factor_app',
  'two_factor_email',
  'two_factor_sms',
] as const
export type ImportColumn = (typeof IMPORT_COLUMNS)[number]

export interface ReadHeader {
  /** What each cell of a row is; undefined: nobody knows. */
  readonly columns: readonly (ImportColumn | undefined)[]
  readonly problems: readonly FieldProblem[]
}

/** The names in a header, whatever their case; `Display Name` is display_name. */
export function readHeader(header: readonly string[]): ReadHeader {
  const problems: FieldProblem[] = []
  const columns = header.map((cell, index) => {
    const typed = cell
      .trim()
      .toLowerCase()
      .replaceAll(/[\s-]+/g, '_')
    const column = IMPORT_COLUMNS.find((each) => each === typed)
    if (column === undefined)
      problems.push({ field: cell.trim() || `column ${index + 1}`, problem: unknownColumn(typed) })
    return column
  })
  for (const column of IMPORT_COLUMNS)
    if (columns.filter((each) => each === column).length > 1)
      problems.push({ field: column, problem: 'stands in the header more than once' })
  if (!columns.includes('username')) problems.push({ field: 'username', problem: 'is missing in the header' })
  return { columns, problems }
}

function unknownColumn(typed: string): string {
  if (typed === 'password') return 'passwords are not imported: people get theirs one by one'
  const meant = nearest(typed, IMPORT_COLUMNS)
  return `there is no such column${meant === undefined ? `; known: ${IMPORT_COLUMNS.join(', ')}` : `; did you mean ${meant}?`}`
}

export interface ReadRow {
  readonly username: string
  readonly fields: UserFields
  readonly problems: readonly FieldProblem[]
}

/** A row as the fields of a user. An empty cell says nothing, so that what holds for a new user holds. */
export function readRow(columns: ReadHeader['columns'], cells: readonly string[]): ReadRow {
  const problems: FieldProblem[] = []
  if (cells.length !== columns.length) {
    const problem = `has ${cells.length} cells where the header has ${columns.length}; commas and line breaks inside a cell need quotation marks`
    return { username: '', fields: {}, problems: [{ field: 'row', problem }] }
  }
  const cell = (column: ImportColumn): string => cells[columns.indexOf(column)]?.trim() ?? ''
  const given = <T>(column: ImportColumn, read: (text: string) => T): T | undefined =>
    cell(column) === '' ? undefined : read(cell(column))
  const flag = (column: ImportColumn): boolean | undefined =>
    given(column, (text) => {
      const on = readFlag(text)
      if (on === undefined) problems.push({ field: column, problem: `is yes or no, not "${text}"` })
      return on
    })
  const fields: UserFields = {
    displayName: given('display_name', (text) => text),
    email: given('email', (text) => text),
    phone: given('phone', (text) => text),
    kind: given('kind', (text) => text.toLowerCase() as UserKind),
    roles: given('roles', rolesIn),
    language: given('language', (text) => text),
    twoFactorApp: flag('two_factor_app'),
    twoFactorEmail: flag('two_factor_email'),
    twoFactorSms: flag('two_factor_sms'),
  }
  return { username: cell('username'), fields, problems }
}

function readFlag(text: string): boolean | undefined {
  const word = text.toLowerCase()
  if (['yes', 'true', 'on', '1', 'x'].includes(word)) return true
  return ['no', 'false', 'off', '0'].includes(word) ? false : undefined
}

/** Each once; somebody who lists a role twice holds it once. */
function rolesIn(text: string): readonly string[] {
  const names = text.split(/[|,]/).map((name) => name.trim())
  return [...new Set(names.filter((name) => name !== ''))]
}
