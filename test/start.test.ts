import assert from 'node:assert/strict'
import { spawn, spawnSync, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { cpSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join, resolve } from 'node:path'
import { test, type TestContext } from 'node:test'

const PROGRAM = `
process.on('SIGTERM', () => process.exit(9))
console.log(process.versions.node, ...process.argv.slice(3))
if (process.argv[3] === 'wait') setInterval(() => {}, 1000)
else process.exitCode = 7
`

const oldNode = findOldNode()
const skip = oldNode === undefined ? 'no Node.js older than 24.15 on this machine' : false

test('started by an old Node.js, the pinned one runs the TypeScript, with its arguments and exit code', {
  skip,
}, (t) => {
  const { status, stdout } = spawnSync(
    oldNode ?? '',
    ['bin/run.mjs', 'program.ts', 'one', 'two words'],
    inPackage(t, 'with packages'),
  )
  assert.match(stdout, /^24\.\d+\.\d+ one two words\n$/)
  assert.equal(status, 7)
})

test('a new enough Node.js runs the TypeScript itself', (t) => {
  const { status, stdout } = spawnSync(
    process.execPath,
    ['bin/run.mjs', 'program.ts'],
    inPackage(t, 'without packages'),
  )
  assert.equal(stdout, `${process.versions.node}\n`)
  assert.equal(status, 7)
})

test('a stop signal reaches the program through the old Node.js', { skip }, async (t) => {
  const child = spawn(oldNode ?? '', ['bin/run.mjs', 'program.ts', 'wait'], { cwd: inPackage(t, 'with packages').cwd })
  await firstWords(child)
  child.kill('SIGTERM')
  assert.deepEqual(await once(child, 'exit'), [9, null])
})

test('an old Node.js without the pinned one says in one sentence what to do', { skip }, (t) => {
  const { status, stdout, stderr } = spawnSync(oldNode ?? '', ['bin/countersign.mjs'], inPackage(t, 'without packages'))
  assert.equal(stdout, '')
  assert.match(stderr, /^Countersign needs Node\.js 24\.15 or newer, but this is v\d+\.\d+\.\d+ .*npm ci.*\n$/)
  assert.equal(status, 1)
})

/** A folder like an installed copy of ours, with a small program in place of the real one. */
function inPackage(t: TestContext, packages: 'with packages' | 'without packages'): { cwd: string; encoding: 'utf8' } {
  const cwd = mkdtempSync(join(tmpdir(), 'countersign-start-'))
  t.after(() => rmSync(cwd, { recursive: true }))
  cpSync('bin', join(cwd, 'bin'), { recursive: true })
  writeFileSync(join(cwd, 'package.json'), '{ "type": "module" }')
  writeFileSync(join(cwd, 'program.ts'), PROGRAM)
  if (packages === 'with packages') symlinkSync(resolve('node_modules'), join(cwd, 'node_modules'))
  return { cwd, encoding: 'utf8' }
}

async function firstWords(child: ChildProcess): Promise<void> {
  assert.ok(child.stdout)
  await once(child.stdout, 'data')
}

function findOldNode(): string | undefined {
  const folders = (process.env['PATH'] ?? '').split(delimiter).map((folder) => join(folder, 'node'))
  return [process.env['npm_node_execpath'] ?? 'node', ...folders].find((path) => {
    const [major = 99] = (spawnSync(path, ['-p', 'process.versions.node'], { encoding: 'utf8' }).stdout ?? '')
      .split('.')
      .map(Number)
    return major > 0 && major < 24
  })
}
