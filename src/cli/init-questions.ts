import { isSiteName } from '#domain/site.ts'
import { isUsername } from '#domain/user.ts'
import { isPresetName, PRESET_NAMES, type PresetName } from '#policy/presets.ts'
import { checkPassword } from '#usecases/user-input.ts'
import { EXIT, Failure } from './exit-codes.ts'
import type { Job } from './job.ts'
import { unknownPreset } from './unknown-preset.ts'

export interface InitFlags {
  readonly environmentFile: string
  readonly origin?: string
  readonly keyFile?: string
  readonly database?: string
  readonly smtpUrl?: string
  readonly title?: string
  readonly preset?: string
  readonly administrator?: string
  readonly email?: string
  readonly passwordStdin?: true
}

export interface InitPlan {
  /** What the file will say; a variable that keeps its default is left out, except the key and the database. */
  readonly environment: Readonly<Record<string, string>>
  readonly site: { readonly name: string; readonly title: string; readonly preset: PresetName | undefined }
  /** Without a password they get a link by which they choose it. */
  readonly administrator: { readonly username: string; readonly email: string; readonly password: string | null }
}

interface Question {
  readonly flag: string
  readonly asks: string
  /** What an empty answer means; without one, something has to be said. */
  readonly initial?: string
  /** What is wrong with an answer, as a sentence. */
  readonly wrong?: (answer: string) => string | undefined
}

const ORIGIN: Question = {
  flag: '--origin',
  asks: 'Address under which people will reach it, like https://login.example.com',
  wrong: (text) => (isOrigin(text) ? undefined : 'It is scheme and host, with a port where it needs one, and no path.'),
}
const KEY: Question = { flag: '--key-file', asks: 'File for the key', initial: './data/countersign.key' }
const DATABASE: Question = { flag: '--database', asks: 'Database', initial: 'sqlite:./data/countersign.db' }
const MAIL: Question = {
  flag: '--smtp-url',
  asks: 'Mail server, like smtps://user:password@host:465?from=address (empty: none yet)',
  initial: '',
}
const SITE: Question = {
  flag: '--site',
  asks: 'Name of the first site, as it stands in its addresses',
  wrong: (text) =>
    isSiteName(text)
      ? undefined
      : 'It has lower-case letters, digits and hyphens, and is not one of our own addresses.',
}
const PRESET: Question = { flag: '--preset', asks: `Preset: ${PRESET_NAMES.join(', ')} (empty: none)`, initial: '' }
const WHO: Question = {
  flag: '--administrator',
  asks: 'User name of the first administrator',
  initial: 'root',
  wrong: (text) => (isUsername(text) ? undefined : 'It has no spaces.'),
}
const EMAIL: Question = { flag: '--email', asks: 'Email address of the administrator' }

/**
 * Takes what the flags and the environment say, and asks for the rest where somebody can answer. Where nobody can, a missing flag ends
 * the command by its name.
 */
export async function askForInit(job: Job, flags: InitFlags): Promise<InitPlan> {
  const given = job.context.environment
  refuseSecret('--database', 'COUNTERSIGN_DATABASE', flags.database)
  refuseSecret('--smtp-url', 'COUNTERSIGN_SMTP_URL', flags.smtpUrl)
  const origin = await settle(job, ORIGIN, flags.origin ?? given['COUNTERSIGN_ORIGIN'])
  const key = await settle(job, KEY, flags.keyFile ?? given['COUNTERSIGN_KEY_FILE'])
  const database = await settle(job, DATABASE, flags.database ?? given['COUNTERSIGN_DATABASE'])
  const mail = await settle(job, MAIL, flags.smtpUrl ?? given['COUNTERSIGN_SMTP_URL'])
  const name = await settle(job, SITE, job.site)
  const preset = await settle(job, PRESET, flags.preset)
  if (preset !== '' && !isPresetName(preset)) throw unknownPreset(preset)
  const username = await settle(job, WHO, flags.administrator)
  const email = await settle(job, EMAIL, flags.email)
  const password = flags.passwordStdin ? await readPassword(job, [username, name]) : null
  return {
    environment: {
      ...Object.fromEntries(
        Object.entries(given).flatMap(([each, value]) => (isOurs(each, value) ? [[each, value]] : [])),
      ),
      COUNTERSIGN_ORIGIN: origin,
      COUNTERSIGN_KEY_FILE: key,
      COUNTERSIGN_DATABASE: database,
      ...(mail === '' ? {} : { COUNTERSIGN_SMTP_URL: mail }),
    },
    site: { name, title: flags.title ?? name, preset: preset === '' ? undefined : preset },
    administrator: { username, email, password },
  }
}

async function settle(job: Job, question: Question, given: string | undefined): Promise<string> {
  const { flag, asks, initial, wrong } = question
  const { ask } = job.context
  if (given !== undefined || ask === undefined) {
    const answer = given ?? initial
    if (answer === undefined) throw new Failure(EXIT.usage, `${flag} is missing: ${asks}.`)
    const problem = wrong?.(answer)
    if (problem !== undefined) throw new Failure(EXIT.usage, `${flag} "${answer}": ${problem}`)
    return answer
  }
  for (;;) {
    const typed = (await ask(`${asks}${initial ? ` [${initial}]` : ''}: `)).trim()
    const answer = typed === '' ? (initial ?? '') : typed
    const problem = answer === '' && initial === undefined ? 'Something has to be said here.' : wrong?.(answer)
    if (problem === undefined) return answer
    job.context.err(`${problem}\n`)
  }
}

async function readPassword({ context }: Job, names: readonly string[]): Promise<string> {
  const password = (await context.input()).replace(/\r?\n$/, '')
  const [problem] = checkPassword(password, names)
  if (problem) throw new Failure(EXIT.refused, `The password ${problem.problem}.`)
  return password
}

/** Other users of the machine can read the arguments of a command. */
function refuseSecret(flag: string, variable: string, address: string | undefined): void {
  if (address !== undefined && URL.canParse(address) && new URL(address).password !== '')
    throw new Failure(
      EXIT.usage,
      `${flag} holds a password, and arguments can be read by others; give it in ${variable} instead.`,
    )
}

function isOrigin(text: string): boolean {
  return URL.canParse(text) && /^https?:$/.test(new URL(text).protocol) && new URL(text).origin === text
}

function isOurs(name: string, value: string | undefined): value is string {
  return name.startsWith('COUNTERSIGN_') && value !== undefined
}
