import assert from 'node:assert/strict'
import type { CliContext } from '#cli/context.ts'
import { runCli } from '#cli/run.ts'
import { Secret } from '#domain/secret.ts'
import { signIn, type SignInOutcome } from '#usecases/sign-in.ts'
import { HOME, type World, world, type WorldOptions } from './world.ts'

export interface Ran {
  readonly code: number
  readonly out: string
  readonly err: string
}

/** A terminal at a small world: what is typed there works on its database. */
export interface CommandLine extends World {
  /** Runs one command line, split at spaces; words with spaces in them are given as a list. */
  run(typed: string | readonly string[], input?: string): Promise<Ran>
  /** Runs a command that must succeed, with `--json`, and reads its answer. */
  json(typed: string | readonly string[], input?: string): Promise<unknown>
  /** The password step at any site. */
  signInAt(site: string, username: string, password: string): Promise<SignInOutcome>
}

export async function commandLine(
  options: WorldOptions & { readonly context?: Partial<CliContext> } = {},
): Promise<CommandLine> {
  const { context: given, ...worldOptions } = options
  const small = await world(worldOptions)
  const { ports } = small

  const run: CommandLine['run'] = async (typed, input = '') => {
    let out = ''
    let err = ''
    const context: CliContext = {
      environment: { USER: 'ada' },
      out: (text) => void (out += text),
      err: (text) => void (err += text),
      input: () => Promise.resolve(input),
      isTerminal: false,
      open: () => Promise.resolve({ kind: 'open', ports, database: 'sqlite::memory:', close: () => Promise.resolve() }),
      serve: () => Promise.resolve({ kind: 'failed', message: 'no server here' }),
      demo: () => Promise.resolve({ kind: 'failed', message: 'no demo here' }),
      examine: () => Promise.resolve([]),
      createKey: () => Promise.resolve({ kind: 'created' }),
      addKey: () => Promise.resolve({ kind: 'created' }),
      keyFile: () => Promise.resolve('./data/countersign.key'),
      pause: (milliseconds) => Promise.resolve(small.clock.pass(milliseconds)),
      backup: () => Promise.resolve({ kind: 'refused', message: 'no file here' }),
      moveStore: () => Promise.resolve({ kind: 'refused', message: 'no file here' }),
      restore: () => Promise.resolve({ kind: 'refused', message: 'no file here' }),
      untilStopped: () => Promise.resolve(),
      ...given,
    }
    const code = await runCli(typeof typed === 'string' ? words(typed) : typed, context)
    return { code, out, err }
  }

  return {
    ...small,
    run,
    async json(typed, input) {
      const { code, out, err } = await run([...(typeof typed === 'string' ? words(typed) : typed), '--json'], input)
      assert.equal(code, 0, err)
      assert.match(out, /^[^\n]*\n$/, 'one document on one line')
      return JSON.parse(out) as unknown
    },
    async signInAt(name, username, password) {
      const file = await ports.store.siteFile(name)
      assert.ok(file, `there is no site ${name}`)
      return signIn(ports, {
        site: file.site.id,
        username,
        password: new Secret(password),
        surface: 'form',
        origin: HOME,
      })
    },
  }
}

function words(typed: string): readonly string[] {
  return typed.split(' ').filter((word) => word !== '')
}
