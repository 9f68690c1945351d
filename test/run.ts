import { globSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { relative, resolve } from 'node:path'
import { run } from 'node:test'
import { bringRealParts } from './real-parts.ts'
import { checkEverything, type Check } from './run/checks.ts'
import { counter, type Tally } from './run/tally.ts'

// `npm test` runs the checks and every test; `npm test -- src/policy floors` only the test files whose path contains one of the words.
const WORDS = process.argv.slice(2)
/** So many of the slowest files are named: a run that grows too long is mended there first. */
const SLOWEST = 12

process.exitCode = await main()

async function main(): Promise<number> {
  // A setting of the person who runs the tests must not change what they prove.
  for (const name of Object.keys(process.env)) if (name.startsWith('COUNTERSIGN_')) delete process.env[name]
  // Every test file and every command that a test runs is a process of its own: what one has compiled the others need not.
  process.env['NODE_COMPILE_CACHE'] ??= resolve('node_modules/.cache/compiled')

  const all = globSync(['src/**/*.test.ts', 'test/**/*.test.ts']).toSorted()
  const files = WORDS.length === 0 ? all : all.filter((file) => WORDS.some((word) => file.includes(word)))
  if (files.length === 0) say(`No test file has ${WORDS.map((word) => `"${word}"`).join(' or ')} in its path.`)

  if (WORDS.length === 0) bringRealParts(say)
  const checks = WORDS.length === 0 ? await checkEverything() : []
  for (const check of checks) say(check.passed ? `${check.name}: ok` : `${check.name}: FAILED\n${check.output}\n`)

  const tally = await runTests(files)
  report(tally)
  return total(tally, checks, files.length)
}

async function runTests(files: readonly string[]): Promise<Tally> {
  const { tally, pass, fail, hear, end } = counter()
  const stream = run({
    files: files.map((file) => resolve(file)),
    // One more than there are processors, because some wait for a browser, a database or a mail server.
    concurrency: availableParallelism() + 1,
    execArgv: ['--disable-warning=ExperimentalWarning', '--import', import.meta.resolve('./run/deadline.ts')],
  })
  stream.on('test:pass', pass).on('test:fail', fail).on('test:summary', end)
  stream.on('test:stdout', hear).on('test:stderr', hear).on('test:diagnostic', hear)
  await new Promise((done) => stream.on('end', done).resume())
  return tally
}

function report(tally: Tally): void {
  for (const { where, name, what } of tally.failures)
    say(`\nFAILED ${nameOf(name)}\n  at ${nameOf(where)}\n${indent(what)}`)
  for (const file of new Set(tally.failures.map((failure) => failure.file))) {
    const printed = tally.printed.get(file)
    if (printed !== undefined) say(`\n${nameOf(file)} printed:\n${indent(printed.trimEnd())}`)
  }
  for (const [reason, times] of tally.skipped) say(`skipped ${times}: ${reason}`)
  const slowest = [...tally.seconds].sort(([, a], [, b]) => b - a).slice(0, SLOWEST)
  if (slowest.length > 1)
    say(
      `\nThe slowest:\n${slowest.map(([file, took]) => `  ${took.toFixed(0).padStart(3)} s  ${nameOf(file)}`).join('\n')}`,
    )
}

/** Prints the line that everything else reads, and returns the exit code. */
function total(tally: Tally, checks: readonly Check[], files: number): number {
  const failed = tally.failures.length + checks.filter((check) => !check.passed).length
  const skipped = [...tally.skipped.values()].reduce((sum, each) => sum + each, 0)
  say(`\n${tally.passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`)
  return failed > 0 || files === 0 ? 1 : 0
}

/** Paths as they are written in this repository. */
function nameOf(path: string): string {
  return path.startsWith(process.cwd()) ? relative(process.cwd(), path) : path
}

function indent(text: string): string {
  return text.replaceAll(/^/gm, '  ')
}

function say(line: string): void {
  process.stdout.write(`${line}\n`)
}
