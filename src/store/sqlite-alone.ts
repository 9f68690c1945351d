import { DatabaseSync } from 'node:sqlite'
import { StoreUnavailable } from './database.ts'

const [BUSY, CORRUPT, NOTADB] = [5, 11, 26]

/**
 * Does something with a database file that no other process has open, and keeps all others out meanwhile. A server has its file open
 * as long as it runs, also while it writes nothing. Throws `StoreUnavailable` when somebody is there, or when the file cannot be used;
 * `damaged` says that it may be damaged, and then nobody is kept out.
 */
export async function aloneWith<T>(
  path: string,
  work: (db: DatabaseSync) => Promise<T>,
  { damaged } = { damaged: false },
): Promise<T> {
  const db = new DatabaseSync(path, { timeout: 1_000 })
  try {
    claim(db, path, damaged)
    return await work(db)
  } finally {
    db.close()
  }
}

/** The lock is asked for before anything is read; without the journal of many users the whole database is one file again. */
function claim(db: DatabaseSync, path: string, damaged: boolean): void {
  try {
    db.exec('PRAGMA locking_mode = EXCLUSIVE')
    db.exec('PRAGMA journal_mode = DELETE')
    db.exec('BEGIN EXCLUSIVE')
  } catch (error) {
    const code = error instanceof Error && 'errcode' in error ? Number(error.errcode) & 0xff : undefined
    if (damaged && (code === CORRUPT || code === NOTADB)) return
    const says =
      code === BUSY
        ? `The database ${path} is in use: stop the server and every other program that has it open, then try again.`
        : `The database ${path} cannot be used (${error instanceof Error ? error.message : String(error)}).`
    throw new StoreUnavailable(says, { cause: error })
  }
}
