import { readFile, writeFile } from 'node:fs/promises'
import { type CsvTable, readCsv } from '#csv/read-csv.ts'
import { csvTable } from '#csv/write-csv.ts'
import { type ImportProblem, importUsers } from '#usecases/import-users.ts'
import { EXIT, Failure } from './exit-codes.ts'
import { answer, atSite, busy, type Job, notFound, say } from './job.ts'
import { count } from './output.ts'
import { progressOn } from './progress.ts'

export interface ImportFlags {
  readonly dryRun?: true
  readonly errors?: string
}

/** Problems that are told on the terminal; the file of `--errors` has them all. */
const TOLD = 20

/** Makes the users of a CSV file: all of them, or none when a single row is wrong. */
export async function importFromFile(job: Job, path: string, flags: ImportFlags): Promise<void> {
  const dryRun = flags.dryRun === true
  const table = await tableIn(job, path)
  await atSite(job, async ({ ports, order }) => {
    const progress = progressOn(job.context, ports.clock)
    const outcome = await importUsers(ports, {
      ...order,
      table,
      dryRun,
      onProgress: ({ stage, done, total }) =>
        progress.show(stage === 'checking' ? 'Checking' : 'Saving  ', done, total),
    }).finally(() => progress.end())
    switch (outcome.kind) {
      case 'unknown-site':
        throw notFound('site', order.site, [])
      case 'busy':
        throw busy()
      case 'refused': {
        const { problems, rows } = outcome
        if (flags.errors !== undefined) await writeProblems(flags.errors, problems)
        if (job.json) answer(job, { dry_run: dryRun, rows, imported: 0, problems }, '')
        throw new Failure(EXIT.refused, told(problems, flags.errors))
      }
      case 'importable':
        answer(
          job,
          { dry_run: true, rows: outcome.users, imported: 0, problems: [] },
          `${count(outcome.users, 'user')} can be imported.`,
        )
        return say(job, 'Nothing was changed.')
      case 'imported': {
        const { users } = outcome
        answer(job, { dry_run: false, rows: users, imported: users, problems: [] }, `${count(users, 'user')} imported.`)
        return say(job, 'None of them has a password yet; "users set NAME --password-stdin" gives one.')
      }
    }
  })
}

async function tableIn(job: Job, path: string): Promise<CsvTable> {
  const read = readCsv(path === '-' ? await job.context.input() : await textOf(path))
  if (read.kind === 'table') return read.table
  throw new Failure(EXIT.refused, `line ${read.line}: ${read.problem}`)
}

/** What an office program saves in an old character set would give people wrong names: it is refused, not guessed. */
async function textOf(path: string): Promise<string> {
  let bytes: Uint8Array
  try {
    bytes = await readFile(path)
  } catch (cause) {
    const code = (cause as NodeJS.ErrnoException).code ?? 'unknown error'
    throw new Failure(EXIT.notFound, `The file ${path} cannot be read (${code}).`)
  }
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    throw new Failure(EXIT.refused, `The file ${path} is not UTF-8 text; save it as "CSV UTF-8".`)
  }
}

async function writeProblems(path: string, problems: readonly ImportProblem[]): Promise<void> {
  const records = problems.map(({ line, username, field, problem }) => ({ line, username, field, problem }))
  try {
    await writeFile(path, csvTable(['line', 'username', 'field', 'problem'], records))
  } catch (cause) {
    const code = (cause as NodeJS.ErrnoException).code ?? 'unknown error'
    throw new Failure(EXIT.failed, `The file ${path} cannot be written (${code}); nothing was imported.`)
  }
}

function told(problems: readonly ImportProblem[], errors: string | undefined): string {
  const lines = problems.slice(0, TOLD).map(({ line, field, problem }) => `line ${line}, ${field}: ${problem}`)
  const more = problems.length - lines.length
  if (more > 0)
    lines.push(`and ${count(more, 'more problem')}${errors === undefined ? '; --errors FILE writes them all' : ''}`)
  if (errors !== undefined) lines.push(`All of them are in ${errors}.`)
  return [...lines, 'Nothing was imported.'].join('\n')
}
