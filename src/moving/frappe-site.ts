import { type Collector, collector } from './collect.ts'
import { type FernetKey, isFernet, openFernet } from './fernet.ts'
import type { Moved, MovedUser } from './moved.ts'
import { dumpReader, type SqlRow } from './sql-dump.ts'

const SUFFIX = '_otpsecret'
const DONE = '_otplogin'
const GUEST = 'Guest'

interface Found {
  readonly line: number
  readonly row: SqlRow
}

export interface FrappeSiteReader {
  /** Takes the next line of the dump. */
  line(text: string): void
  end(): Moved
}

/**
 * Reads the users of a Frappe site out of its SQL dump: `tabUser`, their roles (`tabHas Role`), their password hashes (`__Auth`) and the
 * secrets of their authenticator apps (`tabDefaultValue` under `__2fa`), which the site's encryption key opens. A secret whose owner
 * never typed a code of it (`_otplogin`) was not set up and is passed over. `knownRoles`: roles of other names are left behind.
 */
export function frappeSite(key: FernetKey, knownRoles: readonly string[]): FrappeSiteReader {
  const reader = dumpReader(['tabUser', 'tabHas Role', '__Auth', 'tabDefaultValue'])
  const collected = collector()
  const users: Found[] = []
  const roles = new Map<string, string[]>()
  const hashes = new Map<string, string>()
  const secrets = new Map<string, Found>()
  const done = new Set<string>()

  function take(table: string, line: number, row: SqlRow): void {
    const value = (name: string): string => row.get(name) ?? ''
    if (table === 'tabUser') users.push({ line, row })
    if (table === 'tabHas Role' && value('parenttype') === 'User')
      roles.set(value('parent'), [...(roles.get(value('parent')) ?? []), value('role')])
    const isPassword = value('doctype') === 'User' && value('fieldname') === 'password' && value('encrypted') === '0'
    if (table === '__Auth' && isPassword) hashes.set(value('name'), value('password'))
    if (table !== 'tabDefaultValue' || value('parent') !== '__2fa') return
    const name = value('defkey')
    if (name.endsWith(SUFFIX)) secrets.set(name.slice(0, -SUFFIX.length), { line, row })
    if (name.endsWith(DONE) && value('defvalue') === '1') done.add(name.slice(0, -DONE.length))
  }

  return {
    line(text) {
      for (const { table, line, row } of reader.line(text)) take(table, line, row)
    },
    end() {
      if (users.length === 0)
        collected.problem(1, '', 'file', 'has no table tabUser with rows: it is no dump of a Frappe site')
      const moved = users
        .filter(({ row }) => row.get('name') !== GUEST)
        .map((found) => userOf(found, collected, { roles, hashes, knownRoles }))
      for (const [username, found] of secrets) {
        if (done.has(username)) takeSecret(collected, key, username, found)
        else collected.leave('authenticator apps that were never confirmed')
      }
      return { ...collected.end(), users: moved }
    },
  }
}

function takeSecret(collected: Collector, key: FernetKey, username: string, { line, row }: Found): void {
  const stored = row.get('defvalue') ?? ''
  const opened = isFernet(stored) ? openFernet(key, stored) : Buffer.from(stored)
  if (opened === undefined)
    return collected.problem(
      line,
      username,
      'secret',
      'does not open with this encryption key; it belongs to another site',
    )
  collected.app({ line, username, secret: Buffer.from(opened).toString('utf8'), form: 'base32' })
}

function userOf(
  { line, row }: Found,
  collected: Collector,
  from: {
    readonly roles: ReadonlyMap<string, readonly string[]>
    readonly hashes: ReadonlyMap<string, string>
    readonly knownRoles: readonly string[]
  },
): MovedUser {
  const value = (name: string): string | undefined => row.get(name)?.trim() || undefined
  const username = value('name') ?? ''
  const held = from.roles.get(username) ?? []
  for (const role of held) if (!from.knownRoles.includes(role)) collected.leave(`the role ${role}`)
  const hash = from.hashes.get(username)
  if (hash !== undefined && !hash.startsWith('$pbkdf2-sha256$')) collected.leave('passwords in an unknown form')
  const phone = (value('mobile_no') ?? '').replaceAll(/[\s()/.-]/g, '').replace(/^00/, '+')
  if (phone !== '' && !/^\+[1-9]\d{6,14}$/.test(phone))
    collected.leave('mobile numbers that are not in international form')
  return {
    line,
    username,
    displayName: value('full_name') ?? value('first_name'),
    email: value('email'),
    phone: /^\+[1-9]\d{6,14}$/.test(phone) ? phone : undefined,
    kind: value('user_type') === 'Website User' ? 'website' : 'system',
    status: value('enabled') === '0' ? 'disabled' : 'active',
    language: value('language'),
    roles: rolesOf(username, held, from.knownRoles),
    passwordHash: hash?.startsWith('$pbkdf2-sha256$') ? hash : null,
  }
}

/** Frappe's own administrator is ours; every user holds All without being listed. */
function rolesOf(username: string, held: readonly string[], known: readonly string[]): readonly string[] {
  const kept = held.filter((role) => known.includes(role) && role !== 'All')
  return [...new Set(username === 'Administrator' ? ['Administrator', ...kept] : kept)]
}
