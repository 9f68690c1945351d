import type { Cell } from '#csv/write-csv.ts'
import { type Instant, rfc3339 } from '#domain/time.ts'
import type { AdoptionReport, AdoptionRow, Tally } from './adoption-report.ts'

// The report as programs and spreadsheets read it.

export const ADOPTION_COLUMNS = [
  'username',
  'display_name',
  'kind',
  'status',
  'roles',
  'required',
  'standing',
  'required_at',
  'methods',
  'last_challenge_at',
  'last_failure_at',
  'last_sign_in_at',
  'bypass_reason',
  'bypass_until',
  'missing',
] as const

/** One line of the CSV. */
export function adoptionCells(row: AdoptionRow): Readonly<Record<(typeof ADOPTION_COLUMNS)[number], Cell>> {
  const { bypass } = row
  return {
    username: row.username,
    display_name: row.displayName,
    kind: row.kind,
    status: row.status,
    roles: row.roles.join('|'),
    required: row.requiredAt.length > 0,
    standing: row.standing,
    required_at: row.requiredAt.join('|'),
    methods: row.methods.join('|'),
    last_challenge_at: moment(row.lastChallengeAt),
    last_failure_at: moment(row.lastFailureAt),
    last_sign_in_at: moment(row.lastSignInAt),
    bypass_reason: bypass?.reason ?? null,
    bypass_until: bypass && (bypass.expiresAt === null ? 'never' : rfc3339(bypass.expiresAt)),
    missing: row.missing.join('|'),
  }
}

export function adoptionJson({ at, rows, totals, byRole, byApplication }: AdoptionReport): object {
  return {
    at: rfc3339(at),
    totals: {
      ...tallyJson(totals),
      disabled: totals.disabled,
      never_signed_in: totals.neverSignedIn,
      no_email: totals.noEmail,
      no_phone: totals.noPhone,
      by_method: totals.byMethod,
    },
    by_role: mapped(byRole),
    by_application: mapped(byApplication),
    users: rows.map((row) => ({
      username: row.username,
      display_name: row.displayName,
      kind: row.kind,
      status: row.status,
      roles: row.roles,
      required: row.requiredAt.length > 0,
      standing: row.standing,
      applications: row.standingAt,
      methods: row.methods,
      last_challenge_at: moment(row.lastChallengeAt),
      last_failure_at: moment(row.lastFailureAt),
      last_sign_in_at: moment(row.lastSignInAt),
      bypass: row.bypass && { reason: row.bypass.reason, expires_at: moment(row.bypass.expiresAt) },
      missing: row.missing,
    })),
  }
}

function tallyJson({ users, required, enrolled, standing }: Tally): object {
  return { users, required, enrolled, standing }
}

function mapped(tallies: Readonly<Record<string, Tally>>): object {
  return Object.fromEntries(Object.entries(tallies).map(([name, tally]) => [name, tallyJson(tally)]))
}

function moment(at: Instant | null): string | null {
  return at === null ? null : rfc3339(at)
}
