import { access, mkdir } from 'node:fs/promises'
import { dirname } from 'node:path'
import type { CliContext, OpenOptions, Opened } from '#cli/context.ts'
import { EXIT } from '#cli/exit-codes.ts'
import { runCli } from '#cli/run.ts'
import type { Answered } from '#http/server.ts'
import { type Config, parseConfig, VARIABLES } from './config.ts'

const DEMO_DATABASE = './data/demo/countersign.db'

const context: CliContext = {
  environment: process.env,
  out: (text) => void process.stdout.write(text),
  err: (text) => void process.stderr.write(text),
  input: readInput,
  isTerminal: process.stdin.isTTY && process.stdout.isTTY,
  ...(process.stdin.isTTY && process.stdout.isTTY ? { ask } : {}),
  open,
  serve,
  createKey: async (path) => {
    const [{ createKeyFile }, { systemRandom }] = await Promise.all([
      import('#system/key-file.ts'),
      import('#system/random.ts'),
    ])
    await mkdir(dirname(path), { recursive: true, mode: 0o700 })
    return createKeyFile(path, systemRandom)
  },
  addKey: async (path) => {
    const [{ addKeyToFile }, { systemRandom }] = await Promise.all([
      import('#system/key-file.ts'),
      import('#system/random.ts'),
    ])
    return addKeyToFile(path, systemRandom)
  },
  keyFile: async () => (await withDemo(process.env))['COUNTERSIGN_KEY_FILE'] ?? VARIABLES.COUNTERSIGN_KEY_FILE.default,
  pause: (milliseconds) => new Promise((done) => setTimeout(done, milliseconds)),
  backup: async (file) => (await import('./keeping.ts')).backup(await withDemo(process.env), file),
  restore: async (file, options) => (await import('./keeping.ts')).restore(await withDemo(process.env), file, options),
  moveStore: async (from, to, progress) => (await import('./keeping.ts')).move(from, to, progress),
  program: 'npx countersign',
  demo: async (options) => {
    const { startDemo } = await import('./demo.ts')
    const running = await startDemo(options, report)
    const found = options.data === undefined && (await withDemo(process.env)) !== process.env
    return running.kind === 'running' ? { ...running, found } : running
  },
  examine: async () => (await import('./doctor.ts')).examine(await withDemo(process.env)),
  untilStopped,
}

// Whoever reads us may stop reading, as `head` does: that is no error of ours.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(0)
  throw error
})

process.exitCode = await runCli(process.argv.slice(2), context)

/** The database and the key that the environment names; without a name, those of the demo when there are no others. */
async function open({ environment: given, ...options }: OpenOptions = {}): Promise<Opened> {
  const environment = given ?? (await withDemo(process.env))
  if (!given && environment !== process.env) process.stderr.write(`Using the database of the demo: ${DEMO_DATABASE}\n`)
  const parsed = parseConfig(environment)
  if (!parsed.ok) return { kind: 'failed', message: parsed.problems.join('\n') }
  const { openHouse } = await import('./app.ts')
  const house = await openHouse(parsed.config, options)
  return house.kind === 'failed' ? house : { ...house, database: parsed.config.database }
}

async function withDemo(environment: NodeJS.ProcessEnv): Promise<NodeJS.ProcessEnv> {
  if (environment['COUNTERSIGN_DATABASE'] !== undefined || (await exists('./data/countersign.db'))) return environment
  if (!(await exists(DEMO_DATABASE))) return environment
  return { COUNTERSIGN_KEY_FILE: './data/demo/key', ...environment, COUNTERSIGN_DATABASE: `sqlite:${DEMO_DATABASE}` }
}

