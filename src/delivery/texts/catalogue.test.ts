import assert from 'node:assert/strict'
import { test } from 'node:test'
import { LANGUAGES, untranslated } from '#domain/language.ts'
import { isGsm7, smsParts } from '../gsm7.ts'
import { textsFor, TRANSLATIONS } from './catalogue.ts'
import { en } from './en.ts'

/** Said in English for now. Who adds English words adds their path here; who translates them takes it away. */
const STILL_ENGLISH: readonly string[] = []

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

test('every word of the messages is translated, or listed as still English', () => {
  for (const [language, translation] of Object.entries(TRANSLATIONS))
    assert.deepEqual(untranslated(en, translation).toSorted(), STILL_ENGLISH.toSorted(), language)
})

test('[R-063] words for an SMS are written in seven bits where the language can be, and fill one part in every language', () => {
  for (const language of LANGUAGES) {
    const texts = textsFor(language)
    for (const words of [
      `123456${texts.code.sms('Acme')}\n\n@login.example.com #123456`,
      ...Object.entries(texts.notices)
        .filter(([key]) => !STILL_ENGLISH.includes(`notices.${key}.sms`))
        .map(([, notice]) => notice.sms('Acme')),
    ]) {
      assert.equal(isGsm7(words), language !== 'he' && language !== 'ar', `${language}: ${words}`)
      assert.equal(smsParts(words), 1, `${language}: ${words}`)
    }
  }
})

test('each language names the site, the person and the moment where English does', () => {
  const about = { name: '<name>', until: '<until>' }
  const places = (said: string): readonly string[] => (said.match(/<(?:site|name|until)>/g) ?? []).toSorted()
  const named = (said: string): readonly string[] => [...new Set(places(said))]
  for (const language of LANGUAGES) {
    const texts = textsFor(language)
    for (const [key, english] of Object.entries(en.notices)) {
      const ours = texts.notices[key as keyof typeof en.notices]
      assert.deepEqual(named(ours.subject('<site>', about)), named(english.subject('<site>', about)), language + key)
      const all = (notice: typeof english): string => notice.paragraphs('<site>', about).join(' ')
      assert.deepEqual(named(all(ours)), named(all(english)), `${language} ${key}`)
      assert.equal(ours.paragraphs('<site>', about).length, english.paragraphs('<site>', about).length)
      assert.deepEqual(places(ours.sms('<site>')), places(english.sms('<site>')), `${language} ${key}`)
    }
    assert.match(texts.code.use('<until>'), /<until>/)
    assert.match(texts.code.rest('<site>'), /^ .*<site>/)
    for (const link of [texts.enrolment, texts.reset]) {
      assert.match(link.subject('<site>'), /<site>/)
      assert.match(link.open('<site>'), /<site>/)
      assert.match(link.until('<until>'), /<until>/)
    }
  }
})
