import assert from 'node:assert/strict'
import { test } from 'node:test'
import { counter, type Verdict } from './tally.ts'

const FILE = '/house/test/door.test.ts'
const verdict = (name: string, nesting: number, more: Partial<Verdict> = {}): Verdict => ({
  name,
  nesting,
  file: FILE,
  line: 4,
  details: { type: 'test', duration_ms: 1 },
  ...more,
})
const failing = (error: unknown, type = 'test') => ({ details: { type, duration_ms: 1, error } })
const subtestsFailed = Object.assign(new Error('1 subtest failed'), { failureType: 'subtestsFailed' })

test('only leaves are counted, not the tests and suites that hold them', () => {
  const { tally, pass } = counter()
  pass(verdict('opens', 1))
  pass(verdict('closes', 1))
  pass(verdict('the door', 0))
  pass(verdict('the window', 0))
  pass(verdict('an empty suite', 0, { details: { type: 'suite', duration_ms: 0 } }))
  assert.equal(tally.passed, 3)
})

test('a parent fails once for itself and not again for its children', () => {
  const { tally, fail, pass } = counter()
  fail(verdict('opens', 1, failing('stuck')))
  fail(verdict('the door', 0, failing(subtestsFailed)))
  pass(verdict('closes', 1))
  fail(verdict('the window', 0, failing(new Error('broken pane'))))
  assert.deepEqual(
    tally.failures.map((failure) => failure.name),
    ['opens', 'the window'],
  )
  assert.match(tally.failures[1]?.what ?? '', /broken pane/)
})

test('what was skipped is counted by its reason', () => {
  const { tally, pass } = counter()
  pass(verdict('one', 0, { skip: 'no key' }))
  pass(verdict('two', 0, { skip: 'no key' }))
  pass(verdict('three', 0, { todo: true }))
  assert.equal(tally.passed, 0)
  assert.deepEqual(
    [...tally.skipped],
    [
      ['no key', 2],
      ['three (no reason given)', 1],
    ],
  )
})

test('a test file without a test is a failure', () => {
  const { tally, pass } = counter()
  pass(verdict(FILE, 0))
  assert.equal(tally.failures[0]?.what, 'no test in this file')
})

test('how long a file took is kept, and of the run as a whole it is not', () => {
  const { tally, end } = counter()
  end({ file: FILE, duration_ms: 1_500 })
  end({ duration_ms: 60_000 })
  assert.deepEqual([...tally.seconds], [[FILE, 1.5]])
})
