import assert from 'node:assert/strict'
import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, globSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { after, before, test } from 'node:test'
import { installPackage } from './installed-package.ts'

let place = ''
let installed = ''

before(() => {
  ;({ place, installed } = installPackage())
})
after(() => rmSync(place, { recursive: true, force: true }))

const command = (...args: string[]): string[] => [join(installed, 'bin/countersign.mjs'), ...args]

test('the packed package has no source and no test in it, and every file that its program reads', () => {
  assert.deepEqual(globSync('**/*.ts', { cwd: join(installed, 'lib') }), [])
  for (const path of [
    'lib/store/migrations/001-tables.sql',
    'lib/web/style.css',
    'lib/main.js',
    'deploy/alerts.yaml',
    'lib/countersign.1',
  ])
    assert.ok(existsSync(join(installed, path)), path)
  for (const path of globSync('lib/**/*.js', { cwd: installed }))
    assert.doesNotMatch(
      readFileSync(join(installed, path), 'utf8'),
      /(?:from|import)\s*\(?\s*['"](?:#|\.)[^'"\n]*\.ts['"]/,
      path,
    )
})

test('installed in an empty folder it runs the demo, and a command beside it finds the demo', async () => {
  const child = spawn(process.execPath, command('demo', '--json', '--listen', '127.0.0.1:0'), {
    cwd: place,
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  try {
    const [line] = (await once(createInterface({ input: child.stdout }), 'line')) as [string]
    const { origin, site } = JSON.parse(line) as { origin: string; site: string }
    const page = await fetch(`${origin}/${site}/login`)
    assert.equal(page.status, 200)
    const text = await page.text()
    const [style] = /\/assets\/[^"]+\.css/.exec(text) ?? []
    assert.equal((await fetch(`${origin}${style}`)).status, 200)
    const out = execFileSync(process.execPath, command('--site', site, 'users', 'list', '--json'), {
      cwd: place,
      encoding: 'utf8',
    })
    assert.match(out, /"kim"/)
  } finally {
    child.kill('SIGTERM')
    await once(child, 'close')
  }
})

test('whoever stops reading half way through gets no stack trace', async () => {
  const child = spawn(process.execPath, command('--help'), { cwd: place, stdio: ['ignore', 'pipe', 'pipe'] })
  child.stdout.destroy()
  let said = ''
  child.stderr.on('data', (chunk) => (said += String(chunk)))
  await once(child, 'close')
  assert.doesNotMatch(said, /EPIPE|at /)
})
