import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Connection } from '../connection.ts'
import { start } from '../contestants.ts'
import { passwordAndCode, secondFactor, sessionCheck } from '../flows.ts'
import type { Job } from '../jobs.ts'
import { figure, type Result } from '../result.ts'
import { type Act, measure } from '../rounds.ts'
import type { Running } from '../contestants.ts'

/** As many parts as are named; the rest is one more. */
const NAMED = 9
const UNIT = '% of what the main thread computes; less is better'

interface Subject {
  readonly name: string
  readonly users: number
  readonly hashing: 'on' | 'off'
  readonly inFlight: number
  readonly act: (server: Running, users: number) => Act | Promise<Act>
}

const SUBJECTS: readonly Subject[] = [
  { name: 'sign-in', users: 2_000, hashing: 'on', inFlight: 8, act: passwordAndCode },
  { name: 'second-factor', users: 9_000, hashing: 'off', inFlight: 32, act: secondFactor },
  {
    name: 'session-check',
    users: 50,
    hashing: 'on',
    inFlight: 8,
    act: (server, users) => sessionCheck(server, users, () => new Connection(server.port)),
  },
]

/** Where the time goes: the profile of V8, by the part of the source that was running. Password hashes are made by other threads. */
export const profile: Job = {
  name: 'profile',
  letter: 'all',
  says: 'where the time goes in a sign-in, a second factor and a session check',
  run: async ({ quick }) => {
    const results: Result[] = []
    for (const { name, users, hashing, inFlight, act } of quick ? SUBJECTS.slice(2) : SUBJECTS) {
      const server = await start('countersign', { users, hashing, profile: true })
      try {
        const how = { inFlight, seconds: quick ? 0.3 : 4, turns: { next: 0 } }
        await measure(server.port, await act(server, users), how)
        await server.end()
        const [file = ''] = readdirSync(server.folder).filter((each) => each.endsWith('.cpuprofile'))
        const parts = partsOf(JSON.parse(readFileSync(join(server.folder, file), 'utf8')) as Profile)
        const job = { job: `profile of ${name}`, unit: UNIT }
        for (const { part, percent } of parts) results.push(figure({ ...job, contestant: part }, [percent]))
      } finally {
        await server.stop()
      }
    }
    return results
  },
}

/** https://chromedevtools.github.io/devtools-protocol/tot/Profiler/#type-Profile */
interface Profile {
  readonly nodes: readonly {
    readonly id: number
    readonly callFrame: { readonly functionName: string; readonly url: string }
  }[]
  readonly samples: readonly number[]
  readonly timeDeltas: readonly number[]
}

/** What ran, by its part, without the time in which nothing did and without the start: only the last half is looked at. */
function partsOf({ nodes, samples, timeDeltas }: Profile): readonly { part: string; percent: number }[] {
  const names = new Map(nodes.map(({ id, callFrame }) => [id, partOf(callFrame)]))
  const spent = new Map<string, number>()
  for (let at = Math.floor(samples.length / 2); at < samples.length; at += 1) {
    const part = names.get(samples[at] ?? 0) ?? 'other'
    if (part !== '(idle)') spent.set(part, (spent.get(part) ?? 0) + (timeDeltas[at] ?? 0))
  }
  const all = [...spent.values()].reduce((sum, each) => sum + each, 0)
  const sorted = [...spent].toSorted(([, a], [, b]) => b - a)
  const rest = sorted.slice(NAMED).reduce((sum, [, each]) => sum + each, 0)
  return [...sorted.slice(0, NAMED), ...(rest > 0 ? [['everything else', rest] as const] : [])].map(([part, each]) => ({
    part,
    percent: (100 * each) / all,
  }))
}

function partOf({ functionName, url }: { readonly functionName: string; readonly url: string }): string {
  if (url === '') return functionName.startsWith('(') ? functionName : 'native code of Node.js'
  if (url.startsWith('node:'))
    return /^node:(?:internal\/)?_?([a-z0-9]+)/.exec(url)?.[1]?.replace(/^/, 'node:') ?? 'node'
  const own = /\/src\/([a-z-]+)(?:\/|\.ts)/.exec(url)?.[1]
  if (own !== undefined && !url.includes('node_modules')) return `src/${own}`
  return /node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(url)?.[1] ?? 'other'
}
