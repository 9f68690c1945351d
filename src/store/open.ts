import type { Store } from '#ports/store.ts'
import type { Random } from '#ports/system.ts'
import { StoreUnavailable } from './database.ts'
import { migrate as bringUpToDate, migrationsFor } from './migrate.ts'
import { sqlStore } from './sql-store.ts'
import { openSqlite } from './sqlite.ts'

/**
 * Opens the store that `url` names: `sqlite:./data/countersign.db`, or `sqlite::memory:` for one that is gone with the process.
 * Its tables are brought up to date first; with `migrate: false` they must be so already. Throws `StoreUnavailable`.
 */
export async function openStore(url: string, random: Random, { migrate } = { migrate: true }): Promise<Store> {
  if (/^postgres(?:ql)?:/.test(url))
    throw new StoreUnavailable(
      'This version keeps its data in SQLite only: give it an address like sqlite:./data/countersign.db.',
    )
  const path = /^sqlite:(?<path>.+)$/.exec(url)?.groups?.['path']
  if (path === undefined)
    // The address is not repeated: one that was meant for another database may have a password in it.
    throw new StoreUnavailable('The address of the database is none: it looks like sqlite:./data/countersign.db.')
  const database = openSqlite({ path })
  try {
    await bringUpToDate(database, migrationsFor(database.dialect), { apply: migrate })
  } catch (error) {
    await database.close()
    throw error
  }
  return sqlStore(database, random)
}
