import { closeSync, mkdirSync, openSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { DatabaseSync, type StatementSync } from 'node:sqlite'
import { setTimeout as pause } from 'node:timers/promises'
import { type Answer, type Ask, Contended, type Database, type Row, StoreUnavailable, type Work } from './database.ts'
import { groupCommits } from './group-commit.ts'
import { rowsAtHand } from './rows-at-hand.ts'

/** How long a process waits for another one that is writing. */
const WAIT_MS = 5_000
/** How much of that it spends inside SQLite, where nothing else of this process goes on. */
const LONGEST_BLOCK_MS = 25

/** Primary result codes of SQLite, https://www.sqlite.org/rescode.html */
const [BUSY, LOCKED, NOMEM, READONLY, IOERR, FULL, CANTOPEN, CONSTRAINT, NOTADB] = [5, 6, 7, 8, 10, 13, 14, 19, 26]
/** The constraints that a race can break: foreign key, primary key, unique. The others are mistakes of ours. */
const BROKEN_BY_A_RACE = [787, 1555, 2067]

/** Opens the database file at `path`, made with its folder when missing, or `:memory:`. Throws `StoreUnavailable`. */
export function openSqlite({ path, waitMs = WAIT_MS }: { readonly path: string; readonly waitMs?: number }): Database {
  const name = path === ':memory:' ? path : resolve(path)
  const db = connect(name, Math.min(waitMs, LONGEST_BLOCK_MS))
  const prepared = new Map<string, StatementSync>()
  const atHand = rowsAtHand(writtenElsewhere)

  function statement(sql: string): StatementSync {
    const known = prepared.get(sql)
    if (known) return known
    const made = db.prepare(sql)
    prepared.set(sql, made)
    return made
  }

  /** https://www.sqlite.org/pragma.html#pragma_data_version: it moves with what other connections write, and not with ours. */
  function writtenElsewhere(): unknown {
    return statement('PRAGMA data_version').get()?.['data_version']
  }

  function answer(ask: Ask): Answer {
    switch (ask.kind) {
      case 'all': {
        const read = (): readonly Row[] => statement(ask.sql).all(...ask.params)
        return { rows: ask.seldomChanges ? atHand.rows(ask.sql, ask.params, read) : read(), changed: 0 }
      }
      case 'run':
        atHand.writes(ask.sql)
        return { rows: [], changed: Number(statement(ask.sql).run(...ask.params).changes) }
      case 'script':
        atHand.forget()
        db.exec(ask.sql)
        return { rows: [], changed: 0 }
    }
  }

  function finish<T>(work: Work<T>): T {
    let step = work.next()
    while (!step.done) step = work.next(answer(step.value))
    return step.value
  }

  /** In one turn of the event loop: nothing else gets in between on the one connection. */
  function atOneMoment<T>(work: () => Work<T>): T {
    statement('BEGIN').run()
    atHand.begin()
    try {
      const result = finish(work())
      statement('COMMIT').run()
      return result
    } catch (error) {
      if (db.isTransaction) statement('ROLLBACK').run()
      throw error
    } finally {
      atHand.end()
    }
  }

  const writes = groupCommits(
    {
      begin: () => void statement('BEGIN IMMEDIATE').run(),
      commit: () => void statement('COMMIT').run(),
      rollback: () => {
        // SQLite has rolled back by itself after some errors, such as a full disk.
        if (db.isTransaction) statement('ROLLBACK').run()
      },
      savepoint: () => void statement('SAVEPOINT one').run(),
      release: () => void statement('RELEASE one').run(),
      rollbackToSavepoint: () => void statement('ROLLBACK TO one').run(),
      finish,
    },
    { isBusy: (error) => primary(error) === BUSY, pause, now: () => performance.now(), waitMs },
  )

  let seen: unknown
  let lookedNow = false
  return {
    dialect: 'sqlite',
    changedElsewhere() {
      // Whatever is looked up between two waits for the network had arrived before the first of these looks: one look is as good.
      if (lookedNow) return 'nothing'
      lookedNow = true
      setImmediate(() => {
        lookedNow = false
      })
      const version = writtenElsewhere()
      const changed = version !== seen
      seen = version
      return changed ? 'anything' : 'nothing'
    },
    async together(kind, work) {
      try {
        if (kind === 'write') return await writes.write(work)
        // What is read here is there at once: without a turn of the event loop between pages nobody else would be answered until the last.
        if (kind === 'page') await new Promise<void>((done) => setImmediate(done))
        return atOneMoment(work)
      } catch (error) {
        throw translated(error, name)
      }
    },
    async close() {
      await writes.idle()
      if (db.isOpen) db.close()
    },
  }
}

function connect(path: string, waitMs: number): DatabaseSync {
  if (path !== ':memory:') makeFile(path)
  let db: DatabaseSync | undefined
  try {
    db = new DatabaseSync(path, { timeout: waitMs, enableForeignKeyConstraints: true })
    writeAhead(db)
    // A spent code stays spent after a power cut.
    db.exec('PRAGMA synchronous = FULL')
    return db
  } catch (error) {
    if (db?.isOpen) db.close()
    throw translated(error, path)
  }
}

/** The file and its folder are for the owner alone: the files SQLite puts beside it take over its mode. */
function makeFile(path: string): void {
  try {
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 })
    closeSync(openSync(path, 'a', 0o600))
  } catch (error) {
    if (['EMFILE', 'ENFILE'].includes(code(error)))
      throw new StoreUnavailable(
        `The database ${path} cannot be opened: no file descriptor is left. Raise the limit of open files (ulimit -n, LimitNOFILE).`,
        { cause: error },
      )
    throw unavailable(path, WHY_NOT[code(error)] ?? `cannot be opened (${code(error)})`, error)
  }
}

