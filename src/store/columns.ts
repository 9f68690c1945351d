import type { Row } from './database.ts'

/** A stored row holds what this version cannot read: the database was changed by other hands. */
export class DamagedRow extends Error {
  override readonly name = 'DamagedRow'
}

export function text(row: Row, column: string): string {
  const value = row[column]
  return typeof value === 'string' ? value : damaged(column, 'a text')
}

export function textOrNull(row: Row, column: string): string | null {
  return row[column] === null ? null : text(row, column)
}

export function integer(row: Row, column: string): number {
  const value = row[column]
  return typeof value === 'number' && Number.isSafeInteger(value) ? value : damaged(column, 'a whole number')
}

export function integerOrNull(row: Row, column: string): number | null {
  return row[column] === null ? null : integer(row, column)
}

export function flag(row: Row, column: string): boolean {
  const value = row[column]
  return value === 0 || value === 1 ? value === 1 : damaged(column, '0 or 1')
}

export function flagOrNull(row: Row, column: string): boolean | null {
  return row[column] === null ? null : flag(row, column)
}

/** A text of a closed list. */
export function word<W extends string>(row: Row, column: string, list: readonly W[]): W {
  const value = text(row, column)
  return list.find((each) => each === value) ?? damaged(column, `one of ${list.join(', ')}`)
}

export function number<N extends number>(row: Row, column: string, list: readonly N[]): N {
  const value = integer(row, column)
  return list.find((each) => each === value) ?? damaged(column, `one of ${list.join(', ')}`)
}

/** An id with its prefix, such as `usr_…`. */
export function id<P extends string>(row: Row, column: string, prefix: P): `${P}_${string}` {
  const value = text(row, column)
  return isId(value, prefix) ? value : damaged(column, `an id that begins with ${prefix}_`)
}

export function idOrNull<P extends string>(row: Row, column: string, prefix: P): `${P}_${string}` | null {
  return row[column] === null ? null : id(row, column, prefix)
}

function isId<P extends string>(value: string, prefix: P): value is `${P}_${string}` {
  return value.startsWith(`${prefix}_`)
}

export function json(row: Row, column: string): unknown {
  try {
    return JSON.parse(text(row, column)) as unknown
  } catch (error) {
    if (error instanceof DamagedRow) throw error
    return damaged(column, 'JSON')
  }
}

/** JSON of a union that is told apart by one member; only that member is checked: it was written by us, from the same type. */
export function union<T>(row: Row, column: string, member: keyof T & string, list: readonly string[]): T {
  const value = json(row, column)
  return isOneOf(value, member, list)
    ? (value as T)
    : damaged(column, `JSON with a ${member} out of ${list.join(', ')}`)
}

export function listOf<T>(row: Row, column: string, check: (each: unknown) => boolean): readonly T[] {
  const value = json(row, column)
  return Array.isArray(value) && value.every(check)
    ? (value as readonly T[])
    : damaged(column, 'a JSON list of known values')
}

export function isOneOf(value: unknown, member: string, list: readonly string[]): boolean {
  if (typeof value !== 'object' || value === null) return false
  const found: unknown = Reflect.get(value, member)
  return typeof found === 'string' && list.includes(found)
}

function damaged(column: string, expected: string): never {
  throw new DamagedRow(`the column ${column} of a stored row is not ${expected}`)
}
