import { spawn } from 'node:child_process'
import { cpSync, globSync, mkdtempSync, readFileSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { availableParallelism, tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { type Covering, comesBy, coverageOf } from './covering.ts'
import { type Mutation, mutationsOf } from './mutations.ts'

// `npm run mutation-score`: changes the four folders in small ways, one at a time, in a copy, and runs the tests that come by there until
// one notices. `--sample 200` tries so many, drawn by `--seed`, `--folder src/usecases` those of one folder; without `--sample` all of them
// are tried, which takes a night. What the compiler refuses is no mutant: nobody could commit it, and it counts neither way. What no test
// comes by counts as survived, and so does what only other tests than the `TESTS_EACH` that are most about it would notice: the score is a
// lower bound.
const ROOT = resolve(import.meta.dirname, '../..')
const FOLDERS = ['src/policy', 'src/challenge', 'src/authenticators', 'src/usecases'] as const
const TESTS = [
  'src/**/*.test.ts',
  ...['chronicle', 'behaviours', 'attacks', 'protocol', 'journeys', 'contracts', 'process', 'client', 'faults'].map(
    (each) => `test/${each}/*.test.ts`,
  ),
  'test/nodes/{key-rotation,moved-store,repeated-requests,restored}.test.ts',
]
const TESTS_EACH = 40
/** A mutant that makes a test go round for ever is noticed by this. */
const PATIENCE_MS = 60_000

interface Mutant extends Mutation {
  readonly file: string
  readonly line: number
}

const { values } = parseArgs({
  args: process.argv.slice(3),
  options: { sample: { type: 'string' }, seed: { type: 'string', default: '1' }, folder: { type: 'string' } },
})
const folders = FOLDERS.filter((each) => values.folder === undefined || each === values.folder)
if (folders.length === 0) throw new Error(`--folder is one of ${FOLDERS.join(', ')}`)
const everyMutant = folders
  .flatMap((folder) => globSync(`${folder}/**/*.ts`, { cwd: ROOT }))
  .filter((file) => !file.endsWith('.test.ts'))
  .toSorted()
  .flatMap(mutantsOf)
const drawn = draw(
  everyMutant,
  values.sample === undefined ? everyMutant.length : Number(values.sample),
  Number(values.seed),
)
say(`${everyMutant.length} mutants, ${drawn.length} of them tried`)

const copies = Array.from({ length: availableParallelism() }, copyOfSource)
try {
  const [first] = copies
  if (first === undefined) throw new Error('no processor')
  const tests = globSync(TESTS, { cwd: ROOT }).toSorted()
  const coverings = tests.flatMap((test) => coverageOf(test, first) ?? [])
  const failing = tests.filter((test) => !coverings.some((each) => each.test === test))
  say(`${coverings.length} of ${tests.length} test files pass without a mutant, and are asked`)
  if (failing.length > 0) say(`not asked: ${failing.join(', ')}`)
  const survived: Mutant[] = []
  const refused: Mutant[] = []
  const waiting = [...drawn]
  await Promise.all(
    copies.map(async (copy) => {
      for (let next = waiting.shift(); next !== undefined; next = waiting.shift())
        switch (await fateOf(next, copy, coverings)) {
          case 'refused':
            refused.push(next)
            break
          case 'survived':
            survived.push(next)
            say(`SURVIVED ${next.file}:${next.line} ${next.what}`)
            break
          case 'noticed':
        }
    }),
  )
  say(`\n${refused.length} of them do not compile`)
  say('\n| folder | tried | killed | score |\n|---|---|---|---|')
  for (const folder of folders) row(`\`${folder}\``, (each) => each.file.startsWith(`${folder}/`))
  row('together', () => true)

  function row(name: string, belongs: (mutant: Mutant) => boolean): void {
    const tried = drawn.filter(belongs).length - refused.filter(belongs).length
    const killed = tried - survived.filter(belongs).length
    say(`| ${name} | ${tried} | ${killed} | ${tried === 0 ? '–' : `${((100 * killed) / tried).toFixed(0)} %`} |`)
  }
} finally {
  for (const copy of copies) rmSync(copy, { recursive: true, force: true })
}

function mutantsOf(file: string): readonly Mutant[] {
  const source = readFileSync(join(ROOT, file), 'utf8')
  return mutationsOf(source).map((each) => ({ ...each, file, line: source.slice(0, each.start).split('\n').length }))
}

async function fateOf(
  mutant: Mutant,
  copy: string,
  coverings: readonly Covering[],
): Promise<'refused' | 'noticed' | 'survived'> {
  const tests = coverings
    .filter((each) => comesBy(each, mutant.file, mutant.start))
    .toSorted((a, b) => distance(a, mutant) - distance(b, mutant) || a.breadth - b.breadth)
    .slice(0, TESTS_EACH)
  const path = join(copy, mutant.file)
  const source = readFileSync(path, 'utf8')
  writeFileSync(path, source.slice(0, mutant.start) + mutant.to + source.slice(mutant.end))
  try {
    if (!(await compiles(mutant.file, copy))) return 'refused'
    for (const { test } of tests) if (!(await passes(test, copy))) return 'noticed'
    return 'survived'
  } finally {
    writeFileSync(path, source)
  }
}

/** The test beside it first, then the chronicles, which hold all that comes of a request, then those of its folder. */
function distance({ test }: Covering, { file }: Mutant): number {
  if (test === file.replace(/\.ts$/, '.test.ts')) return 0
  if (test.startsWith('test/chronicle/')) return 1
  return dirname(test) === dirname(file) ? 2 : 3
}

function passes(test: string, copy: string): Promise<boolean> {
  return succeeds(['--disable-warning=ExperimentalWarning', test], copy)
}

function compiles(file: string, copy: string): Promise<boolean> {
  const project = join(copy, 'tsconfig.mutant.json')
  writeFileSync(project, JSON.stringify({ extends: './tsconfig.json', include: ['types/**/*.d.ts'], files: [file] }))
  return succeeds([join(ROOT, 'node_modules/typescript/bin/tsc'), '-p', project], copy)
}

function succeeds(order: readonly string[], copy: string): Promise<boolean> {
  return new Promise((answer) => {
    const child = spawn(process.execPath, order, { cwd: copy, stdio: 'ignore', timeout: PATIENCE_MS })
    child.on('close', (code) => answer(code === 0))
  })
}

function copyOfSource(): string {
  // What the coverage calls a file is its real path.
  const copy = realpathSync(mkdtempSync(join(tmpdir(), 'countersign-score-')))
  for (const each of [
    'src',
    'test',
    'bin',
    'docs',
    'deploy',
    'examples',
    'scripts',
    'client',
    'types',
    'package.json',
    'tsconfig.json',
    'CHANGELOG.md',
    'README.md',
  ])
    cpSync(join(ROOT, each), join(copy, each), { recursive: true })
  symlinkSync(join(ROOT, 'node_modules'), join(copy, 'node_modules'))
  return copy
}

/** So many of a list, in an order that the seed decides (Fisher and Yates; a linear congruence is chance enough for this). */
function draw<T>(list: readonly T[], many: number, seed: number): readonly T[] {
  const rest = [...list]
  let state = seed
  for (let last = rest.length - 1; last > 0; last -= 1) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    const other = Math.floor((state / 2 ** 32) * (last + 1))
    ;[rest[last], rest[other]] = [rest[other] as T, rest[last] as T]
  }
  return rest.slice(0, many)
}

function say(line: string): void {
  process.stdout.write(`${line}\n`)
}
