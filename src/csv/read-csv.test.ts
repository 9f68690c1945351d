import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { readCsv } from './read-csv.ts'
import { csvLine } from './write-csv.ts'

function table(text: string) {
  const read = readCsv(text)
  assert.ok(read.kind === 'table', JSON.stringify(read))
  return read.table
}

test('commas and semicolons separate; a byte-order mark, empty lines and Windows line ends are no matter', () => {
  const rows = [
    { line: 2, cells: ['ada', 'ada@acme.test'] },
    { line: 4, cells: ['bob', ''] },
  ]
  for (const separator of [',', ';']) {
    const lines = ['username,email', 'ada,ada@acme.test', '', 'bob,'].map((line) => line.replaceAll(',', separator))
    for (const text of [lines.join('\n'), `\ufeff${lines.join('\r\n')}\r\n`])
      assert.deepEqual(table(text), { header: ['username', 'email'], rows })
  }
})

test('a cell between quotes keeps separators, quotes and line breaks, and the rows after it their lines', () => {
  const { rows } = table('a,b\n"x, ""y""\nz",2\n3,4\n')
  assert.deepEqual(rows, [
    { line: 2, cells: ['x, "y"\nz', '2'] },
    { line: 4, cells: ['3', '4'] },
  ])
})

test('rows of another length than the header come as they are', () => {
  assert.deepEqual(
    table('a,b\n1\n1,2,3\n').rows.map(({ cells }) => cells.length),
    [1, 3],
  )
})

test('what is no CSV is said with its line', () => {
  const said = (text: string) => {
    const read = readCsv(text)
    assert.ok(read.kind === 'unreadable')
    return [read.line, read.problem]
  }
  assert.match(String(said('a,b\n1,"2\n')), /^\d,a quotation mark is opened and never closed/)
  assert.match(String(said('a,b\n1,"2"x\n')), /^2,text follows a closing quotation mark/)
  assert.match(String(said('a,b\n1,x"2"\n')), /^2,a quotation mark stands in the middle/)
  assert.match(String(said('')), /^1,there is no header/)
  assert.match(String(said('\n \n')), /^1,there is no header/)
})

test('whatever is written is read again, but for the apostrophe before what a spreadsheet would run (seed 20261122)', () => {
  const cell = fc
    .oneof(fc.string({ unit: 'grapheme' }), fc.constantFrom('"', ';', 'a\nb', ' x ', '""', "'"))
    .filter((text) => !/^[=+\-@\t\r\n\uff1d\uff0b\uff0d\uff20]/.test(text) && text.isWellFormed())
  fc.assert(
    fc.property(fc.array(cell, { minLength: 2, maxLength: 4 }), (cells) => {
      fc.pre(cells.some((text) => text.trim() !== ''))
      const { rows } = table(csvLine(['first', 'second', 'third', 'fourth']) + csvLine(cells))
      assert.deepEqual(rows, [{ line: 2, cells }])
    }),
    { seed: 20261122 },
  )
})
