import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { serverWords } from './server-words.ts'

const SEED = 20_261_123
const PASSWORD = 'p&ss "wörd"/7'

test('[R-009] a secret is taken out in every spelling a server is likely to quote it in', () => {
  for (const spelt of [
    PASSWORD,
    encodeURIComponent(PASSWORD),
    'p%26ss+%22w%C3%B6rd%22%2F7',
    JSON.stringify({ password: PASSWORD }),
    Buffer.from(PASSWORD).toString('base64'),
  ]) {
    const words = serverWords(`535 no: ${spelt}.`, [PASSWORD])
    assert.match(words, /^535 no: .*•••/)
    assert.doesNotMatch(words, /ö|%B6|%C3|cCZz/)
  }
})

test('[R-009] the longest secret goes first: a password with the code in it leaves nothing behind', () => {
  assert.equal(serverWords('bad 123456hunter', ['123456', '123456hunter']), 'bad •••')
})

test('a reply of several lines becomes one, of 300 characters at most', () => {
  assert.equal(
    serverWords('550-5.1.1 Nobody\r\n550 5.1.1 of that name\x07', []),
    '550-5.1.1 Nobody 550 5.1.1 of that name',
  )
  const long = serverWords('x'.repeat(1_000), [])
  assert.equal(long, `${'x'.repeat(299)}…`)
})

test('an empty secret hides nothing', () => assert.equal(serverWords('550 no', ['', 'n']), '550 no'))

test(`[R-009] no secret of three characters or more gets through (seed ${SEED})`, () => {
  const secret = fc.string({ minLength: 3, maxLength: 30 }).filter((each) => !'•••…'.includes(each))
  const property = fc.property(fc.string(), secret, fc.string(), (before, each, after) => {
    assert.ok(!serverWords(`${before}${each}${after}`, [each], 10_000).includes(each))
  })
  fc.assert(property, { seed: SEED, numRuns: 500 })
})
