import { integer } from './columns.ts'
import { one, type Work } from './database.ts'

/** The number a statement answers as `n`. */
export function* count(statement: string, ...params: readonly (string | number)[]): Work<number> {
  const row = yield* one(statement, ...params)
  return row === undefined ? 0 : integer(row, 'n')
}
