import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type PhoneTerms, readPhone } from './phone-number.ts'

const terms = (countries: readonly string[] = [], home = ''): PhoneTerms => ({
  'delivery.phone_countries': [...countries],
  'delivery.phone_default_country': home,
})
const read = (typed: string, of = terms()): string => {
  const outcome = readPhone(typed, of)
  return outcome.ok ? outcome.phone : outcome.problem
}

test('[IV-07] a number is kept as E.164, however it was written', () => {
  for (const typed of ['+4915112345678', ' +49 151 1234-5678 ', '+49 (0)151/12345678', '+49\u00a0151.12345678'])
    assert.equal(read(typed), '+4915112345678', typed)
})

test('[IV-07] without a country a number is of the site’s own, and of none where the site names none', () => {
  for (const typed of ['0151 12345678', '0049 151 12345678', '+49 151 12345678'])
    assert.equal(read(typed, terms([], 'DE')), '+4915112345678', typed)
  assert.equal(read('+43 664 1234567', terms([], 'DE')), '+436641234567')
  assert.match(read('0151 12345678'), /^is not a number in international form, like \+4915112345678$/)
  assert.match(read('110', terms([], 'DE')), /international form, like \+4915112345678, or one of DE$/)
})

const NO_NUMBERS = [
  '',
  '+',
  '110',
  '+49110',
  '+00123456789',
  '0049 151 12345678',
  '+1 800 FLOWERS',
  '+4915112345678 ext. 5',
  '+4915112345678x5',
  '+4915112345678;ext=5',
  'tel:+4915112345678',
  '+4915112345678, +4915112345679',
  '+49151\n12345678',
  '+49151\u202e12345678',
  '+４９１５１１２３４５６７８',
  `+49${'1'.repeat(40)}`,
]

for (const typed of NO_NUMBERS)
  test(`[IV-07] no number: ${JSON.stringify(typed)}`, () => {
    assert.match(read(typed), /^is not a number in international form/)
  })

test('[IV-07] numbers that earn on what is sent to them are refused, with digits too many as well', () => {
  for (const typed of ['+49 900 1234567', '+49 900 12345678', '+1 900 234 5678', '+44 909 879 0000', '+800 1234 5678'])
    assert.match(read(typed), /^is a number that costs .* enter the number of a mobile phone$/, typed)
})

test('[IV-07] a site takes numbers of the countries that it allows, and says how another one is added', () => {
  const german = terms(['DE', 'AT'])
  assert.equal(read('+4915112345678', german), '+4915112345678')
  assert.equal(read('+436641234567', german), '+436641234567')
  assert.match(
    read('+33 6 12 34 56 78', german),
    /^is a number of FR, and this site takes numbers of DE, AT; .* delivery\.phone_countries$/,
  )
  // One calling code, many countries: the islands that pumping likes are not the United States.
  assert.equal(read('+1 202 555 0100', terms(['US'])), '+12025550100')
  assert.match(read('+1 809 555 1234', terms(['US'])), /^is a number of DO/)
  assert.match(read('+8821621234567', german), /^is a number of \+882/)
})

test('a number that is not known to be given out, but could be, is taken', () => {
  assert.equal(read('+1 555 555 0100'), '+15555550100')
  assert.equal(read('+1 555 555 0100', terms(['CA'])), '+15555550100')
})
