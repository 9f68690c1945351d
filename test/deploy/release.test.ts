import assert from 'node:assert/strict'
import { execFileSync, spawnSync } from 'node:child_process'
import { appendFileSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { makeRelease } from '../../scripts/release/release.ts'

const ROOT = join(import.meta.dirname, '../..')
const { version } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { version: string }
const PACKAGE = `countersign-${version}.tgz`
const place = mkdtempSync(join(tmpdir(), 'countersign-releases-'))
const [one, two] = [join(place, 'one'), join(place, 'two')]
let files: readonly string[] = []

before(() => {
  files = makeRelease(ROOT, one)
})
after(() => rmSync(place, { recursive: true }))

/** The very command of SECURITY.md. */
const check = (folder: string): number | null =>
  spawnSync('sha256sum', ['--check', '--strict', 'SHA256SUMS'], { cwd: folder }).status

test('[UP-08] a release is a package, its bill of materials and their checksums; whoever changed a byte is found', () => {
  assert.deepEqual(files, [`countersign-${version}.cdx.json`, PACKAGE, 'SHA256SUMS'])
  assert.equal(check(one), 0)
  const bill = JSON.parse(readFileSync(join(one, `countersign-${version}.cdx.json`), 'utf8')) as {
    metadata: { component: { version: string } }
  }
  assert.equal(bill.metadata.component.version, version)
})

test('[UP-08] the same source makes the same package, to the byte, wherever and whenever it is made', () => {
  const before = process.umask(0o077)
  try {
    makeRelease(ROOT, two)
  } finally {
    process.umask(before)
  }
  for (const file of files) assert.ok(readFileSync(join(one, file)).equals(readFileSync(join(two, file))), file)
  appendFileSync(join(two, PACKAGE), ' ')
  assert.equal(check(two), 1)
})

test('[UP-08] every package is locked with its hash, so that `npm ci` installs what was tested or nothing', () => {
  const { packages } = JSON.parse(readFileSync(join(ROOT, 'package-lock.json'), 'utf8')) as {
    packages: Readonly<Record<string, { integrity?: string; link?: boolean; inBundle?: boolean }>>
  }
  for (const [at, { integrity, link, inBundle }] of Object.entries(packages))
    if (at.startsWith('node_modules/') && !link && !inBundle) assert.match(integrity ?? '', /^sha512-/, at)
})

test('nothing of the checkout is packed but what package.json lists, and no script runs where it is installed', () => {
  const listed = execFileSync('tar', ['-tzf', join(one, PACKAGE)], { encoding: 'utf8' })
    .trim()
    .split('\n')
  for (const path of listed)
    assert.match(
      path,
      /^package\/(?:lib|bin|client|console\/dist|deploy|docs|examples|[A-Z]+\.md|LICENSE|package\.json)/,
    )
  const manifest = execFileSync('tar', ['-xzOf', join(one, PACKAGE), 'package/package.json'], { encoding: 'utf8' })
  assert.equal((JSON.parse(manifest) as { scripts?: unknown }).scripts, undefined)
})
