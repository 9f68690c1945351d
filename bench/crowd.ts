import { mkdtempSync, rmSync, statfsSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { start } from './contestants.ts'
import { addCopies, fillSqlite, type Filler } from './fill.ts'
import { padded } from './filled.ts'
import { nameOf } from './people.ts'

/** Users who can sign in; the others of a crowd are only there. */
export const REAL = 50
const SESSIONS_EACH = 5
/** What a user with sessions takes on the disk, generously. */
const BYTES_EACH = 5_000

export interface Crowd {
  readonly folder: string
  readonly users: number
  readonly sessions: number
}

const made = new Map<number, Promise<Crowd>>()

/** The three sizes of a full run; those too large for the disk are left out, and said so. */
export function sizesOf(quick: boolean): readonly number[] {
  if (quick) return [1_000]
  return [10_000, 100_000, 1_000_000].filter((users) => hasRoom(users * BYTES_EACH, `${users} users`))
}

/** Whether the disk has room for so many bytes. */
export function hasRoom(bytes: number, what: string): boolean {
  const { bavail, bsize } = statfsSync(tmpdir())
  if (bavail * bsize > bytes) return true
  process.stderr.write(`No room for ${what} in ${tmpdir()}: left out.\n`)
  return false
}

/** A store of Countersign with so many users and five sessions each, made once for all jobs of a run. */
export function crowd(users: number): Promise<Crowd> {
  const known = made.get(users) ?? make(users)
  made.set(users, known)
  return known
}

export async function dropCrowds(): Promise<void> {
  for (const each of made.values()) rmSync((await each).folder, { recursive: true, force: true })
  made.clear()
}

async function make(users: number): Promise<Crowd> {
  const folder = mkdtempSync(join(tmpdir(), 'bench-crowd-'))
  await (await start('countersign', { users: REAL, hashing: 'on', folder })).stop()
  const filler = fillSqlite(join(folder, 'countersign.db'))
  try {
    await addPeople(filler, users - REAL)
  } finally {
    await filler.close()
  }
  return { folder, users, sessions: (users - REAL) * SESSIONS_EACH + 1 }
}

const userId = (number: string): string => `'usr_filled' || ${padded(number)}`

/** Seven in ten have an app, one in ten no address of mail, and one in ten looks after the others. */
export async function addPeople(filler: Filler, users: number): Promise<void> {
  const first = `site_id = (SELECT site_id FROM users WHERE canonical_username = '${nameOf(0)}') AND user_id =
    (SELECT id FROM users WHERE canonical_username = '${nameOf(0)}')`
  const name = `'member' || ${padded('i')}`
  const range = { from: 1, to: users, whole: true } as const
  const user = { table: 'users', where: `canonical_username = '${nameOf(0)}'` }
  await addCopies(filler, {
    ...range,
    into: 'users',
    of: user,
    values: {
      id: userId('i'),
      username: name,
      canonical_username: name,
      display_name: name,
      email: `CASE WHEN i % 10 = 9 THEN NULL ELSE ${name} || '@acme.test' END`,
    },
  })
  await addCopies(filler, {
    ...range,
    into: 'code_counters',
    of: { table: 'code_counters', where: first },
    values: { user_id: userId('i') },
  })
  await addCopies(filler, {
    ...range,
    into: 'authenticators',
    of: { table: 'authenticators', where: first },
    values: { id: `'aut_filled' || ${padded('i')}`, user_id: userId('i') },
    only: 'i % 10 < 7',
  })
  await addCopies(filler, {
    ...range,
    whole: false,
    into: 'user_roles',
    of: user,
    values: { site_id: 't.site_id', user_id: userId('i'), role: `'HR Manager'`, position: '0' },
    only: 'i % 10 = 0',
  })
  await addCopies(filler, {
    into: 'sessions',
    of: { table: 'sessions', where: '1 = 1' },
    whole: true,
    from: 1,
    to: users * SESSIONS_EACH,
    values: {
      id: `'ses_filled' || ${padded('i')}`,
      user_id: userId(`(i + ${SESSIONS_EACH - 1}) / ${SESSIONS_EACH}`),
      token_digest: `'filled' || ${padded('i')}`,
      created_at: 't.created_at - i % 1000',
    },
  })
}