async function serve(): Promise<Awaited<ReturnType<CliContext['serve']>>> {
  const parsed = parseConfig(process.env)
  if (!parsed.ok) return { kind: 'failed', message: parsed.problems.join('\n') }
  const { addressTaken, createApp, openHouse, setDeploymentChannels, startServer } = await import('./app.ts')
  const { config } = parsed
  const [{ descriptorLimit, heapOfProcess, watchStrain }, { lastResort }] = await Promise.all([
    import('#system/strain.ts'),
    import('#system/last-resort.ts'),
  ])
  const strain = watchStrain(descriptorLimit(), heapOfProcess)
  const looking = setInterval(strain.look, 1_000).unref()
  const end = (): never => process.exit(EXIT.bug)
  process.on(
    'uncaughtException',
    lastResort((error) => report(error, 'process'), { end, steady: () => performance.now() }),
  )
  const house = await openHouse(config, { report: (error) => report(error, 'delivery') })
  if (house.kind === 'failed') return house
  // A node that differs from those that are running must not put its own mail server in the place of theirs.
  let unset = true
  const setChannels = async (): Promise<string | null> => {
    if (!unset) return null
    unset = false
    return setDeploymentChannels(house.ports, config)
  }
  const trouble = async (): Promise<string | null> => strain.trouble() ?? (await house.trouble()) ?? setChannels()
  const wrong = (await house.trouble()) === null ? await setChannels() : null
  if (wrong !== null) {
    await house.close()
    return { kind: 'failed', message: wrong }
  }
  const { ports, metrics } = house
  const options = { config, report, trouble, metrics, observe: (answered: Answered) => logRequest(config, answered) }
  try {
    const server = await startServer(
      config.listen,
      () => ({ ports, app: createApp(ports, options) }),
      report,
      trouble,
      strain,
    )
    const close = async (): Promise<void> => {
      clearInterval(looking)
      await server.close()
      await house.close()
      log(config, 'stopped')
    }
    log(config, `serving ${config.origin} on ${config.listen.host}:${server.port}`)
    return { kind: 'running', origin: config.origin, close }
  } catch (error) {
    await house.close()
    const taken = addressTaken(error)
    if (!taken) throw error
    const where = process.env['COUNTERSIGN_LISTEN'] ?? VARIABLES.COUNTERSIGN_LISTEN.default
    return { kind: 'failed', message: `${where} is taken; choose another address with COUNTERSIGN_LISTEN.` }
  }
}

/** What a server says of itself where the level is `info`. */
function log({ logLevel }: Config, said: string): void {
  if (logLevel === 'info' || logLevel === 'requests') writeLine({ level: 'info', said })
}

/** No address, no query, no header: what people send is not for logs. */
function logRequest(
  { logLevel }: Config,
  { requestId, traceId, method, door, site, status, milliseconds }: Answered,
): void {
  if (logLevel !== 'requests') return
  const took = milliseconds.toFixed(1)
  writeLine({ level: 'request', request: requestId, trace: traceId, method, site, door, status, milliseconds: took })
}

/** What went wrong inside; it is said at every level. */
function report(error: unknown, request: string): void {
  const told = error instanceof Error ? (error.stack ?? error.message) : String(error)
  writeLine({ level: 'error', request, error: told })
}

/** One line of JSON on standard error; whoever runs the server reads it there. */
function writeLine(said: Readonly<Record<string, string | number | null>>): void {
  process.stderr.write(`${JSON.stringify({ at: new Date().toISOString(), ...said })}\n`)
}

async function readInput(): Promise<string> {
  let text = ''
  for await (const chunk of process.stdin.setEncoding('utf8')) text += chunk
  return text
}

/** One line of the terminal. */
async function ask(question: string): Promise<string> {
  const { createInterface } = await import('node:readline/promises')
  const terminal = createInterface({ input: process.stdin, output: process.stdout, terminal: true })
  // Ctrl-C and Ctrl-D leave, as they do everywhere else.
  terminal.once('SIGINT', () => process.exit(130))
  try {
    return await terminal.question(question)
  } catch (error) {
    if (error instanceof Error && error.name === 'AbortError') process.exit(130)
    throw error
  } finally {
    terminal.close()
  }
}

function untilStopped(): Promise<void> {
  return new Promise((done) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => done())
  })
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  )
}
