import { days, type Instant, rfc3339 } from '#domain/time.ts'
import { type Bypass, isAdministrator, type User } from '#domain/user.ts'
import type { Cell } from '#csv/write-csv.ts'
import type { Ports } from '#ports/ports.ts'
import { everyPerson } from './every-person.ts'

/** More exemptions than this are a sign that accounts are shared: of all users, or in number. */
const NOTICE_SHARE = 0.05
const NOTICE_COUNT = 10

/** How long before its end an exemption is called ending. */
export const ENDING_SOON = days(7)

export interface BypassRow extends Bypass {
  readonly username: string
  readonly displayName: string
  readonly administrator: boolean
  readonly endingSoon: boolean
}

export interface BypassReport {
  readonly at: Instant
  /** Active users. */
  readonly users: number
  /** Exemptions of active users that hold now, those that end first in front. */
  readonly rows: readonly BypassRow[]
  /** Out of all users, from 0 to 1. */
  readonly share: number
  /** What to say when there are too many; null: there are not. */
  readonly notice: string | null
}

/** Who is exempt, why, by whom and until when. */
export async function bypassReport(ports: Ports, name: string): Promise<BypassReport | 'unknown-site'> {
  const at = ports.clock.now()
  const file = await ports.store.siteFile(name)
  if (!file) return 'unknown-site'
  const rows: BypassRow[] = []
  let users = 0
  for await (const { user } of everyPerson(ports, file.site.id, at)) {
    if (user.status !== 'active') continue
    users += 1
    const row = rowOf(user, at)
    if (row) rows.push(row)
  }
  const share = users === 0 ? 0 : rows.length / users
  const sorted = rows.toSorted((a, b) => (a.expiresAt ?? Infinity) - (b.expiresAt ?? Infinity) || 0)
  return { at, users, rows: sorted, share, notice: noticeOfBypasses(rows.length, users) }
}

function rowOf(user: User, now: Instant): BypassRow | undefined {
  const { bypass } = user
  if (bypass === null || !isExempt(user, now)) return undefined
  return {
    ...bypass,
    username: user.username,
    displayName: user.displayName,
    administrator: isAdministrator(user),
    endingSoon: bypass.expiresAt !== null && bypass.expiresAt - now <= ENDING_SOON,
  }
}

/** Whether an exemption of this user holds. */
export function isExempt({ bypass }: User, now: Instant): boolean {
  return bypass !== null && (bypass.expiresAt === null || now < bypass.expiresAt)
}

/** What to say when there are too many exemptions; null: there are not. */
export function noticeOfBypasses(exempt: number, users: number): string | null {
  const share = users === 0 ? 0 : exempt / users
  if (exempt <= NOTICE_COUNT && share <= NOTICE_SHARE) return null
  return (
    `Exempt from the second factor: ${exempt} of ${users} users (${Math.round(share * 1000) / 10} %).` +
    ' Where several people share an account, an account for each of them is better than an exemption.'
  )
}

export const BYPASS_COLUMNS = ['username', 'display_name', 'reason', 'note', 'set_by', 'set_at', 'expires_at'] as const

export function bypassRecord(row: BypassRow): Readonly<Record<(typeof BYPASS_COLUMNS)[number], Cell>> {
  return {
    username: row.username,
    display_name: row.displayName,
    reason: row.reason,
    note: row.note,
    set_by: row.setBy,
    set_at: rfc3339(row.setAt),
    expires_at: row.expiresAt === null ? null : rfc3339(row.expiresAt),
  }
}

export function bypassJson({ at, users, rows, share, notice }: BypassReport): object {
  return {
    at: rfc3339(at),
    users,
    exempt: rows.length,
    share,
    notice,
    bypasses: rows.map((row) => ({
      ...bypassRecord(row),
      administrator: row.administrator,
      ending_soon: row.endingSoon,
    })),
  }
}
