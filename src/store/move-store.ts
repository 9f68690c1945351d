import { createHash, type Hash } from 'node:crypto'
import { existsSync } from 'node:fs'
import type { DatabaseSync } from 'node:sqlite'
import {
  EVERY_SITE,
  all,
  type Database,
  one,
  type Row,
  run,
  StoreUnavailable,
  type Value,
  type Work,
} from './database.ts'
import { aloneWith } from './sqlite-alone.ts'

/** Rows of one statement; a statement of PostgreSQL takes 65,535 parameters. */
const BATCH = 500

interface Table {
  readonly name: string
  readonly columns: readonly string[]
  /** The columns of its primary key, by which both databases put its rows in the same order. */
  readonly key: readonly string[]
  readonly rows: number
}

/** Told after each batch: the rows that are through, over all tables. */
export type MoveProgress = (table: string, done: number, total: number) => void

export interface Moved {
  readonly tables: readonly { readonly table: string; readonly rows: number; readonly digest: string }[]
}

/**
 * Copies every row of the SQLite file `from` into `to`, which has the tables of this version and nothing in them, and reads each back:
 * number and digest have to agree. All in one transaction; the file is locked meanwhile and stays as it is. Throws `StoreUnavailable`
 * when somebody has the file open, when `to` is not empty, or when what came back is not what went in: then nothing was copied.
 */
export async function moveStore(from: string, to: Database, progress: MoveProgress): Promise<Moved> {
  if (!existsSync(from)) throw new StoreUnavailable(`There is no database ${from}.`)
  return aloneWith(from, async (source) => {
    const tables = tablesOf(source)
    const total = tables.reduce((sum, { rows }) => sum + rows, 0)
    return to.together('write', () => copyAll(source, tables, total, progress), EVERY_SITE)
  })
}

function* copyAll(source: DatabaseSync, tables: readonly Table[], total: number, progress: MoveProgress): Work<Moved> {
  for (const { name } of tables)
    if (yield* one(`SELECT 1 AS found FROM ${name} LIMIT 1`))
      throw new StoreUnavailable(`The database to move to is not empty (${name}): make a new one for it.`)
  const moved = []
  let done = 0
  for (const table of tables) {
    const went = createHash('sha256')
    for (const batch of batchesOf(source, table)) {
      yield* insert(table, batch)
      for (const row of batch) digest(went, table, row)
      progress(table.name, (done += batch.length), total)
    }
    const sent = went.digest('hex')
    const [rows, came] = yield* readBack(table)
    if (rows !== table.rows || came !== sent)
      throw new StoreUnavailable(`What came back of ${table.name} is not what went in: nothing was moved.`)
    moved.push({ table: table.name, rows, digest: sent })
  }
  return { tables: moved }
}

/** Those that others refer to come first. */
function tablesOf(source: DatabaseSync): readonly Table[] {
  const names = source
    .prepare(
      "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite!_%' ESCAPE '!' ORDER BY name",
    )
    .all()
    .map(({ name }) => String(name))
    .filter((name) => name !== 'schema_migrations')
  const ordered: string[] = []
  const visit = (name: string): void => {
    if (ordered.includes(name)) return
    const parents = source.prepare(`SELECT DISTINCT "table" AS parent FROM pragma_foreign_key_list('${name}')`).all()
    for (const { parent } of parents) if (parent !== name) visit(String(parent))
    ordered.push(name)
  }
  for (const name of names) visit(name)
  return ordered.map((name) => {
    const info = source.prepare(`SELECT name, pk FROM pragma_table_info('${name}') ORDER BY cid`).all()
    const key = info.filter(({ pk }) => Number(pk) > 0).sort((a, b) => Number(a['pk']) - Number(b['pk']))
    const rows = Number(source.prepare(`SELECT COUNT(*) AS rows FROM ${name}`).get()?.['rows'])
    return {
      name,
      columns: info.map((each) => String(each['name'])),
      key: key.map((each) => String(each['name'])),
      rows,
    }
  })
}

function* batchesOf(source: DatabaseSync, { name, columns, key }: Table): Generator<readonly Row[]> {
  let batch: Row[] = []
  const statement = source.prepare(`SELECT ${columns.join(', ')} FROM ${name} ORDER BY ${key.join(', ')}`)
  for (const row of statement.iterate()) {
    batch.push(row)
    if (batch.length < BATCH) continue
    yield batch
    batch = []
  }
  if (batch.length > 0) yield batch
}

function* insert({ name, columns }: Table, batch: readonly Row[]): Work<void> {
  const places = `(${columns.map(() => '?').join(', ')})`
  const values = batch.flatMap((row) => columns.map((column) => row[column] as Value))
  yield* run(`INSERT INTO ${name} (${columns.join(', ')}) VALUES ${batch.map(() => places).join(', ')}`, ...values)
}

/** How many rows there are now, and their digest. */
function* readBack(table: Table): Work<readonly [number, string]> {
  const { name, columns, key } = table
  const order = `ORDER BY ${key.join(', ')} LIMIT ${BATCH}`
  const behind = `(${key.join(', ')}) > (${key.map(() => '?').join(', ')})`
  const came = createHash('sha256')
  let rows = 0
  let last: Row | undefined
  for (;;) {
    const page: readonly Row[] =
      last === undefined
        ? yield* all(`SELECT ${columns.join(', ')} FROM ${name} ${order}`)
        : yield* all(
            `SELECT ${columns.join(', ')} FROM ${name} WHERE ${behind} ${order}`,
            ...key.map((column) => last?.[column] as Value),
          )
    for (const row of page) digest(came, table, row)
    rows += page.length
    last = page.at(-1)
    if (page.length < BATCH) return [rows, came.digest('hex')]
  }
}

/** PostgreSQL has no NUL in a text; its picture stands in its place there. */
function digest(hash: Hash, { columns }: Table, row: Row): void {
  const values = columns.map((column) => row[column])
  hash.update(`${JSON.stringify(values).replaceAll('\\u0000', '\u2400')}\n`)
}
