import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { buildSite } from './docs/site.ts'

// Writes the documentation into docs-site/: `npm run docs`, then open docs-site/index.html. It needs no server and no network.
const PLACE = join(import.meta.dirname, '../docs-site')

rmSync(PLACE, { recursive: true, force: true })
for (const [path, content] of buildSite()) {
  const to = join(PLACE, path)
  mkdirSync(dirname(to), { recursive: true })
  writeFileSync(to, content)
}
process.stdout.write(`${join('docs-site', 'index.html')}\n`)
