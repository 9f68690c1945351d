import { execFileSync } from 'node:child_process'
import { chmodSync, cpSync, globSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const ROOT = join(import.meta.dirname, '../..')

export interface Installed {
  /** The folder of somebody who installed it. */
  readonly place: string
  /** The package in it. */
  readonly installed: string
}

/** What `npm pack` makes, installed in an empty folder; the packages it depends on are those of this checkout. */
export function installPackage(): Installed {
  const place = mkdtempSync(join(tmpdir(), 'countersign-packed-'))
  const installed = join(place, 'node_modules/countersign')
  mkdirSync(installed, { recursive: true })
  const { files } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { files: readonly string[] }
  const packed = files.filter((each) => each !== 'lib')
  for (const path of ['package.json', ...packed.flatMap((each) => globSync(each, { cwd: ROOT }))])
    cpSync(join(ROOT, path), join(installed, path), { recursive: true })
  execFileSync(process.execPath, [join(ROOT, 'bin/run.mjs'), 'scripts/pack.ts', join(installed, 'lib')], { cwd: ROOT })
  const packages = join(ROOT, 'node_modules')
  for (const name of readdirSync(packages).filter((each) => !each.startsWith('.')))
    symlinkSync(join(packages, name), join(place, 'node_modules', name))
  const program = join(installed, 'bin/countersign.mjs')
  chmodSync(program, 0o755)
  mkdirSync(join(place, 'node_modules/.bin'))
  symlinkSync(program, join(place, 'node_modules/.bin/countersign'))
  return { place, installed }
}