/** Changing the journal of a new file does not wait for a second process that does the same: it is asked again. */
function writeAhead(db: DatabaseSync): void {
  for (let left = WAIT_MS / 20; ; left -= 1) {
    try {
      db.exec('PRAGMA journal_mode = WAL')
      return
    } catch (error) {
      if (primary(error) !== BUSY || left <= 0) throw error
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 20)
    }
  }
}

function translated(error: unknown, path: string): unknown {
  switch (primary(error)) {
    case undefined:
      return error
    case BUSY:
    case LOCKED:
      return new Contended('another transaction is writing', { cause: error })
    case CONSTRAINT:
      return BROKEN_BY_A_RACE.includes(extended(error) ?? 0)
        ? new Contended('another row was first', { cause: error })
        : error
    case NOTADB:
      return new StoreUnavailable(`The file ${path} is not an SQLite database: name another one, or move it away.`, {
        cause: error,
      })
    case FULL:
      return new StoreUnavailable(`The disk of the database ${path} is full: make room on it.`, { cause: error })
    case NOMEM:
      return new StoreUnavailable(`There is no memory left for the database ${path}.`, { cause: error })
    case READONLY:
    case IOERR:
    case CANTOPEN:
      return unavailable(path, `cannot be used (${(error as Error).message})`, error)
    default:
      return error
  }
}

function unavailable(path: string, what: string, cause: unknown): StoreUnavailable {
  const advice = 'name a file in a folder that this program may write to'
  return new StoreUnavailable(`The database ${path} ${what}: ${advice}.`, { cause })
}

/** What stands in the way of a file, in words. */
const WHY_NOT: Readonly<Record<string, string>> = {
  EEXIST: 'cannot be made, because a part of its path is a file and not a folder',
  ENOTDIR: 'cannot be made, because a part of its path is a file and not a folder',
  EISDIR: 'is a folder',
  EACCES: 'may not be opened by this account',
  EPERM: 'may not be opened by this account',
  EROFS: 'lies on a disk that is read-only',
}

function extended(error: unknown): number | undefined {
  return error instanceof Error && 'errcode' in error && typeof error.errcode === 'number' ? error.errcode : undefined
}

function primary(error: unknown): number | undefined {
  const all = extended(error)
  return all === undefined ? undefined : all & 0xff
}

function code(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : String(error)
}
