import { mkdirSync, mkdtempSync, readdirSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { stagePackage } from '../../scripts/release/stage.ts'

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
  stagePackage(ROOT, installed)
  const packages = join(ROOT, 'node_modules')
  for (const name of readdirSync(packages).filter((each) => !each.startsWith('.')))
    symlinkSync(join(packages, name), join(place, 'node_modules', name))
  const program = join(installed, 'bin/countersign.mjs')
  mkdirSync(join(place, 'node_modules/.bin'))
  symlinkSync(program, join(place, 'node_modules/.bin/countersign'))
  return { place, installed }
}
