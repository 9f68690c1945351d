import { readFileSync, writeFileSync } from 'node:fs'
import { arch, availableParallelism, cpus, platform, release, totalmem } from 'node:os'
import { parseArgs } from 'node:util'
import { bringPeers } from './bring-peers.ts'
import { dropCrowds } from './crowd.ts'
import { JOBS } from './jobs.ts'
import { type Run, writePage } from './page.ts'
import type { Result } from './result.ts'
import { table } from './table.ts'

// `npm run bench` runs every job, `npm run bench -- session-check` one; --quick takes a second of each, so that the bench cannot rot. --write
// puts the run into docs/performance.md; --from takes the figures of an earlier run out of its JSON instead.
const { values, positionals } = parseArgs({
  // Before them stand Node.js, the starter and this file.
  args: process.argv.slice(3),
  allowPositionals: true,
  options: {
    quick: { type: 'boolean', default: false },
    json: { type: 'string', default: 'bench-results.json' },
    write: { type: 'boolean', default: false },
    from: { type: 'string' },
  },
})

const chosen = positionals.length === 0 ? JOBS : JOBS.filter(({ name }) => positionals.includes(name))
if (chosen.length === 0) {
  process.stderr.write(`There is no such job; there are ${JOBS.map(({ name }) => name).join(', ')}.\n`)
  process.exit(2)
}
if (values.write && values.from === undefined && (values.quick || chosen.length < JOBS.length)) {
  process.stderr.write('Only a whole run is written into the documentation.\n')
  process.exit(2)
}

const done = values.from === undefined ? await runJobs() : (JSON.parse(readFileSync(values.from, 'utf8')) as Run)
process.stdout.write(table(done.results))
if (values.from === undefined) writeFileSync(values.json, `${JSON.stringify(done, null, 2)}\n`)
if (values.write) writePage(done)
const missed = done.results.filter(({ must }) => must?.only === 'must' && !must.held)
for (const { job, must } of missed) process.stderr.write(`${job}: ${must?.says} was not reached\n`)
process.exit(0)

async function runJobs(): Promise<Run> {
  const peers = bringPeers()
  if (!peers) process.stderr.write('The peers cannot be installed here: only the floor is compared with.\n')
  const results: Result[] = []
  try {
    for (const job of chosen) {
      process.stderr.write(`${job.name}: ${job.says}`)
      const from = performance.now()
      results.push(...(await job.run({ quick: values.quick, peers })))
      process.stderr.write(` (${((performance.now() - from) / 1_000).toFixed(0)} s)\n`)
    }
  } finally {
    await dropCrowds()
  }
  const machine = {
    cpu: cpus()[0]?.model ?? 'unknown',
    cores: availableParallelism(),
    memory: totalmem(),
    node: process.version,
    system: `${platform()} ${release()} on ${arch()}`,
  }
  return { at: new Date().toISOString(), quick: values.quick, machine, results }
}
