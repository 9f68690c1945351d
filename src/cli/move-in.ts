import { writeFile } from 'node:fs/promises'
import { csvTable } from '#csv/write-csv.ts'
import type { Moved, MovedProblem } from '#moving/moved.ts'
import { type MovedIn, moveIn } from '#usecases/move-in.ts'
import { EXIT, Failure } from './exit-codes.ts'
import { answer, atSite, busy, type Job, notFound, say } from './job.ts'
import { type MovedForm, readFrappeDump, readMoved, readSiteKey } from './moved-files.ts'
import { count } from './output.ts'
import { type Progress, progressOn } from './progress.ts'

export interface MoveFlags {
  readonly dryRun?: true
  readonly errors?: string
}

export interface FrappeFlags extends MoveFlags {
  readonly encryptionKeyFile: string
}

/** Problems that are told on the terminal; the file of `--errors` has them all. */
const TOLD = 20
/** Names that are told; there may be hundreds. */
const NAMED = 10

export async function moveFromFrappe(job: Job, path: string, flags: FrappeFlags): Promise<void> {
  const key = await readSiteKey(flags.encryptionKeyFile)
  await atSite(job, async ({ ports, file, order }) => {
    const progress = progressOn(job.context, ports.clock)
    const roles = file.roles.map(({ name }) => name)
    const read = readFrappeDump(path, key, roles, (done, total) => progress.show('Reading ', done, total))
    await move(job, { ports, order, progress, flags }, await read.finally(() => progress.end()))
  })
}

export async function moveFromFile(job: Job, form: MovedForm, path: string, flags: MoveFlags): Promise<void> {
  const moved = await readMoved(form, path)
  await atSite(job, ({ ports, order }) =>
    move(job, { ports, order, progress: progressOn(job.context, ports.clock), flags }, moved),
  )
}

type Place = Parameters<Parameters<typeof atSite>[1]>[0]

async function move(
  job: Job,
  {
    ports,
    order,
    progress,
    flags,
  }: Pick<Place, 'ports' | 'order'> & { readonly progress: Progress; readonly flags: MoveFlags },
  moved: Moved,
): Promise<void> {
  const dryRun = flags.dryRun === true
  const outcome = await moveIn(ports, {
    ...order,
    moved,
    dryRun,
    onProgress: (stage, done, total) => progress.show(stage === 'checking' ? 'Checking' : 'Saving  ', done, total),
  }).finally(() => progress.end())
  switch (outcome.kind) {
    case 'unknown-site':
      throw notFound('site', order.site, [])
    case 'busy':
      throw busy()
    case 'refused': {
      if (flags.errors !== undefined) await writeProblems(flags.errors, outcome.problems)
      if (job.json) answer(job, { dry_run: dryRun, users: 0, apps: 0, problems: outcome.problems }, '')
      throw new Failure(EXIT.refused, told(outcome.problems, flags.errors))
    }
    case 'moved':
    case 'movable': {
      const left = [...moved.left].map(([what, times]) => ({ what, times }))
      const { users, known, passwords, apps, short } = outcome
      answer(
        job,
        { dry_run: dryRun, users, known, passwords, apps, short_secrets: short, left, problems: [] },
        summary(outcome),
      )
      for (const line of remarks(outcome, left)) say(job, line)
      if (dryRun) say(job, 'Nothing was changed.')
    }
  }
}

function summary({ kind, users, apps }: MovedIn & { readonly kind: 'moved' | 'movable' }): string {
  const what = `${count(users, 'user')} and ${count(apps, 'authenticator app')}`
  return kind === 'moved' ? `${what} moved in.` : `${what} can be moved in.`
}

function remarks(
  { known, passwords, short }: MovedIn,
  left: readonly { what: string; times: number }[],
): readonly string[] {
  const lines: string[] = []
  if (passwords > 0) lines.push(`${count(passwords, 'password')} came along; each is hashed anew at its next sign-in.`)
  if (known > 0) lines.push(`${count(known, 'user')} of the file were here before and stay as they are.`)
  if (short.length > 0) {
    const names = short.slice(0, NAMED).join(', ')
    const more = short.length > NAMED ? ` and ${short.length - NAMED} more` : ''
    lines.push(
      `${count(short.length, 'app')} with a secret shorter than 128 bits: ${names}${more}. They work; ask their owners to set up the app anew.`,
    )
  }
  for (const { what, times } of left) lines.push(`Left behind: ${what} (${times}).`)
  return lines
}

async function writeProblems(path: string, problems: readonly MovedProblem[]): Promise<void> {
  const records = problems.map(({ line, username, field, problem }) => ({ line, username, field, problem }))
  try {
    await writeFile(path, csvTable(['line', 'username', 'field', 'problem'], records))
  } catch (cause) {
    const code = (cause as NodeJS.ErrnoException).code ?? 'unknown error'
    throw new Failure(EXIT.failed, `The file ${path} cannot be written (${code}); nothing was imported.`)
  }
}

function told(problems: readonly MovedProblem[], errors: string | undefined): string {
  const lines = problems.slice(0, TOLD).map(({ line, username, field, problem }) => {
    const whose = username === '' ? '' : ` (${username})`
    return `line ${line}${whose}, ${field}: ${problem}`
  })
  const more = problems.length - lines.length
  if (more > 0)
    lines.push(`and ${count(more, 'more problem')}${errors === undefined ? '; --errors FILE writes them all' : ''}`)
  if (errors !== undefined) lines.push(`All of them are in ${errors}.`)
  return [...lines, 'Nothing was imported.'].join('\n')
}
