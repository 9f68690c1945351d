import type { Method } from '#domain/method.ts'
import type { Instant } from '#domain/time.ts'
import { type BypassReason, rolesHeld, type User } from '#domain/user.ts'
import { usableMethods } from '#policy/methods.ts'
import type { Ports } from '#ports/ports.ts'
import type { PersonFile, SiteFile } from '#ports/store.ts'
import { everyPerson } from './every-person.ts'
import { type Standing, standingAt, STANDINGS } from './standing.ts'

export interface AdoptionRow {
  readonly username: string
  readonly displayName: string
  readonly kind: User['kind']
  readonly status: User['status']
  readonly roles: readonly string[]
  readonly standing: Standing
  readonly standingAt: Readonly<Record<string, Standing>>
  /** Applications at which a second factor is required of this user, also while an exemption holds. */
  readonly requiredAt: readonly string[]
  /** What the user could prove a second factor with now. */
  readonly methods: readonly Method[]
  readonly lastSignInAt: Instant | null
  readonly lastChallengeAt: Instant | null
  readonly lastFailureAt: Instant | null
  /** The exemption that holds now. */
  readonly bypass: { readonly reason: BypassReason; readonly expiresAt: Instant | null } | null
  readonly missing: readonly ('email' | 'phone')[]
}

export interface Tally {
  readonly users: number
  readonly required: number
  /** Hold at least one method that could be asked for. */
  readonly enrolled: number
  readonly standing: Readonly<Record<Standing, number>>
}

export interface AdoptionReport {
  readonly at: Instant
  /** Everybody, the disabled too; the counts are of the active alone. */
  readonly rows: readonly AdoptionRow[]
  readonly totals: Tally & {
    readonly disabled: number
    readonly neverSignedIn: number
    readonly noEmail: number
    readonly noPhone: number
    readonly byMethod: Readonly<Partial<Record<Method, number>>>
  }
  readonly byRole: Readonly<Record<string, Tally>>
  readonly byApplication: Readonly<Record<string, Tally>>
}

/** Who is covered, by what, and who is not: by the decision that a sign-in would meet, on a browser nothing is remembered of. */
export async function adoptionReport(ports: Ports, name: string): Promise<AdoptionReport | 'unknown-site'> {
  const at = ports.clock.now()
  const file = await ports.store.siteFile(name)
  if (!file) return 'unknown-site'
  const { id } = file.site
  const challenged = await ports.store.lastEvents(id, 'auth.challenge.issued')
  const failed = await ports.store.lastEvents(id, 'auth.challenge.fail')
  const rows: AdoptionRow[] = []
  for await (const person of everyPerson(ports, id, at)) {
    const lastChallengeAt = challenged.get(person.user.id) ?? null
    rows.push({ ...rowOf(person, at), lastChallengeAt, lastFailureAt: failed.get(person.user.id) ?? null })
  }
  return { at, rows, ...counted(file, rows) }
}

function rowOf(person: PersonFile, now: Instant): Omit<AdoptionRow, 'lastChallengeAt' | 'lastFailureAt'> {
  const { user } = person
  const { standing, at, facts } = standingAt(person, now)
  const standings = Object.entries(at)
  const [first] = facts
  const { bypass } = user
  const exempt = bypass !== null && (bypass.expiresAt === null || now < bypass.expiresAt)
  return {
    username: user.username,
    displayName: user.displayName,
    kind: user.kind,
    status: user.status,
    roles: rolesHeld(user),
    standing,
    standingAt: at,
    requiredAt: standings.filter(([, standing]) => standing !== 'not_required').map(([application]) => application),
    methods: first === undefined ? [] : usableMethods(first),
    lastSignInAt: user.lastSignInAt,
    bypass: exempt ? { reason: bypass.reason, expiresAt: bypass.expiresAt } : null,
    missing: [
      ...(user.email === null ? (['email'] as const) : []),
      ...(user.phone === null ? (['phone'] as const) : []),
    ],
  }
}

function counted(
  file: SiteFile,
  rows: readonly AdoptionRow[],
): Pick<AdoptionReport, 'totals' | 'byRole' | 'byApplication'> {
  const active = rows.filter(({ status }) => status === 'active')
  const methods = active.flatMap((row) => row.methods)
  const byMethod: Partial<Record<Method, number>> = {}
  for (const method of methods) byMethod[method] = (byMethod[method] ?? 0) + 1
  const overall = ({ standing }: AdoptionRow): Standing => standing
  return {
    totals: {
      ...tally(active, overall),
      disabled: rows.length - active.length,
      neverSignedIn: active.filter(({ lastSignInAt }) => lastSignInAt === null).length,
      noEmail: active.filter(({ missing }) => missing.includes('email')).length,
      noPhone: active.filter(({ missing }) => missing.includes('phone')).length,
      byMethod,
    },
    byRole: Object.fromEntries(
      file.roles.map(({ name }) => [
        name,
        tally(
          active.filter(({ roles }) => roles.includes(name)),
          overall,
        ),
      ]),
    ),
    byApplication: Object.fromEntries(
      file.applications.map(({ name }) => [
        name,
        tally(active, ({ standingAt }) => standingAt[name] ?? 'not_required'),
      ]),
    ),
  }
}

function tally(rows: readonly AdoptionRow[], standingOfRow: (row: AdoptionRow) => Standing): Tally {
  const standing = Object.fromEntries(STANDINGS.map((each) => [each, 0])) as Record<Standing, number>
  for (const row of rows) standing[standingOfRow(row)] += 1
  return {
    users: rows.length,
    required: rows.length - standing.not_required,
    enrolled: rows.filter(({ methods }) => methods.length > 0).length,
    standing,
  }
}
