import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { loggingInventory } from '../../scripts/security/logging-inventory.ts'

test('docs/security/logging-inventory.md has the events of today', () => {
  const stored = readFileSync('docs/security/logging-inventory.md', 'utf8')
  assert.equal(stored, loggingInventory(), 'run `npm run logging-inventory` and commit what it writes')
})
