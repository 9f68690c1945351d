import type { CsvRow, CsvTable } from '#csv/read-csv.ts'
import type { AuditEvent } from '#audit/event.ts'
import { canonicalUsername } from '#domain/user.ts'
import type { Change } from '#ports/changes.ts'
import type { Ports } from '#ports/ports.ts'
import type { SiteFile } from '#ports/store.ts'
import type { Act } from './act.ts'
import { readHeader, type ReadHeader, readRow, type ReadRow } from './import-columns.ts'
import { newUser } from './new-user.ts'
import { inRounds } from './rounds.ts'
import { asKept, checkUser, type FieldProblem } from './user-input.ts'

/** Something wrong with a row; `line` is the line of the file it begins on. */
export interface ImportProblem extends FieldProblem {
  readonly line: number
  readonly username: string
}

export interface ImportProgress {
  readonly stage: 'checking' | 'saving'
  readonly done: number
  readonly total: number
}

export interface ImportUsers extends Act {
  readonly site: string
  readonly table: CsvTable
  /** Everything is checked and nothing is made. */
  readonly dryRun: boolean
  readonly onProgress?: (progress: ImportProgress) => void
}

export type ImportUsersOutcome =
  | { readonly kind: 'imported'; readonly users: number }
  /** A dry run without a problem. */
  | { readonly kind: 'importable'; readonly users: number }
  /** Nothing was made; every problem of every row is named. */
  | { readonly kind: 'refused'; readonly rows: number; readonly problems: readonly ImportProblem[] }
  | { readonly kind: 'unknown-site' }
  | { readonly kind: 'busy' }

/** How many rows are checked between two reports. */
const STEP = 250

/** Makes all users of a table in one commit, each with an account of their own in the audit log; or none of them. */
export async function importUsers(ports: Ports, order: ImportUsers): Promise<ImportUsersOutcome> {
  const { table } = order
  const total = table.rows.length
  const header = readHeader(table.header)
  const outcome = await inRounds<ImportUsersOutcome>(async () => {
    const file = await ports.store.siteFile(order.site)
    if (!file) return { kind: 'unknown-site' }
    const taken = await ports.store.usernames(file.site.id)
    const { rows, problems } = check(file, taken, header, order)
    if (problems.length > 0) return { kind: 'refused', rows: total, problems }
    if (order.dryRun) return { kind: 'importable', users: rows.length }
    if (rows.length === 0) return { kind: 'imported', users: 0 }
    order.onProgress?.({ stage: 'saving', done: 0, total })
    const committed = await save(ports, file, order, rows)
    if (committed === 'conflict') return 'conflict'
    order.onProgress?.({ stage: 'saving', done: total, total })
    return { kind: 'imported', users: rows.length }
  })
  return outcome === 'busy' ? { kind: 'busy' } : outcome
}

function save(
  ports: Ports,
  file: SiteFile,
  order: ImportUsers,
  rows: readonly ReadRow[],
): Promise<'committed' | 'conflict'> {
  const at = ports.clock.now()
  const changes: Change[] = []
  const events: AuditEvent[] = []
  for (const { username, fields } of rows) {
    const coming = { actor: order.actor, username, fields: asKept(file, fields) }
    const made = newUser(ports, file, coming, { at, passwordHash: null })
    changes.push(...made.changes)
    events.push({ ...made.event, data: { ...made.event.data, imported: true } })
  }
  const [first, ...others] = events
  if (first === undefined) throw new Error('an import without rows commits nothing')
  return ports.store.commit({ site: file.site.id, at, origin: order.origin, changes, events: [first, ...others] })
}

function check(
  file: SiteFile,
  taken: ReadonlySet<string>,
  header: ReadHeader,
  { table, onProgress }: Pick<ImportUsers, 'table' | 'onProgress'>,
): { readonly rows: readonly ReadRow[]; readonly problems: readonly ImportProblem[] } {
  const problems: ImportProblem[] = header.problems.map((each) => ({ line: 1, username: '', ...each }))
  const rows: ReadRow[] = []
  const lines = new Map<string, number>()
  for (const [index, row] of table.rows.entries()) {
    if (index % STEP === 0) onProgress?.({ stage: 'checking', done: index, total: table.rows.length })
    const read = readRow(header.columns, row.cells)
    const found = problemsOf(file, taken, lines, row, read)
    for (const each of found) problems.push({ line: row.line, username: read.username, ...each })
    rows.push(read)
  }
  onProgress?.({ stage: 'checking', done: table.rows.length, total: table.rows.length })
  return { rows, problems }
}

/** A row that has not as many cells as the header has nothing that could be trusted, so its other problems would mislead. */
function problemsOf(
  file: SiteFile,
  taken: ReadonlySet<string>,
  lines: Map<string, number>,
  row: CsvRow,
  read: ReadRow,
): readonly FieldProblem[] {
  if (read.problems.some(({ field }) => field === 'row')) return read.problems
  const problems = [...read.problems, ...checkUser(file, read.username, read.fields)]
  const name = canonicalUsername(read.username)
  const before = lines.get(name)
  if (name === '') return problems
  if (before !== undefined) problems.push({ field: 'username', problem: `stands on line ${before} already` })
  else lines.set(name, row.line)
  if (taken.has(name))
    problems.push({ field: 'username', problem: `there is a user "${name}" at ${file.site.name} already` })
  return problems
}
