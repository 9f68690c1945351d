import type { Row, Value } from './database.ts'

/** Most answers that are kept; one more, and all are forgotten. */
const MOST = 10_000

/**
 * What statements about tables that seldom change have answered, within one process. It is exact: a statement of this connection that writes to
 * one of the tables makes it forget everything, and what others have written to the database shows in `versionElsewhere`, which is asked inside
 * each transaction that reads, and so about the very state that this one sees.
 */
export function rowsAtHand(versionElsewhere: () => unknown) {
  const answers = new Map<string, readonly Row[]>()
  const tables = new Set<string>()
  const named = new Map<string, readonly string[]>()
  let version: unknown
  let reading: 'no' | 'begun' | 'looked' = 'no'

  function look(): void {
    const now = versionElsewhere()
    if (now !== version) answers.clear()
    version = now
    reading = 'looked'
  }

  /** The tables that a statement reads or writes. Rows that go because they belong to a row of another table go with one that is kept, too. */
  function namesIn(sql: string): readonly string[] {
    const known = named.get(sql)
    if (known) return known
    const names = [...sql.matchAll(/\b(?:FROM|JOIN|INTO|UPDATE)\s+(\w+)/g)].map(([, name]) => String(name))
    named.set(sql, names)
    return names
  }

  return {
    /** A transaction that only reads begins. */
    begin(): void {
      reading = 'begun'
    },
    end(): void {
      reading = 'no'
    },
    /** The answer at hand, the same array as before, or the one that `read` gives. */
    rows(sql: string, params: readonly Value[], read: () => readonly Row[]): readonly Row[] {
      // What a transaction that writes reads may never come to be.
      if (reading === 'no') return read()
      if (reading === 'begun') look()
      const key = `${sql} ${JSON.stringify(params)}`
      const known = answers.get(key)
      if (known) return known
      const rows = read()
      for (const name of namesIn(sql)) tables.add(name)
      if (answers.size >= MOST) answers.clear()
      answers.set(key, rows)
      return rows
    },
    /** This connection is about to run a statement that writes. */
    writes(sql: string): void {
      if (namesIn(sql).some((name) => tables.has(name))) answers.clear()
    },
    /** This connection is about to run what may write anything. */
    forget(): void {
      answers.clear()
    },
  }
}
