import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { EXIT_CODES } from './exit-codes.ts'
import { commandManual } from './manual.ts'

test('docs/cli.md is what the commands say today', () => {
  const stored = readFileSync(new URL('../../docs/cli.md', import.meta.url), 'utf8')
  assert.equal(stored, commandManual(), 'run `node bin/run.mjs scripts/cli-manual.ts` and commit what it writes')
})

test('the manual has the commands with their options, and the exit codes', () => {
  const manual = commandManual()
  assert.match(manual, /^## set-config KEY VALUE \[MORE…\]$/m)
  assert.match(manual, /^## users bypass NAME$/m)
  assert.match(manual, /^\| `--reason <reason>` \| /m)
  for (const [code, meaning] of EXIT_CODES) assert.ok(manual.includes(`| ${code} | ${meaning} |`))
})
