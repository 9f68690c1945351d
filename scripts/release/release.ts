import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { billOf, type Lock } from '../sbom/bill.ts'
import { bundledPackages } from '../sbom/bundled.ts'
import { stagePackage } from './stage.ts'

/**
 * Writes what a release consists of into the folder `to`, which must not exist yet: the package, its bill of materials, and `SHA256SUMS`
 * of both. The same source gives the same bytes, whoever makes it and when.
 */
export function makeRelease(root: string, to: string): readonly string[] {
  mkdirSync(to)
  const lock = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')) as Lock
  const bill = JSON.stringify(billOf(lock, bundledPackages(root)), null, 2)
  writeFileSync(join(to, `countersign-${lock.version}.cdx.json`), `${bill}\n`)
  const staged = mkdtempSync(join(tmpdir(), 'countersign-release-'))
  try {
    stagePackage(root, staged)
    execFileSync('npm', ['pack', '--ignore-scripts', '--silent', '--pack-destination', to], { cwd: staged })
  } finally {
    rmSync(staged, { recursive: true })
  }
  const files = readdirSync(to).toSorted()
  const sums = files.map(
    (file) =>
      `${createHash('sha256')
        .update(readFileSync(join(to, file)))
        .digest('hex')}  ${file}\n`,
  )
  writeFileSync(join(to, 'SHA256SUMS'), sums.join(''))
  return [...files, 'SHA256SUMS']
}
