import assert from 'node:assert/strict'
import { createHmac } from 'node:crypto'
import test from 'node:test'
import fc from 'fast-check'
import { HOTP, Secret } from 'otpauth'
import { hotp, resynchronise, truncate, verifyHotp } from './hotp.ts'

const SEED = 20_261_122
const KEY = Buffer.from('12345678901234567890')

// RFC 4226 appendix D: counter, HMAC-SHA-1, truncated value, code
const VECTORS = [
  [0, 'cc93cf18508d94934c64b65d8ba7667fb7cde4b0', 0x4c93cf18, 1284755224, '755224'],
  [1, '75a48a19d4cbe100644e8ac1397eea747a2d33ab', 0x41397eea, 1094287082, '287082'],
  [2, '0bacb7fa082fef30782211938bc1c5e70416ff44', 0x82fef30, 137359152, '359152'],
  [3, '66c28227d03a2d5529262ff016a1e6ef76557ece', 0x66ef7655, 1726969429, '969429'],
  [4, 'a904c900a64b35909874b33e61c5938a8e15ed1c', 0x61c5938a, 1640338314, '338314'],
  [5, 'a37e783d7b7233c083d4f62926c7a25f238d0316', 0x33c083d4, 868254676, '254676'],
  [6, 'bc9cd28561042c83f219324d3c607256c03272ae', 0x7256c032, 1918287922, '287922'],
  [7, 'a4fb960c0bc06e1eabb804e5b397cdc4b45596fa', 0x4e5b397, 82162583, '162583'],
  [8, '1b3c89f65e6c9e883012052823443f048b4332db', 0x2823443f, 673399871, '399871'],
  [9, '1637409809a679dc698207310c8c7fc07290d9e5', 0x2679dc69, 645520489, '520489'],
] as const

for (const [counter, mac, truncatedHex, truncatedDecimal, code] of VECTORS) {
  test(`[R-042] [S4.7] RFC 4226 appendix D, counter ${counter}: HMAC, truncated value and code ${code}`, () => {
    const moving = Buffer.alloc(8)
    moving.writeBigUInt64BE(BigInt(counter))
    assert.equal(createHmac('sha1', KEY).update(moving).digest('hex'), mac)
    assert.equal(truncate(Buffer.from(mac, 'hex')), truncatedHex)
    assert.equal(truncatedHex, truncatedDecimal)
    assert.equal(hotp(KEY, counter), code)
    assert.equal(hotp(KEY, BigInt(counter)), code)
  })
}

test('[R-042] the truncation example of RFC 4226 section 5.4', () => {
  const mac = Buffer.from('1f8698690e02ca16618550ef7f19da8e945b555a', 'hex')
  assert.equal(truncate(mac), 0x50ef7f19)
  assert.equal(truncate(mac) % 1_000_000, 872921)
})

test('[R-042] [S4.7] 1,000 seeded keys and counters agree with the otpauth library', () => {
  const digits = fc.constantFrom(6, 7, 8)
  const algorithm = fc.constantFrom('SHA1', 'SHA256', 'SHA512')
  const key = fc.uint8Array({ minLength: 10, maxLength: 80 })
  fc.assert(
    fc.property(key, fc.maxSafeNat(), digits, algorithm, (bytes, counter, digits, algorithm) => {
      const witness = new HOTP({ secret: new Secret({ buffer: bytes.slice().buffer }), digits, algorithm })
      assert.equal(hotp(bytes, counter, { digits, algorithm }), witness.generate({ counter }))
    }),
    { seed: SEED, numRuns: 1_000 },
  )
})

test('[S4.7] a code keeps its leading zeros', () => {
  const short = Array.from({ length: 100 }, (_, counter) => hotp(KEY, counter)).filter((code) => code.startsWith('0'))
  assert.ok(short.length > 0)
  for (const code of short) assert.match(code, /^\d{6}$/)
})

test('[S4.7] counters of one secret give codes that do not follow from each other, up to the last of 64 bits', () => {
  assert.equal(hotp(KEY, 2n ** 64n - 1n).length, 6)
  assert.notEqual(hotp(KEY, 2n ** 32n), hotp(KEY, 0))
  assert.equal(new Set(Array.from({ length: 200 }, (_, counter) => hotp(KEY, counter, { digits: 8 }))).size, 200)
})

test('mistakes of ours are refused and never computed', () => {
  assert.throws(() => hotp(new Uint8Array(), 0), RangeError)
  for (const counter of [-1, 1.5, Number.NaN, 2 ** 53, -1n, 2n ** 64n]) {
    assert.throws(() => hotp(KEY, counter), RangeError, String(counter))
  }
  for (const digits of [0, 1, 5, 9]) assert.throws(() => hotp(KEY, 0, { digits: digits as 6 }), RangeError)
})

test('[R-046] a hardware token may be ahead by as much as the look-ahead, and by no more', () => {
  const ask = (ahead: number, lookAhead: number) =>
    verifyHotp({ secret: KEY, code: hotp(KEY, 40 + ahead), counter: 40, lookAhead })
  assert.deepEqual(ask(0, 0), { kind: 'accepted', counter: 41 })
  assert.deepEqual(ask(10, 10), { kind: 'accepted', counter: 51 })
  assert.deepEqual(ask(11, 10), { kind: 'wrong' })
  assert.deepEqual(ask(1, 0), { kind: 'wrong' })
  assert.deepEqual(ask(-1, 10), { kind: 'wrong' })
  for (const lookAhead of [11, -1, Number.NaN]) assert.throws(() => ask(0, lookAhead), RangeError)
})

test('[R-046] no code of a token passes twice, nor one from before it', () => {
  let counter = 0
  for (const pressed of [0, 1, 5, 6, 14]) {
    const verdict = verifyHotp({ secret: KEY, code: hotp(KEY, pressed), counter, lookAhead: 10 })
    assert.deepEqual(verdict, { kind: 'accepted', counter: pressed + 1 })
    counter = pressed + 1
    for (const old of [pressed, pressed - 1, 0].filter((each) => each >= 0)) {
      assert.deepEqual(verifyHotp({ secret: KEY, code: hotp(KEY, old), counter, lookAhead: 10 }), { kind: 'wrong' })
    }
  }
})

test('[R-046] two consecutive codes within the next 100 counters find a lost token', () => {
  const pair = (ahead: number) => resynchronise(KEY, 7, hotp(KEY, 7 + ahead), hotp(KEY, 8 + ahead))
  assert.equal(pair(0), 9)
  assert.equal(pair(60), 69)
  assert.equal(pair(98), 107)
  assert.equal(pair(99), undefined)
  assert.equal(resynchronise(KEY, 7, hotp(KEY, 5), hotp(KEY, 6)), undefined)
})

test('[R-046] one code twice, two codes with one between, or the wrong way round find nothing', () => {
  assert.equal(resynchronise(KEY, 0, hotp(KEY, 20), hotp(KEY, 20)), undefined)
  assert.equal(resynchronise(KEY, 0, hotp(KEY, 20), hotp(KEY, 22)), undefined)
  assert.equal(resynchronise(KEY, 0, hotp(KEY, 21), hotp(KEY, 20)), undefined)
  assert.equal(resynchronise(KEY, 0, '', ''), undefined)
})
