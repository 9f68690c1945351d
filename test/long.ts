import { spawnSync } from 'node:child_process'

// `npm run test:long`: the loops of the fault suites, longer than anybody wants to wait for at every change. Each ends when it has run so
// often, or after so many minutes, whichever comes first, and says how far it got. Numbers in the environment go before these.
const LENGTHS = {
  SEEDS: '10000',
  POSTGRES_SEEDS: '1000',
  POSTGRES_FLOWS: '7',
  KILLS: '500',
  RESTARTS: '50',
  LOOP_MINUTES: '20',
}

/** The file, and the tests in it that have a loop. */
const SUITES = [
  ['test/faults/simulate.test.ts', '.'],
  ['test/nodes/faults.test.ts', 'ST-07'],
  ['test/process/killed.test.ts', '.'],
  ['test/nodes/two-nodes.test.ts', 'ST-0[23]'],
] as const

const env = { ...LENGTHS, ...process.env }
for (const name of Object.keys(env)) if (name.startsWith('COUNTERSIGN_')) delete env[name as keyof typeof env]
const failed = SUITES.filter(([file, tests]) => {
  const words = ['--disable-warning=ExperimentalWarning', `--test-name-pattern=${tests}`, file]
  return spawnSync(process.execPath, words, { env, stdio: 'inherit' }).status !== 0
})
process.stdout.write(failed.length === 0 ? 'All loops held.\n' : `FAILED: ${failed.map(([file]) => file).join(', ')}\n`)
process.exitCode = failed.length === 0 ? 0 : 1
