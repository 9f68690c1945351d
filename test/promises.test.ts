import assert from 'node:assert/strict'
import { test } from 'node:test'
import { broken, idsIn, promised, promisedRows, reasonedIds, testedIds } from './promises/books.ts'

test('every kept promise has a test, and every test id is promised', () => {
  assert.deepEqual(broken(promisedRows(), testedIds(), reasonedIds()), [])
})

// The samples are put together here, bracket by bracket, so that they are not themselves taken for test names.
const named = (ids: string, call = 'test'): string => `${call}('[${ids}] Ada signs in', () => {})`

test('ids are read from the beginning of a test name', () => {
  assert.deepEqual(idsIn(named('S1.8')), ['S1.8'])
  assert.deepEqual(idsIn(named('S0.17b] [R-044', 'await t.test')), ['S0.17b', 'R-044'])
  assert.deepEqual(idsIn(named('S2.13, S4.12')), ['S2.13', 'S4.12'])
  assert.deepEqual(idsIn(named('F14][RC-01').replaceAll("'", '`')), ['F14', 'RC-01'])
  assert.deepEqual(idsIn(named('P2')), [])
  assert.deepEqual(idsIn("const row = list['S1.8']"), [])
})

test('a test that never runs keeps no promise', () => {
  assert.deepEqual(idsIn(named('S1.8', 'test.skip')), [])
  assert.deepEqual(idsIn(named('S1.8', 'test.todo')), [])
})

test('what is wrong is said row by row', () => {
  const rows = promised(
    '| S1.1 | one | kept |\n| S1.2 | two | later: console |\n| S1.2 | two | kept |\n| S1.3 | three | soon |\n| R-1 | four | deviation |\n| R-2 | five | deviation |\n',
  )
  const tested = new Map([
    ['S1.2', ['a.test.ts']],
    ['S9.9', ['b.test.ts', 'c.test.ts']],
  ])
  assert.deepEqual(broken(rows, tested, ['R-1']), [
    'S1.2 is promised twice',
    'S1.3 is neither "kept" nor "deviation" nor "later: <milestone>" but "soon"',
    'R-2 is a deviation, and docs/security/deviations.md does not say why',
    'S1.1 has no test: one',
    'S9.9 is tested in b.test.ts, c.test.ts but not promised',
  ])
})
