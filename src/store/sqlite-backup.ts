import { closeSync, existsSync, linkSync, openSync, renameSync, rmSync, statSync } from 'node:fs'
import { backup, DatabaseSync } from 'node:sqlite'
import type { Instant } from '#domain/time.ts'
import { StoreUnavailable } from './database.ts'
import { aloneWith } from './sqlite-alone.ts'

/** What SQLite puts beside a database; left behind, it would be taken for a part of the next one of that name. */
const FILES = ['', '-wal', '-shm', '-journal']

export type FileOutcome =
  | { readonly kind: 'done'; readonly bytes: number; readonly replaced: boolean }
  /** One sentence of what is in the way; nothing was changed. */
  | { readonly kind: 'refused'; readonly message: string }

/** The path in `sqlite:PATH`; undefined for every other kind of database, and for one in memory. */
export function sqlitePath(url: string): string | undefined {
  return /^sqlite:(?<path>(?!:memory:).+)$/.exec(url)?.groups?.['path']
}

export interface Backup {
  readonly database: string
  readonly to: string
  readonly at: Instant
  /** The name under which the copy says in `server_values` when it was taken. */
  readonly takenAtName: string
}

/**
 * Copies a database while others write to it; the copy is of one moment, for its owner alone, and is there whole or not at all. A file
 * that exists is never written over.
 */
export async function backupSqlite({ database, to, at, takenAtName }: Backup): Promise<FileOutcome> {
  if (!existsSync(database)) return refused(`There is no database ${database}.`)
  if (existsSync(to)) return refused(`There is a file ${to} already; it is not written over.`)
  return inPart(to, async (part) => {
    const from = new DatabaseSync(database, { timeout: 5_000 })
    try {
      await backup(from, part)
    } finally {
      from.close()
    }
    const copy = new DatabaseSync(part)
    try {
      // One file and nothing beside it, whatever the journal of the original.
      copy.exec('PRAGMA journal_mode = DELETE')
      copy
        .prepare(
          'INSERT INTO server_values (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value',
        )
        .run(takenAtName, String(at))
    } finally {
      copy.close()
    }
  })
}

export interface Restore {
  readonly backup: string
  readonly database: string
  /** What becomes of a database that is there: it is put aside under this name; null: then nothing is done. */
  readonly aside: string | null
  /** Makes the copy fit to be used, before it takes its place; a sentence says why it cannot be. */
  readonly prepare: (path: string) => Promise<string | null>
}

/** Puts a copy in the place of a database that nobody has open. Until it is prepared, the place stays as it was. */
export async function restoreSqlite({ backup: from, database, aside, prepare }: Restore): Promise<FileOutcome> {
  if (!existsSync(from)) return refused(`There is no file ${from}.`)
  const there = FILES.filter((end) => existsSync(`${database}${end}`))
  if (there.length > 0 && aside === null)
    return refused(`There is a database ${database} already; --replace puts it aside and the copy in its place.`)
  const place = async (): Promise<FileOutcome> =>
    inPart(
      database,
      async (part) => {
        const trouble = await copied(from, part)
        if (trouble !== null) return trouble
        return prepare(part)
      },
      () => {
        for (const end of FILES)
          if (aside !== null && existsSync(`${database}${end}`)) renameSync(`${database}${end}`, `${aside}${end}`)
        return there.length > 0
      },
    )
  if (!there.includes('')) return place()
  return aloneWith(database, place, { damaged: true }).catch((error: unknown) => refused(sentenceOf(error)))
}

/** A sentence says why the file is no database that can be used. */
async function copied(from: string, to: string): Promise<string | null> {
  const copy = new DatabaseSync(from, { readOnly: true })
  try {
    const [found] = copy.prepare('PRAGMA quick_check(1)').all()
    if (found?.['quick_check'] !== 'ok') return `The file ${from} is damaged: take an older copy.`
    await backup(copy, to)
    return null
  } catch (error) {
    return `The file ${from} cannot be read (${error instanceof Error ? error.message : String(error)}).`
  } finally {
    copy.close()
  }
}

/** Makes a file beside its place, and puts it there when it is whole; a sentence from `make` is why it is not. */
async function inPart(
  path: string,
  make: (part: string) => Promise<string | null | void>,
  makeRoom: () => boolean = () => false,
): Promise<FileOutcome> {
  const part = `${path}.part`
  try {
    closeSync(openSync(part, 'wx', 0o600))
  } catch (error) {
    return refused(cannotWrite(part, error))
  }
  try {
    const trouble = await make(part)
    if (typeof trouble === 'string') return refused(trouble)
    const replaced = makeRoom()
    // A link, unlike a renaming, never takes the place of another file.
    linkSync(part, path)
    return { kind: 'done', bytes: statSync(path).size, replaced }
  } catch (error) {
    return refused(cannotWrite(path, error))
  } finally {
    for (const end of FILES) rmSync(`${part}${end}`, { force: true })
  }
}

function cannotWrite(path: string, error: unknown): string {
  const known = error instanceof Error && 'code' in error && error.code === 'EEXIST'
  if (known)
    return `There is a file ${path} already: another copy is being made, or was cut off; remove it and try again.`
  return `The file ${path} cannot be made (${error instanceof Error ? error.message : String(error)}).`
}

/** Whatever is no trouble of the store is a mistake of ours. */
function sentenceOf(error: unknown): string {
  if (error instanceof StoreUnavailable) return error.message
  throw error
}

function refused(message: string): FileOutcome {
  return { kind: 'refused', message }
}
