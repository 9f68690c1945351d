import { writeFileSync } from 'node:fs'
import { availableParallelism, cpus, totalmem } from 'node:os'
import { parseArgs } from 'node:util'
import { bringPeers } from './bring-peers.ts'
import { dropCrowds } from './crowd.ts'
import { JOBS } from './jobs.ts'
import type { Result } from './result.ts'
import { table } from './table.ts'

// `npm run bench` runs every job, `npm run bench -- session-check` one; --quick takes a second of each, so that the bench cannot rot.
const { values, positionals } = parseArgs({
  // Before them stand Node.js, the starter and this file.
  args: process.argv.slice(3),
  allowPositionals: true,
  options: { quick: { type: 'boolean' }, json: { type: 'string' } },
})

const chosen = positionals.length === 0 ? JOBS : JOBS.filter(({ name }) => positionals.includes(name))
if (chosen.length === 0) {
  process.stderr.write(`There is no such job; there are ${JOBS.map(({ name }) => name).join(', ')}.\n`)
  process.exit(2)
}
const peers = bringPeers()
if (!peers) process.stderr.write('The peers cannot be installed here: only the floor is compared with.\n')
const results: Result[] = []
try {
  for (const job of chosen) {
    process.stderr.write(`${job.name}: ${job.says}`)
    const from = performance.now()
    results.push(...(await job.run({ quick: values.quick === true, peers })))
    process.stderr.write(` (${((performance.now() - from) / 1_000).toFixed(0)} s)\n`)
  }
} finally {
  await dropCrowds()
}
process.stdout.write(table(results))
const machine = {
  cpu: cpus()[0]?.model ?? 'unknown',
  cores: availableParallelism(),
  memory: totalmem(),
  node: process.version,
}
if (values.json !== undefined) writeFileSync(values.json, `${JSON.stringify({ machine, results }, null, 2)}\n`)
const missed = results.filter(({ must }) => must?.only === 'must' && !must.held)
for (const { job, must } of missed) process.stderr.write(`${job}: ${must?.says} was not reached\n`)
process.exit(0)
