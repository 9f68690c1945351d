import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readHeader } from './import-columns.ts'

test('columns are known by their names, whatever their case and whatever stands between the words', () => {
  assert.deepEqual(readHeader(['Username', ' Display Name ', 'two-factor-app']), {
    columns: ['username', 'display_name', 'two_factor_app'],
    problems: [],
  })
})

test('a column that nobody knows is named as it stands there, and one without a name by its place', () => {
  const { columns, problems } = readHeader(['username', 'Shoe size', '  ', 'email', 'E-mail', 'EMAIL'])
  assert.deepEqual(columns, ['username', undefined, undefined, 'email', undefined, 'email'])
  assert.deepEqual(
    problems.map(({ field }) => field),
    ['Shoe size', 'column 3', 'E-mail', 'email'],
  )
  assert.match(problems.at(-1)?.problem ?? '', /more than once/)
})

test('without a user name there is nobody to make', () => {
  assert.deepEqual(readHeader(['email']).problems, [{ field: 'username', problem: 'is missing in the header' }])
})
