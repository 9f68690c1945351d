import type { SiteId } from '#domain/id.ts'

export type Value = string | number | null

export type Row = Readonly<Record<string, unknown>>

/** One thing asked of the database: rows, a number of changed rows, or a script of several statements without parameters. */
export type Ask =
  | { readonly kind: 'all'; readonly sql: string; readonly params: readonly Value[]; readonly seldomChanges?: true }
  | { readonly kind: 'run'; readonly sql: string; readonly params: readonly Value[] }
  | { readonly kind: 'script'; readonly sql: string }

export interface Answer {
  readonly rows: readonly Row[]
  readonly changed: number
}

/**
 * What happens inside a transaction, as a generator: it yields what it asks and is given the answer. The same work is run by
 * SQLite in one turn of the event loop, so that nothing else gets in between on its one connection, and by PostgreSQL with an
 * `await` at every question. It may be run once only and must wait for nothing but its answers.
 */
export type Work<T> = Generator<Ask, T, Answer>

/** For what belongs to no single site: the server's own values, the list of sites, and rows that are found by an id alone. */
export const EVERY_SITE = '*' as const

/** Every transaction says whose rows it is about. */
export type Scope = SiteId | typeof EVERY_SITE

/** A database that speaks the statements of `statements.ts`: `?` for a parameter, and only what SQLite and PostgreSQL share. */
export interface Database {
  readonly dialect: 'sqlite' | 'postgres'
  /**
   * Runs `work` in one transaction: all of it or, when it throws, none. `read` sees one moment and writes nothing; `page` is a read of many rows, one
   * of several: whoever waits for the process comes in before it. With a site as
   * its `scope` a PostgreSQL server shows and takes rows of that site alone, whatever a statement forgot to ask for. Throws `Contended` when
   * another transaction was in the way, `StoreUnavailable` when the database itself cannot be used.
   */
  together<T>(kind: 'read' | 'page' | 'write', work: () => Work<T>, scope: Scope): Promise<T>
  /** What others than this process have written since this was last asked. Left out: it cannot be told. */
  readonly changedElsewhere?: ChangedElsewhere
  close(): Promise<void>
}

/** Nothing, these sites, or anything at all. */
export type ChangedElsewhere = () => 'nothing' | 'anything' | ReadonlySet<SiteId>

/** Somebody else was faster or has not finished: what was read may be out of date, nothing was written. */
export class Contended extends Error {
  override readonly name = 'Contended'
}

/** The database cannot be used at all. The message names it and says what can be done. */
export class StoreUnavailable extends Error {
  override readonly name = 'StoreUnavailable'
}

export function* all(sql: string, ...params: readonly Value[]): Work<readonly Row[]> {
  const answer = yield { kind: 'all', sql, params }
  return answer.rows
}

/**
 * The same of tables that are read with every request and seldom written. Where the database knows that they have not changed, the array is the
 * one of before: what was made of its rows can be found by it.
 */
export function* allSeldom(sql: string, ...params: readonly Value[]): Work<readonly Row[]> {
  const answer = yield { kind: 'all', sql, params, seldomChanges: true }
  return answer.rows
}

/** The first row, if there is one. */
export function* one(sql: string, ...params: readonly Value[]): Work<Row | undefined> {
  const answer = yield { kind: 'all', sql, params }
  return answer.rows[0]
}

/** The number of rows that were inserted, changed or deleted. */
export function* run(sql: string, ...params: readonly Value[]): Work<number> {
  const answer = yield { kind: 'run', sql, params }
  return answer.changed
}

export function* script(sql: string): Work<void> {
  yield { kind: 'script', sql }
}

/** Asks one site, at one moment. */
export function readAt<T>(database: Database, site: SiteId, work: () => Work<T>): Promise<T> {
  return database.together('read', work, site)
}
