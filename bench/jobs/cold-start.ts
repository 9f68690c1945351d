import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { performance } from 'node:perf_hooks'
import { createInterface } from 'node:readline'
import type { Job } from '../jobs.ts'
import { figure, middle, type Result } from '../result.ts'

const COMMAND = join(import.meta.dirname, '../../bin/countersign.mjs')
const CLI_LIMIT_MS = 200

/** g: from the command to its answer, and to the first login page of a demo that has been run before. */
export const coldStart: Job = {
  name: 'cold-start',
  letter: 'g',
  says: 'a command, and the first login page',
  run: async ({ quick }) => {
    const rounds = quick ? 1 : 7
    const nothing = repeated(rounds, () => void spawnSync(process.execPath, ['-e', '0']))
    const command = repeated(
      rounds,
      () => void spawnSync(process.execPath, [COMMAND, '--version'], { stdio: 'ignore' }),
    )
    const page: number[] = []
    const data = mkdtempSync(join(tmpdir(), 'bench-start-'))
    try {
      await firstPage(data)
      for (let round = 0; round < rounds; round += 1) page.push(await firstPage(data))
    } finally {
      rmSync(data, { recursive: true, force: true })
    }
    const limit = 3 * middle(nothing) + 300
    return [
      told('node -e 0', nothing, null),
      told('countersign --version', command, {
        says: `≤ ${CLI_LIMIT_MS} ms`,
        held: middle(command) <= CLI_LIMIT_MS,
        only: 'must',
      }),
      told('first login page', page, {
        says: `≤ 3 × node -e 0 + 300 ms (${limit.toFixed(0)} ms)`,
        held: middle(page) <= limit,
        only: 'must',
      }),
    ]
  },
}

async function firstPage(data: string): Promise<number> {
  const from = performance.now()
  const child = spawn(process.execPath, [COMMAND, 'demo', '--json', '--listen', '127.0.0.1:0', '--data', data], {
    stdio: ['ignore', 'pipe', 'ignore'],
  })
  const [line] = (await once(createInterface({ input: child.stdout }), 'line')) as [string]
  const { origin } = JSON.parse(line) as { origin: string }
  await (await fetch(`${origin}/acme/login`)).text()
  const took = performance.now() - from
  child.kill('SIGTERM')
  await once(child, 'close')
  return took
}

function repeated(rounds: number, work: () => void): number[] {
  return Array.from({ length: rounds }, () => {
    const from = performance.now()
    work()
    return performance.now() - from
  })
}

function told(contestant: string, values: readonly number[], must: Result['must']): Result {
  return figure({ job: 'cold-start', contestant, unit: 'milliseconds; less is better' }, values, must)
}
