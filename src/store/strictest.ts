import { METHODS, type Method } from '#domain/method.ts'
import { parseSetting, type SettingKey } from '#policy/settings.ts'
import type { Row } from './database.ts'

/** Told of each value that could not be read, like `role Clerk: methods_allowed`. */
export type Unread = (what: string) => void

/**
 * Reads the columns that say how much is asked of people. What a newer version wrote there, and this one does not understand, might be the
 * very thing that keeps somebody out: it is read as the strictest value there is (PO-09) and told to `unread`. An error would keep
 * out everybody at the site, whoever the row is about. Columns that have no strictest value are read by `columns.ts`, and fail.
 */
export function strictly(row: Row, whose: string, unread: Unread) {
  const instead = <T>(column: string, strictest: T): T => {
    unread(`${whose}: ${column}`)
    return strictest
  }
  return {
    flag(column: string, strictest: boolean): boolean {
      const value = row[column]
      return value === 0 || value === 1 ? value === 1 : instead(column, strictest)
    },

    /** A number that could as well be a value of this setting; null: no opinion. */
    number(column: string, key: SettingKey, strictest: number): number | null {
      const value = row[column]
      if (value === null) return null
      return parseSetting(key, value).ok ? (value as number) : instead(column, strictest)
    },

    /** Those that this version knows; null: no opinion. A list of none allows nothing. */
    methods(column: string): readonly Method[] | null {
      const value = row[column]
      if (value === null) return null
      const list = listOf(value)
      const known = METHODS.filter((method) => list?.includes(method))
      return list?.length === known.length ? known : instead(column, known)
    },

    /** Texts; null: no opinion. */
    texts(column: string): readonly string[] | null {
      const value = row[column]
      if (value === null) return null
      const list = listOf(value)
      return list?.every((each) => typeof each === 'string') ? list : instead(column, [])
    },
  }
}

function listOf(value: unknown): readonly unknown[] | null {
  try {
    const list: unknown = typeof value === 'string' ? JSON.parse(value) : null
    return Array.isArray(list) ? list : null
  } catch {
    return null
  }
}
