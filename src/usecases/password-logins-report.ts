import type { AuditRow } from '#audit/event.ts'
import type { Cell } from '#csv/write-csv.ts'
import { days, type Instant, rfc3339 } from '#domain/time.ts'
import type { Ports } from '#ports/ports.ts'

/** How far back is looked. A script that runs once a month is still seen. */
const SPAN = days(31)
const PAGE = 1_000

export interface PasswordLoginRow {
  readonly username: string
  /** Right passwords over the API in this time. */
  readonly logins: number
  readonly lastAt: Instant
  /** From where, and with what program, the last time; null: not told, or erased meanwhile. */
  readonly address: string | null
  readonly userAgent: string | null
}

export interface PasswordLoginsReport {
  readonly at: Instant
  readonly since: Instant
  /** Those that sign in most in front. */
  readonly rows: readonly PasswordLoginRow[]
}

/**
 * Who still shows a password on the API: scripts that stop when a second factor is asked of their account, and should have a key
 * instead. Read from the audit log; pages are no scripts and are left out.
 */
export async function passwordLoginsReport(ports: Ports, name: string): Promise<PasswordLoginsReport | 'unknown-site'> {
  const site = await ports.store.site(name)
  if (!site) return 'unknown-site'
  const at = ports.clock.now()
  const since = at - SPAN
  const rows = new Map<string, PasswordLoginRow>()
  for (let before: number | undefined; ; ) {
    const page: readonly AuditRow[] = await ports.store.audit(site.id, {
      ev: 'auth.password.ok',
      from: since,
      limit: PAGE,
      ...(before === undefined ? {} : { before }),
    })
    for (const row of page) if (row.data['surface'] === 'api') count(rows, row)
    const last = page.at(-1)
    if (last === undefined || page.length < PAGE) break
    before = last.seq
  }
  const sorted = [...rows.values()].sort((a, b) => b.logins - a.logins || a.username.localeCompare(b.username))
  return { at, since, rows: sorted }
}

/** The newest come first: what is known of the last login stays. */
function count(rows: Map<string, PasswordLoginRow>, { at, actor, origin }: AuditRow): void {
  const username = actor.name ?? actor.id
  const known = rows.get(actor.id) ?? { username, logins: 0, lastAt: at, ...originOf(origin) }
  rows.set(actor.id, { ...known, logins: known.logins + 1 })
}

function originOf({ address, userAgent }: AuditRow['origin']) {
  return { address, userAgent }
}

export const PASSWORD_LOGIN_COLUMNS = ['username', 'logins', 'last_at', 'address', 'user_agent'] as const

export function passwordLoginRecord(
  row: PasswordLoginRow,
): Readonly<Record<(typeof PASSWORD_LOGIN_COLUMNS)[number], Cell>> {
  return {
    username: row.username,
    logins: row.logins,
    last_at: rfc3339(row.lastAt),
    address: row.address,
    user_agent: row.userAgent,
  }
}

export function passwordLoginsJson({ at, since, rows }: PasswordLoginsReport): object {
  return { at: rfc3339(at), since: rfc3339(since), accounts: rows.length, rows: rows.map(passwordLoginRecord) }
}
