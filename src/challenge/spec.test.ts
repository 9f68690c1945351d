import assert from 'node:assert/strict'
import { globSync, readFileSync } from 'node:fs'
import { test } from 'node:test'

test('every rule of SPEC.md has a test here, and every rule that a test names is in SPEC.md', () => {
  const here = import.meta.dirname
  const rules = readFileSync(`${here}/SPEC.md`, 'utf8').matchAll(/^- \*\*(C\d+)\*\*/gm)
  const tests = globSync(`${here}/*.test.ts`).map((file) => readFileSync(file, 'utf8'))
  const named = tests.flatMap((source) => [...source.matchAll(/\[(C\d+)\]/g)])
  assert.deepEqual(ids(named), ids(rules))
})

function ids(matches: Iterable<RegExpMatchArray>): readonly string[] {
  return [...new Set([...matches].map(([, id = '']) => id))].toSorted()
}
