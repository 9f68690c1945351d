import type { Store } from '#ports/store.ts'
import type { Random } from '#ports/system.ts'
import { all, type Database, EVERY_SITE, StoreUnavailable } from './database.ts'
import { accountForMigrations } from './account-for-migrations.ts'
import { migrate as bringUpToDate, migrationsFor } from './migrate.ts'
import { remembering } from './remembered.ts'
import { sqlStore } from './sql-store.ts'
import { openSqlite } from './sqlite.ts'
import { watchHeads } from './watched-heads.ts'

/**
 * Opens the store that `url` names: `sqlite:./data/countersign.db`, `sqlite::memory:` for one that is gone with the process, or
 * `postgres://user:password@host/database`. Its tables are brought up to date first; with `migrate: false` they must be so already.
 * Throws `StoreUnavailable`.
 */
export async function openStore(url: string, random: Random, { migrate } = { migrate: true }): Promise<Store> {
  const database = await openDatabase(url, { migrate })
  const store = sqlStore(database, random)
  return remembering(store, database.changedElsewhere ?? watchHeads(database, () => performance.now()))
}

/** The database below a store, with the tables of this version. */
export async function openDatabase(url: string, { migrate }: { readonly migrate: boolean }): Promise<Database> {
  if (/^postgres(?:ql)?:/.test(url)) {
    if (URL.parse(url) === null) throw new StoreUnavailable(NO_ADDRESS)
    const { openPostgres } = await import('./postgres.ts')
    await closing(openPostgres({ url, schema: null, connections: 1 }), async (database) => {
      await refuseMasters(database)
      await bringUpToDate(database, migrationsFor(database.dialect), { apply: migrate, account: accountForMigrations })
    })
    return openPostgres({ url, schema: migrationsFor('postgres').map(({ name }) => name) })
  }
  const path = /^sqlite:(?<path>.+)$/.exec(url)?.groups?.['path']
  if (path === undefined) throw new StoreUnavailable(NO_ADDRESS)
  const database = openSqlite({ path })
  try {
    await bringUpToDate(database, migrationsFor(database.dialect), { apply: migrate, account: accountForMigrations })
  } catch (error) {
    await database.close()
    throw error
  }
  return database
}

/** The address is not repeated: it may have a password in it. */
const NO_ADDRESS =
  'The address of the database is none: it looks like sqlite:./data/countersign.db or postgres://user@host/database.'

/** Row-level security does not bind a superuser: with one, the second net between sites would be missing unnoticed. */
async function refuseMasters(database: Database): Promise<void> {
  const asked = 'SELECT rolname, rolsuper OR rolbypassrls AS master FROM pg_roles WHERE rolname = current_user'
  const [row] = await database.together('read', () => all(asked), EVERY_SITE)
  if (row?.['master'] === 1)
    throw new StoreUnavailable(
      `The user ${String(row['rolname'])} is not bound by row-level security, which keeps sites apart; connect as one that is: CREATE ROLE countersign LOGIN PASSWORD '…', then CREATE DATABASE countersign OWNER countersign.`,
    )
}

async function closing(database: Database, work: (database: Database) => Promise<void>): Promise<void> {
  try {
    await work(database)
  } finally {
    await database.close()
  }
}
