import assert from 'node:assert/strict'
import { test } from 'node:test'
import { csvLine, csvTable } from './write-csv.ts'

test('a cell that a spreadsheet would run is written as text', () => {
  for (const start of ['=', '+', '-', '@', '\t', '\r', '\n', '\uff1d', '\uff0b', '\uff0d', '\uff20']) {
    assert.match(csvLine([`${start}cmd|' /C calc'!A1`]), /^"?'/, JSON.stringify(start))
  }
  assert.equal(csvLine(['=HYPERLINK("http://x","y")']), `"'=HYPERLINK(""http://x"",""y"")"\r\n`)
})

test('everything else stays as it is', () => {
  assert.equal(csvLine(['a=b', -5, true, null, '', 'x@y', "'"]), "a=b,-5,true,,,x@y,'\r\n")
  assert.equal(csvLine(['a,b', 'say "no"', 'two\nlines']), '"a,b","say ""no""","two\nlines"\r\n')
})

test('a table has its keys for a header, and an empty cell where a record says nothing', () => {
  assert.equal(csvTable(['a', 'b'], [{ a: 1, b: 2 }, { b: '+1' }]), "a,b\r\n1,2\r\n,'+1\r\n")
})
