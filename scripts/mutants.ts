import { spawnSync } from 'node:child_process'
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { MUTANTS, type Mutant } from './mutants/mutants.ts'

// `npm run mutants`: takes one check after the other out of a copy of the source and runs the tests that must notice. `npm run mutants --
// WORD…` does those whose sentence or file has one of the words. Exit code 1: one of them survived, or does not fit the source any more.
const ROOT = resolve(import.meta.dirname, '..')
const COPIED = [
  'src',
  'test',
  'bin',
  'docs',
  'deploy',
  'examples',
  'scripts',
  'client',
  'package.json',
  'tsconfig.json',
  'CHANGELOG.md',
  'README.md',
]
const words = process.argv.slice(3)
const chosen = MUTANTS.filter(
  ({ what, file }) => words.length === 0 || words.some((word) => `${what} ${file}`.includes(word)),
)

const copy = mkdtempSync(join(tmpdir(), 'countersign-mutants-'))
try {
  for (const each of COPIED) cpSync(join(ROOT, each), join(copy, each), { recursive: true })
  symlinkSync(join(ROOT, 'node_modules'), join(copy, 'node_modules'))
  const tests = [...new Set(chosen.flatMap((each) => each.tests))]
  if (runTests(tests) !== 'pass') throw new Error('the tests fail without a mutant; they can prove nothing')
  let wrong = 0
  for (const each of chosen) {
    const fate = fateOf(each)
    if (fate !== 'killed') wrong += 1
    console.log(`${fate.padEnd(8)} ${each.what} (${each.file})`)
  }
  console.log(`${chosen.length - wrong} of ${chosen.length} killed`)
  process.exitCode = wrong === 0 ? 0 : 1
} finally {
  rmSync(copy, { recursive: true, force: true })
}

function fateOf({ file, from, to, tests }: Mutant): 'killed' | 'SURVIVED' | 'MISFITS' {
  const path = join(copy, file)
  const source = readFileSync(path, 'utf8')
  if (source.split(from).length !== 2) return 'MISFITS'
  writeFileSync(
    path,
    source.replace(from, () => to),
  )
  try {
    return runTests(tests) === 'fail' ? 'killed' : 'SURVIVED'
  } finally {
    writeFileSync(path, source)
  }
}

function runTests(tests: readonly string[]): 'pass' | 'fail' {
  const { status } = spawnSync(process.execPath, ['test/run.ts', ...tests], {
    cwd: copy,
    stdio: 'ignore',
    timeout: 300_000,
  })
  return status === 0 ? 'pass' : 'fail'
}
