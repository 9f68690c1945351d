import { DatabaseSync } from 'node:sqlite'
import pg from 'pg'

// Rows by the million. They are copies of rows that the product has made, so that they are what it would have written; what must differ from
// copy to copy is worked out from its number `i`. One statement makes many, and it is the same for SQLite and PostgreSQL.

/** A database that is filled while nobody else uses it. */
export interface Filler {
  run(sql: string): Promise<void>
  /** The columns of a table that has a row. */
  columns(table: string): Promise<readonly string[]>
  close(): Promise<void>
}

export interface Copies {
  readonly into: string
  /** The row that is copied: a table and which of its rows. It is called `t`. */
  readonly of: { readonly table: string; readonly where: string }
  /** Columns and their values in SQL. Where all columns of the row are copied, those that differ. */
  readonly values: Readonly<Record<string, string>>
  readonly whole: boolean
  readonly from: number
  readonly to: number
  /** Which numbers have such a row at all. */
  readonly only?: string
}

/** Made in one statement; more would be too much for a transaction, or for what a server lets one statement take. */
const AT_ONCE = 50_000

export async function addCopies(filler: Filler, { into, of, values, whole, from, to, only }: Copies): Promise<void> {
  const all = whole ? Object.fromEntries((await filler.columns(into)).map((name) => [name, `t.${name}`])) : {}
  const wanted = Object.entries({ ...all, ...values })
  for (let first = from; first <= to; first += AT_ONCE) {
    const last = Math.min(to, first + AT_ONCE - 1)
    await filler.run(`WITH RECURSIVE numbers (i) AS (SELECT ${first} UNION ALL SELECT i + 1 FROM numbers WHERE i < ${last})
      INSERT INTO ${into} (${wanted.map(([name]) => name).join(', ')})
      SELECT ${wanted.map(([, value]) => value).join(', ')}
      FROM numbers CROSS JOIN (SELECT * FROM ${of.table} WHERE ${of.where} LIMIT 1) t
      ${only === undefined ? '' : `WHERE ${only}`}`)
  }
}

/** Nothing is forced to the disk and nothing can be taken back: if it fails, the file is thrown away. */
export function fillSqlite(path: string): Filler {
  const db = new DatabaseSync(path)
  db.exec(
    'PRAGMA journal_mode = DELETE; PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA cache_size = -500000',
  )
  return {
    run: async (sql) => db.exec(sql),
    columns: async (table) => Object.keys(db.prepare(`SELECT * FROM ${table} LIMIT 1`).get() ?? {}),
    close: async () => db.close(),
  }
}

export async function fillPostgres(url: string): Promise<Filler> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  // Row-level security: this connection is for all sites.
  await client.query(`SELECT set_config('countersign.site', '*', false)`)
  return {
    run: async (sql) => void (await client.query(sql)),
    columns: async (table) =>
      Object.keys((await client.query<Record<string, unknown>>(`SELECT * FROM ${table} LIMIT 1`)).rows[0] ?? {}),
    close: () => client.end(),
  }
}
