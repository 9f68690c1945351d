import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { movingManual } from './moving-manual.ts'
import { OLD_NAMES } from './old-names.ts'

test('the page about moving is made from the names that are known (node bin/run.mjs scripts/manual.ts writes it)', () => {
  const page = movingManual()
  assert.equal(readFileSync('docs/moving-from.md', 'utf8'), page)
  for (const { system, name } of OLD_NAMES) if (system !== 'frappe') assert.ok(page.includes(`| ${name} |`), name)
})
