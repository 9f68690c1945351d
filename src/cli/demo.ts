import { PRESETS, isPresetName } from '#policy/presets.ts'
import type { CliContext, RunningDemo } from './context.ts'
import { DEMO_USERS, type DemoUser } from './demo-site.ts'
import { EXIT, Failure } from './exit-codes.ts'
import type { Job } from './job.ts'
import { paint, table } from './output.ts'
import { unknownPreset } from './unknown-preset.ts'

export interface DemoFlags {
  readonly preset?: string
  readonly listen?: string
  readonly data?: string
  readonly fresh?: true
}

type Demo = Extract<RunningDemo, { kind: 'running' }>

/** Runs the demo and says where to go. `--json` says it in one line, for a program that drives it. */
export async function demo(job: Job, flags: DemoFlags): Promise<void> {
  const { context, json } = job
  const { preset, listen, data, fresh = false } = flags
  if (preset !== undefined && !isPresetName(preset)) throw unknownPreset(preset)
  const running = await context.demo({ preset, listen, data, fresh })
  if (running.kind === 'failed') throw new Failure(EXIT.unreachable, running.message)
  try {
    context.out(json ? `${JSON.stringify(readyLine(running))}\n` : welcome(context, running))
    await context.untilStopped()
  } finally {
    await running.close()
  }
}

function readyLine({ origin, site, adminKey }: Demo): object {
  const users = DEMO_USERS.map(({ username, password, email, phone, kind, roles }) => {
    return { username, password, email, phone, kind, roles }
  })
  return { origin, site, users, admin_key: adminKey, mailbox: `${origin}/mailbox` }
}

function welcome(context: CliContext, running: Demo): string {
  const { origin, site, preset, adminKey, serviceKey } = running
  const people = DEMO_USERS.map((user) => [user.username, user.password, describe(user)])
  const says = isPresetName(preset) ? ` ${PRESETS[preset].says}` : ''
  return [
    '',
    `  ${paint(context, 'bold', 'Countersign is running.')} Sign in at ${paint(context, 'green', `${origin}/${site}/login`)}`,
    '',
    indent(table(['user', 'password', ''], people)),
    `  Mail and SMS arrive at ${paint(context, 'green', `${origin}/mailbox`)}`,
    `  Policy: ${preset}.${says}`,
    '',
    `  API key of an administrator   ${adminKey}`,
    `  API key of svc                ${serviceKey}`,
    '',
    '  Change a setting in another terminal, and the next sign-in follows it:',
    `  ${paint(context, 'bold', settingLine(context, running))}`,
    '',
    '  Ctrl-C stops it.',
    '',
    '',
  ].join('\n')
}

/** What can be copied into another terminal: the demo keeps its database and its key away from those of a server. */
function settingLine(context: CliContext, { database, keyFile, site, found = false }: Demo): string {
  const { program = 'countersign' } = context
  const where = `COUNTERSIGN_DATABASE=${quoted(database)} COUNTERSIGN_KEY_FILE=${quoted(keyFile)} `
  return `${found ? '' : where}${program} --site ${site} set-config enable_two_factor_auth false`
}

function describe({ kind, roles }: DemoUser): string {
  if (kind === 'service') return 'a program: it uses its API key'
  if (kind === 'website') return 'a customer, website user'
  return roles.length === 0 ? 'works here' : roles.join(', ')
}

/** One word to a shell, whatever is in it. */
function quoted(text: string): string {
  return /^[\w./:@%+,-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`
}

function indent(text: string): string {
  return text.replaceAll(/^(?=.)/gm, '  ')
}
