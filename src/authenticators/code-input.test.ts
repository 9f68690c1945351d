import assert from 'node:assert/strict'
import test from 'node:test'
import fc from 'fast-check'
import { normaliseCode } from './code-input.ts'

const READ = [
  ['123456', 'as it is'],
  [' 123456\r\n', 'with white space around it'],
  ['\u00A0123456\u3000', 'with white space of other scripts around it'],
  ['123 456', 'in two groups'],
  ['12 34 56', 'in three groups'],
  ['123\u00A0456', 'with a space that does not break'],
  ['123\u202F456', 'with a narrow space'],
  ['123-456', 'with a hyphen'],
  ['123 - 456', 'with a hyphen and spaces'],
  ['123\u2010456', 'with a Unicode hyphen'],
  ['123\u2011456', 'with a hyphen that does not break'],
  ['123–456', 'with an en dash'],
  ['123—456', 'with an em dash'],
  ['123\u2212456', 'with a minus sign'],
  ['123\uFF0D456', 'with a full-width hyphen'],
  ['１２３４５６', 'in full-width digits'],
  ['١٢٣٤٥٦', 'in Arabic-Indic digits'],
  ['۱۲۳۴۵۶', 'in extended Arabic-Indic digits'],
  ['１２３ ۴۵۶', 'in two scripts'],
] as const

for (const [input, how] of READ) {
  test(`[F22] [IV-01] a code is read ${how}`, () => assert.equal(normaliseCode(input, 6), '123456'))
}

const REFUSED = [
  [123456, 'a number'],
  [null, 'null'],
  [undefined, 'nothing'],
  [{}, 'an object'],
  [['123456'], 'a list'],
  [new String('123456'), 'a string object'],
  ['', 'the empty text'],
  ['   ', 'white space'],
  ['---', 'dashes'],
  ['1', 'one digit'],
  ['12345', 'a digit too few'],
  ['0123456', 'a digit too many'],
  ['12345a', 'a letter'],
  ['123.456', 'a point'],
  ['123\n456', 'a line break inside'],
  ['123\t456', 'a tab inside'],
  ['-123456', 'a sign'],
  ['123456-', 'a dash at the end'],
  ['1e5123', 'an exponent'],
  ['٪123456', 'a percent sign'],
  ['१२३४५६', 'digits of a script not read'],
  ['𝟏𝟐𝟑𝟒𝟓𝟔', 'mathematical digits'],
  ['①②③④⑤⑥', 'circled digits'],
  ['123\u200B456', 'an invisible character'],
  ['123456\u0000', 'a null character'],
  ['\uD83D123456', 'half a surrogate pair'],
  [`${' '.repeat(59)}123456`, 'more than 64 characters'],
  ['9'.repeat(10_000_000), 'ten million digits'],
] as const

for (const [input, what] of REFUSED) {
  test(`[IV-01] ${what} is no code`, () => assert.equal(normaliseCode(input, 6), undefined))
}

test('[IV-01] 64 characters are still read', () => {
  assert.equal(normaliseCode(`${' '.repeat(58)}123456`, 6), '123456')
})

test('[F22] leading zeros are kept, and the number of digits is that of the code asked for', () => {
  assert.equal(normaliseCode('000 000', 6), '000000')
  assert.equal(normaliseCode('0123 4567', 8), '01234567')
  assert.equal(normaliseCode('123456', 8), undefined)
  assert.equal(normaliseCode('12345678', 6), undefined)
})

test('[IV-01] law: any value gives exactly the digits asked for or nothing, and a code is read as itself', () => {
  const typed = fc.string({ unit: fc.constantFrom(...Array.from('0123456789٣۷５ -–\u00A0a\n')) })
  fc.assert(
    fc.property(fc.oneof(fc.anything(), fc.string({ unit: 'binary' }), typed), (input) => {
      const code = normaliseCode(input, 6)
      if (code === undefined) return
      assert.match(code, /^[0-9]{6}$/)
      assert.equal(normaliseCode(code, 6), code)
    }),
    { seed: 20_261_122, numRuns: 2_000 },
  )
})
