import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isGsm7 } from '../gsm7.ts'
import { textsFor } from './catalogue.ts'
import { en } from './en.ts'

const german = { ...en, language: 'de' }
const swiss = { ...en, language: 'de-CH' }
const catalogue = new Map([
  ['en', en],
  ['de', german],
  ['de-ch', swiss],
])

test('the nearest texts are taken: those of the tag, of the language, else English', () => {
  assert.equal(textsFor('de-CH', catalogue), swiss)
  assert.equal(textsFor('de_CH', catalogue), swiss)
  assert.equal(textsFor('de-AT', catalogue), german)
  assert.equal(textsFor('DE', catalogue), german)
  assert.equal(textsFor('fr-CH', catalogue), en)
  assert.equal(textsFor(null, catalogue), en)
})

test('a moment is said with its zone, to the minute, and midnight is 00:00', () => {
  assert.equal(en.moment(Date.UTC(2026, 0, 1, 0, 0, 59)), '1 January 2026, 00:00 UTC')
  assert.equal(en.moment(Date.UTC(2028, 1, 29, 23, 59)), '29 February 2028, 23:59 UTC')
})

test('a browser is called by what is known of it', () => {
  assert.equal(en.browser({ browser: 'Chrome', system: 'Android' }), 'Chrome on Android')
  assert.equal(en.browser({ browser: 'Chrome', system: null }), 'Chrome')
  assert.equal(en.browser({ browser: null, system: 'Linux' }), 'Linux')
})

test('[R-063] words for an SMS are written in seven bits', () => {
  for (const words of [
    en.code.sms('Acme'),
    en.code.sms(''),
    ...Object.values(en.notices).map((notice) => notice.sms('Acme')),
  ])
    assert.ok(isGsm7(words), words)
})
