import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import type { TestContext } from 'node:test'
import type { PresetName } from '#policy/presets.ts'
import { type World, world } from './world.ts'

export interface OnDisk {
  readonly at: World
  readonly file: string
}

/** The demo's site in a database file, as a thief finds it. Closed and removed when the test ends. */
export async function siteOnDisk(t: TestContext, preset: PresetName): Promise<OnDisk> {
  const folder = mkdtempSync(join(tmpdir(), 'countersign-test-'))
  const file = join(folder, 'site.db')
  const at = await world({ preset, database: `sqlite:${file}` })
  t.after(async () => {
    await at.close()
    rmSync(folder, { recursive: true })
  })
  return { at, file }
}

/** Every value of every row of every table, and the bytes of the files themselves: also what was deleted may still be there. */
export function dump(file: string): string {
  const db = new DatabaseSync(file, { readOnly: true })
  try {
    const tables = db.prepare("SELECT name FROM sqlite_schema WHERE type = 'table'").all()
    const all = tables.map(({ name }) => db.prepare(`SELECT * FROM "${String(name)}"`).all())
    const folder = join(file, '..')
    const bytes = readdirSync(folder).map((each) => readFileSync(join(folder, each), 'latin1'))
    return [JSON.stringify(all), ...bytes].join('\n')
  } finally {
    db.close()
  }
}
