import { setTimeout as pause } from 'node:timers/promises'
import pg from 'pg'
import { type Answer, type Ask, Contended, type Database, StoreUnavailable, type Work } from './database.ts'
import { placeOf, troubleOf } from './postgres-trouble.ts'

/** Connections of one node; a server of a hundred connections has room for eight nodes and whoever looks after it. */
const CONNECTIONS = 10
/** How long a request waits for a connection that is free. */
const WAIT_MS = 2_000
/** How long requests wait for a server that is being started again. Nothing that may have been committed is ever sent again. */
const PATIENCE_MS = 4_000
const PAUSE_MS = 50
/** What one statement may take, the wait for a row that somebody else holds included. */
const SLOWEST_STATEMENT_MS = 10_000

/** One lock for all: writers share it, whoever changes the tables has it alone. The number means nothing. */
const TABLES_LOCK = 4_180_418_041

export interface PostgresOptions {
  readonly url: string
  /** Names of the migrations that this program knows. Once the database has others, nothing is read or written; null while migrating. */
  readonly schema: readonly string[] | null
  readonly connections?: number
  readonly waitMs?: number
  readonly patienceMs?: number
  readonly slowestMs?: number
}

interface Statement {
  /** Each connection prepares a named one once. */
  readonly name?: string
  readonly text: string
}

/**
 * A database on a PostgreSQL server. Reads see one moment (REPEATABLE READ); writes are READ COMMITTED, and right because every
 * change guards the row it touches (docs/decisions/041). Throws `StoreUnavailable` when the address is none.
 */
export function openPostgres({
  url,
  schema,
  connections = CONNECTIONS,
  waitMs = WAIT_MS,
  patienceMs = PATIENCE_MS,
  slowestMs = SLOWEST_STATEMENT_MS,
}: PostgresOptions): Database {
  const place = placeOf(url)
  const known = schema?.toSorted().join(' ') ?? null
  const statements = new Map<string, Statement>()
  const pool = new pg.Pool({
    connectionString: url,
    application_name: 'countersign',
    max: connections,
    connectionTimeoutMillis: waitMs,
    keepAlive: true,
    statement_timeout: slowestMs,
    query_timeout: slowestMs + 2_000,
    idle_in_transaction_session_timeout: slowestMs,
    types: { getTypeParser: parserOf },
  })
  // A connection that broke while nobody used it is replaced by the next request; one in use tells whoever asks over it.
  pool.on('error', () => undefined)
  pool.on('connect', (client) => client.on('error', () => undefined))

  function statement(sql: string): Statement {
    const kept = statements.get(sql)
    if (kept) return kept
    // While the tables change, a plan that a connection remembers would be one for the tables of before.
    const made = { ...(known === null ? {} : { name: `s${statements.size}` }), text: numbered(sql) }
    statements.set(sql, made)
    return made
  }

  async function answer(client: pg.PoolClient, ask: Ask): Promise<Answer> {
    if (ask.kind === 'script') {
      await client.query(ask.sql)
      return { rows: [], changed: 0 }
    }
    const { rows, rowCount } = await client.query({ ...statement(ask.sql), values: ask.params.map(storable) })
    return { rows, changed: rowCount ?? 0 }
  }

  async function finish<T>(client: pg.PoolClient, work: Work<T>): Promise<T> {
    let step = work.next()
    while (!step.done) step = work.next(await answer(client, step.value))
    return step.value
  }

  async function begin(client: pg.PoolClient, kind: 'read' | 'write', site: string): Promise<void> {
    const results: unknown = await client.query(beginning(client, kind, site, known !== null))
    if (known === null) return
    const [row] = (results as pg.QueryResult<{ known: string | null }>[]).at(-1)?.rows ?? []
    if (row?.known !== known) throw new StoreUnavailable(fenced(place))
  }

  async function attempt<T>(kind: 'read' | 'write', work: () => Work<T>, site: string): Promise<T> {
    const client = await pool.connect()
    let committing = false
    try {
      await begin(client, kind, site)
      const result = await finish(client, work())
      committing = kind === 'write'
      await client.query('COMMIT')
      client.release()
      return result
    } catch (error) {
      const trouble = troubleOf(error, place)
      if (trouble?.gone) client.release(true)
      else
        await client.query('ROLLBACK').then(
          () => client.release(),
          () => client.release(true),
        )
      if (committing && trouble?.gone) throw new StoreUnavailable(outcomeUnknown(place), { cause: error })
      throw error
    }
  }

  return {
    dialect: 'postgres',
    async together(kind, work, site) {
      const until = performance.now() + patienceMs
      for (;;) {
        try {
          return await attempt(kind === 'write' ? 'write' : 'read', work, site)
        } catch (error) {
          const trouble = troubleOf(error, place)
          if (trouble === null) throw error
          if (trouble.kind === 'contended') throw new Contended(trouble.says, { cause: error })
          if (!trouble.comesBack || performance.now() > until)
            throw new StoreUnavailable(trouble.says, { cause: error })
        }
        await pause(PAUSE_MS)
      }
    },
    close: async () => {
      if (!pool.ending) await pool.end()
    },
  }
}

/** The beginning of a transaction, in one message: its kind, the site it may see, and which tables it is about to meet. */
function beginning(client: pg.PoolClient, kind: 'read' | 'write', site: string, fenced: boolean): string {
  return [
    kind === 'read' ? 'BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY' : 'BEGIN ISOLATION LEVEL READ COMMITTED',
    `SELECT set_config('countersign.site', ${client.escapeLiteral(site)}, true)`,
    ...(kind === 'read' ? [] : [`SELECT pg_advisory_xact_lock${fenced ? '_shared' : ''}(${TABLES_LOCK})`, DURABLE]),
    ...(fenced ? [`SELECT string_agg(name, ' ' ORDER BY name COLLATE "C") AS known FROM schema_migrations`] : []),
  ].join('; ')
}

/** A spent code stays spent after a power cut, whatever the server does by default. */
const DURABLE =
  "SELECT set_config('synchronous_commit', 'on', true) WHERE current_setting('synchronous_commit') = 'off'"

function fenced(place: string): string {
  return `The tables of ${place} are those of another version of Countersign: start this node again with that version.`
}

function outcomeUnknown(place: string): string {
  return `The connection to ${place} broke while something was being committed: nobody knows whether it was, so nothing is told.`
}

/** `?` becomes `$1`, `$2` …, but not inside a literal. */
export function numbered(sql: string): string {
  let last = 0
  return sql.replaceAll(/'(?:[^']|'')*'|\?/g, (found) => (found === '?' ? `$${(last += 1)}` : found))
}

/** PostgreSQL has no text with a NUL in it. Who types one gets its picture, at every place alike. */
function storable(value: string | number | null): string | number | null {
  return typeof value === 'string' ? value.replaceAll('\0', '\u2400') : value
}

const [BOOLEAN, INT8, NUMERIC] = [16, 20, 1700]

/** The values that SQLite gives: whole numbers as numbers, truth as 1 or 0. The mappers refuse what is no safe integer. */
function parserOf(oid: number, format?: 'text' | 'binary'): (value: string) => unknown {
  if (oid === INT8 || oid === NUMERIC) return Number
  if (oid === BOOLEAN) return (value) => Number(value === 't')
  return pg.types.getTypeParser(oid, format) as (value: string) => unknown
}
