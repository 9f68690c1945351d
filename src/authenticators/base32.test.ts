import assert from 'node:assert/strict'
import test from 'node:test'
import fc from 'fast-check'
import { Secret } from 'otpauth'
import { base32, fromBase32 } from './base32.ts'

const bytes = (text: string) => new Uint8Array(Buffer.from(text))

// RFC 4648 section 10
const VECTORS = [
  ['', ''],
  ['f', 'MY======'],
  ['fo', 'MZXQ===='],
  ['foo', 'MZXW6==='],
  ['foob', 'MZXW6YQ='],
  ['fooba', 'MZXW6YTB'],
  ['foobar', 'MZXW6YTBOI======'],
] as const

for (const [plain, encoded] of VECTORS) {
  test(`RFC 4648 section 10: '${plain}' is '${encoded}', written without its padding`, () => {
    const unpadded = encoded.replaceAll('=', '')
    assert.equal(base32(bytes(plain)), unpadded)
    assert.deepEqual(fromBase32(encoded), bytes(plain))
    assert.deepEqual(fromBase32(unpadded), bytes(plain))
  })
}

test('[R-040] a secret of 160 bits is 32 characters', () => {
  assert.equal(base32(new Uint8Array(20).fill(255)), '7'.repeat(32))
  assert.equal(fromBase32('7'.repeat(32))?.length, 20)
})

test('a secret is read as people and screens write it: in either case, in groups, with line breaks', () => {
  assert.deepEqual(fromBase32(' mzxw 6ytb\noi\t'), bytes('foobar'))
  assert.deepEqual(fromBase32('MzXw6yTbOi== ===='), bytes('foobar'))
})

test('what is not base32 is undefined', () => {
  for (const text of [
    '0',
    'M0======',
    'MZXW1===',
    'MZXW8',
    'MZ=XQ',
    'M',
    'MZX',
    'MZXW6Y',
    'MZ-XQ',
    'ſſſſ',
    'ıııı',
    'MY=======',
  ]) {
    assert.equal(fromBase32(text), undefined, text)
  }
})

test('bits left over at the end are dropped, as authenticator apps do', () => {
  assert.deepEqual(fromBase32('MZ'), bytes('f'))
})

test('law: what was written is read again, and the otpauth library agrees', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 100 }), (plain) => {
      const text = base32(plain)
      assert.deepEqual(fromBase32(text), plain)
      assert.equal(text, new Secret({ buffer: plain.slice().buffer }).base32)
    }),
    { seed: 20_261_122, numRuns: 500 },
  )
})
