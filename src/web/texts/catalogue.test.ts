import assert from 'node:assert/strict'
import { test } from 'node:test'
import { LANGUAGES, untranslated, withEnglish } from '#domain/language.ts'
import { textsFor, TRANSLATIONS } from './catalogue.ts'
import { en } from './en.ts'

const german = { ...en, language: 'de' }
const swiss = { ...en, language: 'de-CH' }
const catalogue = new Map([
  ['en', en],
  ['de', german],
  ['de-ch', swiss],
])

test('the texts are those that the browser likes best of what we have', () => {
  assert.equal(textsFor('de-CH, de;q=0.9, en;q=0.8', catalogue), swiss)
  assert.equal(textsFor('de-AT', catalogue), german)
  assert.equal(textsFor('fr, en;q=0.2, de;q=0.5', catalogue), german)
  assert.equal(textsFor('de;q=0, en', catalogue), en)
  assert.equal(textsFor('fr', catalogue), en)
  assert.equal(textsFor('*;q=x,,;;', catalogue), en)
  assert.equal(textsFor(null, catalogue), en)
})

/** Said in English for now. Who adds an English sentence adds its path here; who translates it takes it away. */
const STILL_ENGLISH: readonly string[] = []

test('every sentence of the pages is translated, or listed as still English', () => {
  for (const [language, translation] of Object.entries(TRANSLATIONS))
    assert.deepEqual(untranslated(en, translation).toSorted(), STILL_ENGLISH.toSorted(), language)
})

/** Every sentence of a catalogue with marks in its places, by path. */
function sentences(group: object, within = ''): readonly (readonly [string, string])[] {
  return Object.entries(group).flatMap(([key, said]: [string, unknown]) => {
    const path = `${within}${key}`
    if (typeof said === 'string') return [[path, said] as const]
    if (typeof said === 'function') {
      const marks = Array.from({ length: said.length }, (_, at) => placeOf(path, at))
      return [[path, String((said as (...places: unknown[]) => unknown)(...marks))] as const]
    }
    return typeof said === 'object' && said !== null && !Array.isArray(said) ? sentences(said, `${path}.`) : []
  })
}

const NUMBERS = ['hours', 'span', 'clock', 'moment', 'code.hint', 'code.wrong', 'code.expired', 'code.malformed']
const CHANNEL_FIRST = [
  'code.sent',
  'code.sentInstead',
  'code.onItsWay',
  'code.sendFailed',
  'code.sendAgain',
  'code.send',
]

function placeOf(path: string, at: number): unknown {
  if (NUMBERS.includes(path)) return 1_500_000
  const channels = path === 'code.sentInstead' ? 2 : 1
  return CHANNEL_FIRST.includes(path) && at < channels ? 'email' : `<${at}>`
}

test('each language says in every sentence what the English one says in its places', () => {
  const english = new Map(sentences(en))
  for (const [language, translation] of Object.entries(TRANSLATIONS)) {
    const ours = sentences(withEnglish(en, translation))
    assert.equal(ours.length, english.size, language)
    for (const [path, said] of ours) {
      const places = (sentence = ''): readonly string[] => (sentence.match(/(?:<|&lt;)\d(?:>|&gt;)/g) ?? []).toSorted()
      assert.deepEqual(places(said), places(english.get(path)), `${language} ${path}`)
      assert.doesNotMatch(said, /undefined|\[object/, `${language} ${path}`)
    }
  }
})

test('numbers take the form that the language gives them', () => {
  const minutes = (language: string, count: number): string => textsFor(language).span(count * 60_000)
  assert.deepEqual(
    [2, 3, 11, 100].map((count) => minutes('ar', count)),
    ['دقيقتين', '3 دقائق', '11 دقيقة', '100 دقيقة'],
  )
  assert.equal(minutes('he', 2), 'שתי דקות')
  assert.equal(minutes('de', 5), '5 Minuten')
  assert.equal(textsFor('fr').code.wrong(1), 'Ce code n’est pas correct. Il reste 1 essai.')
  assert.equal(textsFor('es').code.wrong(2), 'Ese código no es correcto. Quedan 2 intentos.')
  assert.equal(textsFor('ar').code.wrong(2), 'هذا الرمز غير صحيح. بقيت محاولتان.')
})

test('moments are said in the language with their zone, set apart where the page runs from right to left', () => {
  const at = Date.UTC(2026, 10, 1, 14, 3, 20)
  assert.equal(textsFor('de').moment(at), '1. November 2026, 14:03 UTC')
  assert.equal(textsFor('fr').moment(at), '1er novembre 2026, 14:03 UTC')
  assert.equal(textsFor('es').moment(at), '1 de noviembre de 2026, 14:03 UTC')
  assert.equal(textsFor('he').moment(at), '1 בנובמבר 2026, \u206614:03 UTC\u2069')
  assert.equal(textsFor('ar').clock(at), '\u206614:03:20 UTC\u2069')
})

test('the direction of a page is that of its language', () => {
  const turned = LANGUAGES.filter((each) => textsFor(each).direction === 'rtl')
  assert.deepEqual(turned, ['he', 'ar'])
  for (const each of LANGUAGES) assert.equal(textsFor(each).language, each)
})
