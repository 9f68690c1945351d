import { spawn } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'

export type ContestantName =
  | 'countersign'
  | 'floor'
  | 'floor on PostgreSQL'
  | 'bare Hono'
  | 'hand-assembled'
  | 'better-auth'

const SERVERS: Readonly<Record<ContestantName, string>> = {
  countersign: 'servers/countersign.ts',
  floor: 'servers/floor.ts',
  'floor on PostgreSQL': 'servers/floor-postgres.ts',
  'bare Hono': 'servers/hono.ts',
  'hand-assembled': 'peers/hand-assembled.mjs',
  'better-auth': 'peers/better-auth.mjs',
}

export interface Running {
  readonly name: ContestantName
  readonly port: number
  readonly pid: number
  /** What else the server said when it was ready. */
  readonly said: Readonly<Record<string, string>>
  readonly folder: string
  /** CPU time that it has taken so far, all its threads together, in microseconds; null where that cannot be asked. */
  cpu(): number | null
  /** Memory that it holds now, and has held at most, in MB. */
  memory(): { readonly now: number; readonly most: number }
  /** Asks it to end by itself. */
  end(): Promise<void>
  stop(): Promise<void>
}

export interface Start {
  readonly users: number
  /** `off`: the password hash is taken out, so that the rest is seen. */
  readonly hashing: 'on' | 'off'
  readonly database?: string
  /** Where its database is; it stays there. Without one it begins in a folder of its own with an empty one. */
  readonly folder?: string
  /** So many passes of the crowd are written beside the database, a line each. */
  readonly passes?: number
  /** It leaves a profile of V8 in its folder when it ends by itself. */
  readonly profile?: boolean
}

/** Clock ticks of `/proc/PID/stat` in a second, on Linux everywhere. */
const TICKS = 100

/** A server in a process of its own. */
export async function start(
  name: ContestantName,
  { users, hashing, database = '', folder: given, passes = 0, profile = false }: Start,
): Promise<Running> {
  const folder = given ?? mkdtempSync(join(tmpdir(), 'bench-'))
  const file = join(import.meta.dirname, SERVERS[name])
  const child = spawn(
    process.execPath,
    [
      '--disable-warning=ExperimentalWarning',
      ...(profile ? ['--cpu-prof', `--cpu-prof-dir=${folder}`] : []),
      file,
      folder,
      String(users),
      hashing,
      database,
      String(passes),
    ],
    { stdio: ['ignore', 'pipe', 'inherit'], env: { ...process.env, NODE_ENV: 'production' } },
  )
  const ended = new Promise<void>((done) => void child.once('exit', () => done()))
  const line = await new Promise<string>((resolve, reject) => {
    createInterface({ input: child.stdout }).once('line', resolve)
    child.once('exit', (code) => reject(new Error(`${name} did not start (${code})`)))
  })
  const { port, ...said } = JSON.parse(line) as { port: number } & Record<string, string>
  return {
    name,
    port,
    pid: child.pid ?? 0,
    said,
    folder,
    cpu() {
      // The name of the command, in brackets, may have blanks in it; what is counted comes after it (proc_pid_stat(5)).
      const fields = proc(child.pid, 'stat')?.split(') ')[1]?.split(' ')
      return fields === undefined ? null : ((Number(fields[11]) + Number(fields[12])) * 1_000_000) / TICKS
    },
    memory() {
      const status = proc(child.pid, 'status') ?? ''
      const megabytes = (field: string): number =>
        Number(new RegExp(`${field}:\\s+(\\d+) kB`).exec(status)?.[1]) / 1_024
      return { now: megabytes('VmRSS'), most: megabytes('VmHWM') }
    },
    async end() {
      child.kill('SIGINT')
      await ended
    },
    async stop() {
      child.kill('SIGKILL')
      await ended
      if (given === undefined) rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** What Linux says of a process; null on other systems. */
function proc(pid: number | undefined, what: 'stat' | 'status'): string | null {
  const path = `/proc/${pid}/${what}`
  return existsSync(path) ? readFileSync(path, 'utf8') : null
}
