import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { test } from 'node:test'

test('[AU-01] `npm run million`, over a few entries: a whole log verifies by its database and by its bundle, and each damage is named', () => {
  const told = execFileSync(process.execPath, ['bin/run.mjs', 'scripts/million.ts', '3000'], { encoding: 'utf8' })
  assert.match(told, /^3,00\d entries on SQLite/)
  const exits = [...told.matchAll(/^\| [^|]+ \| (?<exit>\d+) \| [\d.]+ \| [\d,]* \|$/gm)].map(
    ({ groups }) => groups?.['exit'],
  )
  assert.deepEqual(exits, ['0', '0', '3', '3', '5', '2', '0'])
})
