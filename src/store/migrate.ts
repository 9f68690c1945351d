import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { EVERY_SITE, all, type Database, run, script, StoreUnavailable, type Work } from './database.ts'
import { MIGRATIONS } from './statements.ts'
import { text } from './columns.ts'

const GUARDS = new URL('./postgres-guards.sql', import.meta.url)
const FOLDER = new URL('./migrations/', import.meta.url)
const FILE = /^\d{3}-[a-z0-9-]+(?:\.(?<dialect>sqlite|postgres))?\.sql$/

export interface Migration {
  /** Its file, such as `001-tables.sql`; with `.sqlite` or `.postgres` before the end it is for that database alone. */
  readonly name: string
  readonly sql: string
  readonly digest: string
}

/** The migrations of this program for one database, in their order. */
export function migrationsFor(dialect: Database['dialect']): readonly Migration[] {
  const names = readdirSync(FOLDER).filter((name) => {
    const match = FILE.exec(name)
    return match !== null && (match.groups?.['dialect'] ?? dialect) === dialect
  })
  return names.sort().map((name) => {
    const sql = readFileSync(new URL(name, FOLDER), 'utf8')
    return { name, sql, digest: createHash('sha256').update(sql).digest('hex') }
  })
}

/**
 * Brings the tables up to date, in one transaction: all migrations that are missing, or none. Several processes may do it at once.
 * `account` writes down, in the same transaction, that and what ran. Throws `StoreUnavailable` when the tables are newer than this
 * program, when a migration was edited after it ran, or, with `apply: false`, when one has not run yet.
 */
export async function migrate(
  database: Database,
  migrations: readonly Migration[] = migrationsFor(database.dialect),
  { apply, account }: MigrateOptions = { apply: true },
): Promise<void> {
  const guards = database.dialect === 'postgres' ? readFileSync(GUARDS, 'utf8') : null
  await database.together('write', () => applyMissing(migrations, guards, { apply, account }), EVERY_SITE)
}

export interface MigrateOptions {
  readonly apply: boolean
  /** Given the names of the migrations that ran, in their order; not called when nothing was missing. */
  readonly account?: ((ran: readonly string[]) => Work<void>) | undefined
}

function* applyMissing(
  migrations: readonly Migration[],
  guards: string | null,
  { apply, account }: MigrateOptions,
): Work<void> {
  yield* script(MIGRATIONS.table)
  const rows = yield* all(MIGRATIONS.all)
  const applied = new Map(rows.map((row) => [text(row, 'name'), text(row, 'digest')]))
  for (const [name, digest] of applied) checkKnown(name, digest, migrations)
  const missing = migrations.filter((each) => !applied.has(each.name))
  const [next] = missing
  if (next === undefined) return
  if (!apply)
    throw new StoreUnavailable(
      `The database is not up to date (${next.name} is missing): start the server once, which changes it.`,
    )
  for (const { name, sql, digest } of missing) {
    yield* script(sql)
    // After each: a later one may make a trigger on a column, and then its collation is fixed.
    if (guards !== null) yield* script(guards)
    yield* run(MIGRATIONS.add, name, digest, Date.now())
  }
  if (account) yield* account(missing.map(({ name }) => name))
}

function checkKnown(name: string, digest: string, migrations: readonly Migration[]): void {
  const known = migrations.find((each) => each.name === name)
  if (known === undefined)
    throw new StoreUnavailable(
      `The database was made by a newer version of Countersign (it has ${name}): run that version or a later one.`,
    )
  if (known.digest !== digest)
    throw new StoreUnavailable(
      `The migration ${name} is not the one that made this database: reinstall Countersign unchanged.`,
    )
}
