import assert from 'node:assert/strict'
import { globSync, readFileSync } from 'node:fs'
import { test } from 'node:test'
import { MUTANTS } from '../../scripts/mutants/mutants.ts'

// `npm run mutants` takes minutes and is no part of every run. What would make it worth nothing without a word is held here: a check that was
// written anew, and stands in the list as it was.
test('each check that is taken out stands in the source once, and the tests that must notice are there', () => {
  assert.ok(MUTANTS.length >= 40)
  const files = globSync(['src/**/*.test.ts', 'test/**/*.test.ts'])
  for (const { file, from, what, tests } of MUTANTS) {
    assert.equal(readFileSync(file, 'utf8').split(from).length, 2, what)
    for (const word of tests)
      assert.ok(
        files.some((each) => each.includes(word)),
        `${what}: ${word}`,
      )
  }
})
