import { type Language, type Translation, withEnglish } from '#domain/language.ts'
import { ar } from './ar.ts'
import { de } from './de.ts'
import { en } from './en.ts'
import { es } from './es.ts'
import { fr } from './fr.ts'
import { he } from './he.ts'
import type { Texts } from './texts.ts'

/** What is not translated yet is said in English; `catalogue.test.ts` lists it. */
export const TRANSLATIONS: Readonly<Record<Exclude<Language, 'en'>, Translation<Texts>>> = { de, fr, es, he, ar }

/** By BCP 47 tag in lower case; `iw` is the old tag of Hebrew. */
const CATALOGUE: ReadonlyMap<string, Texts> = new Map([
  ['en', en],
  ...Object.entries(TRANSLATIONS).map(([tag, translation]) => [tag, withEnglish(en, translation)] as const),
  ['iw', withEnglish(en, he)],
])

/** The texts for a language tag: its own, those of the language without the region, else English. */
export function textsFor(language: string | null, catalogue = CATALOGUE): Texts {
  let tag = (language ?? '').toLowerCase().replaceAll('_', '-')
  while (tag !== '') {
    const texts = catalogue.get(tag)
    if (texts !== undefined) return texts
    tag = tag.slice(0, Math.max(0, tag.lastIndexOf('-')))
  }
  return en
}
