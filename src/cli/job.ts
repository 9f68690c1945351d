import type { Command } from 'commander'
import { nearest } from '#policy/nearest.ts'
import type { Ports } from '#ports/ports.ts'
import type { SiteFile } from '#ports/store.ts'
import type { Act } from '#usecases/act.ts'
import type { CliContext, OpenOptions } from './context.ts'
import { EXIT, Failure } from './exit-codes.ts'
import { visible } from './output.ts'

/** One command being run: what it was given, and whether a program or a person reads the answer. */
export interface Job {
  readonly context: CliContext
  readonly json: boolean
  readonly site: string | undefined
}

/** What commander calls when its command is typed: arguments, then options, then the command itself. */
export function task<Given extends readonly unknown[]>(
  context: CliContext,
  work: (job: Job, ...given: Given) => Promise<void>,
): (...given: unknown[]) => Promise<void> {
  return async (...given) => {
    const command = given.at(-1) as Command
    const { json, site } = command.optsWithGlobals<{ json?: true; site?: string }>()
    await work({ context, json: json === true, site }, ...(given.slice(0, -1) as unknown as Given))
  }
}

/** The answer of a command on standard output: one JSON document, or text for people. */
export function answer(job: Job, data: unknown, text: string): void {
  job.context.out(job.json ? `${JSON.stringify(data)}\n` : visible(text.endsWith('\n') ? text : `${text}\n`))
}

/** A remark to the person at the terminal, which is no part of the answer. */
export function say(job: Job, text: string): void {
  job.context.err(`${visible(text)}\n`)
}

interface House {
  readonly ports: Ports
  readonly act: Act
  readonly database: string
}

/** Does something with the database open, and closes it whatever happens. */
export async function inHouse<T>(job: Job, work: (house: House) => Promise<T>, options?: OpenOptions): Promise<T> {
  const opened = await job.context.open(options)
  if (opened.kind === 'failed') throw new Failure(EXIT.unreachable, opened.message)
  try {
    return await work({ ports: opened.ports, act: operator(job.context), database: opened.database })
  } finally {
    await opened.close()
  }
}

interface AtSite {
  readonly ports: Ports
  /** The site as it was when the command began. */
  readonly file: SiteFile
  /** Who does it, from where, at which site: the beginning of every order to a use case. */
  readonly order: Act & { readonly site: string }
}

/** Does something at the site that `--site` names. */
export function atSite<T>(job: Job, work: (place: AtSite) => Promise<T>): Promise<T> {
  const { site } = job
  if (site === undefined)
    throw new Failure(EXIT.usage, 'Which site? Add --site NAME; "countersign sites list" lists them.')
  return inHouse(job, async ({ ports, act }) => {
    const file = await ports.store.siteFile(site)
    if (!file)
      throw notFound(
        'site',
        site,
        (await ports.store.sites()).map(({ name }) => name),
      )
    return work({ ports, file, order: { ...act, site } })
  })
}

/** "There is no role …", with the one that was probably meant. */
export function notFound(what: string, name: string, known: readonly string[]): Failure {
  return new Failure(EXIT.notFound, `There is no ${what} "${name}".${didYouMean(name, known)}`)
}

export function didYouMean(typed: string, known: readonly string[]): string {
  const meant = nearest(typed, known)
  return meant === undefined ? '' : ` Did you mean ${meant}?`
}

/** Somebody else was faster, four times over. */
export function busy(): Failure {
  return new Failure(EXIT.failed, 'Too much was changed at the same moment, so nothing was done. Try again.')
}

/** Whoever may run this program on the server; the audit log gets the name the operating system knows them by. */
export function operator({ environment }: CliContext): Act {
  const name = [environment['USER'], environment['LOGNAME']].find((each) => each !== undefined && each !== '')
  return {
    actor: { type: 'operator', id: 'cli', name: name ?? 'operator' },
    origin: { request: 'cli', address: null, userAgent: null },
  }
}
