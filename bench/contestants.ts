import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'

export type ContestantName = 'countersign' | 'floor' | 'hand-assembled' | 'better-auth'

const SERVERS: Readonly<Record<ContestantName, string>> = {
  countersign: 'servers/countersign.ts',
  floor: 'servers/floor.ts',
  'hand-assembled': 'peers/hand-assembled.mjs',
  'better-auth': 'peers/better-auth.mjs',
}

export interface Running {
  readonly name: ContestantName
  readonly port: number
  readonly pid: number
  /** What else the server said when it was ready. */
  readonly said: Readonly<Record<string, string>>
  stop(): Promise<void>
}

export interface Start {
  readonly users: number
  /** `off`: the password hash is taken out, so that the rest is seen. */
  readonly hashing: 'on' | 'off'
  readonly database?: string
}

/** A server in a process of its own, over an empty database in a folder of its own. */
export async function start(name: ContestantName, { users, hashing, database }: Start): Promise<Running> {
  const folder = mkdtempSync(join(tmpdir(), `bench-${name}-`))
  const given = [folder, String(users), hashing, ...(database === undefined ? [] : [database])]
  const file = join(import.meta.dirname, SERVERS[name])
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', file, ...given], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, NODE_ENV: 'production' },
  })
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
    async stop() {
      child.kill('SIGKILL')
      await ended
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
