import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { isGsm7, smsParts, smsSize, toGsm7 } from './gsm7.ts'

const SEED = 20_261_123

test('what the seven-bit alphabet has and what it has not', () => {
  for (const text of ['Acme ERP', 'Größe: 5 €', 'Ærø §1 ¿qué?', 'ΔΦΓΛΩΠΨΣΘΞ', '^{}\\[~]|€\f', '\n\r', ''])
    assert.ok(isGsm7(text), text)
  for (const text of ['ç', 'á', '’', '–', 'Ж', '漢', '🙂', '`', '\t', '\u00a0']) assert.ok(!isGsm7(text), text)
})

test('the alphabet has 127 characters in one place, without the escape, and 10 in two', () => {
  const all = Array.from({ length: 0x2100 }, (_, index) => String.fromCodePoint(index)).filter(isGsm7)
  assert.equal(all.filter((each) => smsSize(each).units === 1).length, 127)
  assert.equal(all.filter((each) => smsSize(each).units === 2).length, 10)
})

const SIZES: readonly (readonly [text: string, alphabet: 'gsm7' | 'ucs2', units: number, parts: number])[] = [
  ['', 'gsm7', 0, 1],
  ['a'.repeat(160), 'gsm7', 160, 1],
  ['a'.repeat(161), 'gsm7', 161, 2],
  ['a'.repeat(306), 'gsm7', 306, 2],
  ['a'.repeat(307), 'gsm7', 307, 3],
  ['€'.repeat(80), 'gsm7', 160, 1],
  ['€'.repeat(81), 'gsm7', 162, 2],
  // 153 is odd: the 77th euro sign of a part does not fit and is not cut.
  ['€'.repeat(153), 'gsm7', 306, 3],
  ['Ж'.repeat(70), 'ucs2', 70, 1],
  ['Ж'.repeat(71), 'ucs2', 71, 2],
  ['Ж'.repeat(134), 'ucs2', 134, 2],
  ['🙂'.repeat(35), 'ucs2', 70, 1],
  ['🙂'.repeat(36), 'ucs2', 72, 2],
  ['🙂'.repeat(67), 'ucs2', 134, 3],
]

for (const [text, alphabet, units, parts] of SIZES)
  test(`${[...text].length} × "${[...text][0] ?? ''}" is ${parts} part${parts === 1 ? '' : 's'} of ${alphabet}`, () => {
    assert.deepEqual(smsSize(text), { alphabet, units, parts })
    assert.equal(smsParts(text), parts)
  })

const NEAREST: readonly (readonly [text: string, nearest: string])[] = [
  ['Acme ERP', 'Acme ERP'],
  ['Müller & Söhne', 'Müller & Söhne'],
  ['Mu\u0308ller', 'Müller'],
  ['Château d’Eau – “Łódź”', 'Chateau d\'Eau - "Lódz"'.replace('ó', 'o')],
  ['Ação São João', 'Acao Sao Joao'],
  ['İstanbul Işık', 'Istanbul Isik'],
  ['Завод 7', '7'],
  ['東京 ERP', 'ERP'],
  ['ＡＢＣ', 'ABC'],
  ['Fish\u00a0🐟 & Chips', 'Fish & Chips'],
]

for (const [text, nearest] of NEAREST)
  test(`"${text}" is written "${nearest}" in seven bits`, () => assert.equal(toGsm7(text), nearest))

test(`whatever comes in, seven bits come out, and again the same (seed ${SEED})`, () => {
  const property = fc.property(fc.string({ unit: 'binary' }), (text) => {
    const once = toGsm7(text)
    assert.ok(isGsm7(once))
    assert.equal(toGsm7(once), once)
  })
  fc.assert(property, { seed: SEED })
})
