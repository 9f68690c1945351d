import assert from 'node:assert/strict'
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { z } from 'zod'
import type { PresetName } from '#policy/presets.ts'

// Longer than any test here takes; a process that should have ended by itself and did not is ended then.
const SLOWEST_PROCESS_MS = 290_000

const readyLine = z.object({
  origin: z.url(),
  site: z.literal('acme'),
  users: z.array(z.object({ username: z.string(), password: z.string() })),
  admin_key: z.string(),
  mailbox: z.url(),
})

/** The demo as its own process, as somebody else's program sees it. */
export interface DemoProcess {
  readonly origin: string
  readonly site: string
  readonly mailbox: string
  readonly adminKey: string
  readonly passwordOf: (username: string) => string
  /** What a command line in another terminal needs to work on the same database. */
  readonly environment: Readonly<Record<string, string>>
  /** Changes settings over the API, as an administrator. */
  readonly set: (patch: Readonly<Record<string, unknown>>) => Promise<void>
  /** Makes a channel fail, or work again. */
  readonly behave: (behaviour: Readonly<Record<string, string>>) => Promise<void>
  /** Asks it to stop as a service manager does, and waits until it has. */
  readonly stop: () => Promise<{ readonly code: number | null; readonly err: string }>
}

/** Starts the demo on a free port with data of its own. Whoever starts it stops it. */
export async function startDemoProcess(preset?: PresetName): Promise<DemoProcess> {
  const data = mkdtempSync(join(tmpdir(), 'countersign-demo-'))
  const child = startCountersign([
    'demo',
    '--json',
    '--listen',
    '127.0.0.1:0',
    '--data',
    data,
    ...(preset === undefined ? [] : ['--preset', preset]),
  ])
  const told = collect(child)
  const ended = once(child, 'close')
  const line = await Promise.race([firstLine(child), ended.then(() => undefined)])
  if (line === undefined) rmSync(data, { recursive: true, force: true })
  assert.ok(line, `the demo did not start: ${told.err}`)
  const ready = readyLine.parse(JSON.parse(line))
  const { origin, site } = ready

  async function ask(path: string, method: string, body: unknown): Promise<void> {
    const headers = { 'content-type': 'application/json', authorization: `Bearer ${ready.admin_key}` }
    const response = await fetch(`${origin}${path}`, { method, headers, body: JSON.stringify(body) })
    assert.equal(response.status, 200, await response.text())
  }

  return {
    origin,
    site,
    mailbox: ready.mailbox,
    adminKey: ready.admin_key,
    passwordOf(username) {
      const user = ready.users.find((each) => each.username === username)
      assert.ok(user, `the demo has a user ${username}`)
      return user.password
    },
    environment: {
      COUNTERSIGN_DATABASE: `sqlite:${join(data, 'countersign.db')}`,
      COUNTERSIGN_KEY_FILE: join(data, 'key'),
    },
    set: (patch) => ask(`/${site}/api/v1/settings?reason=tried+by+a+test`, 'PATCH', patch),
    behave: (behaviour) => ask('/mailbox/behaviour', 'PUT', behaviour),
    async stop() {
      child.kill('SIGTERM')
      const [code] = (await ended) as [number | null]
      rmSync(data, { recursive: true, force: true })
      return { code, err: told.err }
    },
  }
}

export interface Ended {
  readonly code: number | null
  readonly out: string
  readonly err: string
}

/** Runs one command line of Countersign to its end. */
export async function countersign(
  words: readonly string[],
  environment: Readonly<Record<string, string>> = {},
): Promise<Ended> {
  const child = startCountersign(words, environment)
  const told = collect(child)
  const [code] = (await once(child, 'close')) as [number | null]
  return { code, ...told }
}

function startCountersign(words: readonly string[], environment: Readonly<Record<string, string>> = {}): ChildProcess {
  return spawn(process.execPath, ['bin/countersign.mjs', ...words], {
    env: { ...process.env, ...environment, NODE_TEST_CONTEXT: undefined },
    stdio: ['ignore', 'pipe', 'pipe'],
    timeout: SLOWEST_PROCESS_MS,
  })
}

function collect(child: ChildProcess): { out: string; err: string } {
  const told = { out: '', err: '' }
  child.stdout?.on('data', (chunk) => (told.out += String(chunk)))
  child.stderr?.on('data', (chunk) => (told.err += String(chunk)))
  return told
}

function firstLine(child: ChildProcess): Promise<string> {
  let text = ''
  return new Promise((done) => {
    child.stdout?.on('data', (chunk) => {
      text += String(chunk)
      if (text.includes('\n')) done(text.slice(0, text.indexOf('\n')))
    })
  })
}
