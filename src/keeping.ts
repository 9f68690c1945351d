import { mkdir } from 'node:fs/promises'
import { dirname } from 'node:path'
import type { BackedUp, MovedStore, Restored, RestoreOptions } from '#cli/context.ts'
import { StoreUnavailable } from '#store/database.ts'
import { type MoveProgress, moveStore } from '#store/move-store.ts'
import { openDatabase } from '#store/open.ts'
import { backupSqlite, restoreSqlite, sqlitePath } from '#store/sqlite-backup.ts'
import { sqlStore } from '#store/sql-store.ts'
import { systemClock } from '#system/clock.ts'
import { systemRandom } from '#system/random.ts'
import { BACKUP_TAKEN_AT, markRestored, type MarkRestoredOutcome } from '#usecases/mark-restored.ts'
import { verifyAudit } from '#usecases/verify-audit.ts'
import { openHouse } from './app.ts'
import { type Config, parseConfig } from './config.ts'

type Environment = Readonly<Record<string, string | undefined>>

const NO_FILE =
  'Only a database in an SQLite file is copied by this command; PostgreSQL has its own: pg_dump --format=custom "$COUNTERSIGN_DATABASE" (docs/stores.md).'
const NO_FILE_BACK =
  'Only a database in an SQLite file is put back by this command; for PostgreSQL use pg_restore into an empty database, then "countersign restore --mark" (docs/stores.md).'

/** Copies the configured database into a new file. The key is not needed. */
export async function backup(environment: Environment, file: string): Promise<BackedUp> {
  const parsed = parseConfig(environment)
  if (!parsed.ok) return { kind: 'refused', message: parsed.problems.join('\n') }
  const database = sqlitePath(parsed.config.database)
  if (database === undefined) return { kind: 'refused', message: NO_FILE }
  const made = await backupSqlite({ database, to: file, at: systemClock.now(), takenAtName: BACKUP_TAKEN_AT })
  return made.kind === 'refused' ? made : { kind: 'made', database, bytes: made.bytes }
}

/** Puts a copy in the place of the configured database, once it has the tables of this version, fits the key and is marked. */
export async function restore(
  environment: Environment,
  file: string,
  { replace, act }: RestoreOptions,
): Promise<Restored> {
  const parsed = parseConfig(environment)
  if (!parsed.ok) return { kind: 'refused', message: parsed.problems.join('\n') }
  const { config } = parsed
  const database = sqlitePath(config.database)
  if (database === undefined) return { kind: 'refused', message: NO_FILE_BACK }
  await mkdir(dirname(database), { recursive: true, mode: 0o700 })
  const aside = `${database}.until-${new Date(systemClock.now()).toISOString().replaceAll(/[:.]/g, '-')}`
  let marked: MarkRestoredOutcome | undefined
  const done = await restoreSqlite({
    backup: file,
    database,
    aside: replace ? aside : null,
    prepare: async (part) => {
      const outcome = await markedCopy(config, part, act)
      if (typeof outcome === 'string') return outcome
      marked = outcome
      return null
    },
  })
  if (done.kind === 'refused') return done
  if (marked?.kind !== 'marked') throw new Error('a copy that nobody else has open was changed by somebody else')
  return { kind: 'restored', database, aside: done.replaced ? aside : null, marked }
}

async function markedCopy(
  config: Config,
  path: string,
  act: RestoreOptions['act'],
): Promise<MarkRestoredOutcome | string> {
  const house = await openHouse({ ...config, database: `sqlite:${path}` })
  if (house.kind === 'failed') return house.message
  try {
    return await markRestored(house.ports, act)
  } finally {
    await house.close()
  }
}

/** Copies an SQLite file into an empty PostgreSQL database, and walks the audit log of every site there. */
export async function move(from: string, to: string, progress: MoveProgress): Promise<MovedStore> {
  const path = sqlitePath(from)
  if (path === undefined || !/^postgres(?:ql)?:/.test(to))
    return { kind: 'refused', message: 'It goes from sqlite:PATH to postgres://user@host/database, and no other way.' }
  try {
    // The file gets the tables of this version too, so that both have the same ones.
    await (await openDatabase(from, { migrate: true })).close()
    const database = await openDatabase(to, { migrate: true })
    try {
      const { tables } = await moveStore(path, database, progress)
      const store = sqlStore(database, systemRandom)
      const sites = (await store.sites()).map(({ name }) => name)
      for (const site of sites) {
        const verdict = await verifyAudit({ store }, { site })
        if (verdict.kind === 'ok') continue
        const message = `Everything was copied, but the audit log of ${site} does not verify (${verdict.kind}): "countersign --site ${site} audit verify" on the old database says whether it did there.`
        return { kind: 'refused', message }
      }
      return { kind: 'moved', tables, sites }
    } finally {
      await database.close()
    }
  } catch (error) {
    if (error instanceof StoreUnavailable) return { kind: 'refused', message: error.message }
    throw error
  }
}
