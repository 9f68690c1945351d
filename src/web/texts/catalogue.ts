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

/**
 * The texts that a browser asks for with `Accept-Language`: the first tag we have, in the order of their weights, each
 * also without its region; else those of `otherwise`, a single tag; else English.
 */
export function textsFor(acceptLanguage: string | null, catalogue = CATALOGUE, otherwise = 'en'): Texts {
  const wanted = (acceptLanguage ?? '')
    .split(',')
    .map((part) => {
      const [tag = '', ...parameters] = part
        .trim()
        .toLowerCase()
        .split(/\s*;\s*/)
      const weight = parameters.find((each) => each.startsWith('q='))?.slice(2)
      return { tag, weight: weight === undefined ? 1 : Number(weight) || 0 }
    })
    .filter(({ tag, weight }) => tag !== '' && weight > 0)
    .toSorted((a, b) => b.weight - a.weight)
  for (const { tag } of wanted) {
    const texts = catalogue.get(tag) ?? catalogue.get(tag.split('-')[0] ?? '')
    if (texts) return texts
  }
  return catalogue.get(otherwise) ?? en
}

/** The texts of one language, by its tag with or without a region; undefined: we do not speak it. */
export function textsOf(tag: string | null | undefined): Texts | undefined {
  return CATALOGUE.get((tag ?? '').toLowerCase().split(/[-_]/)[0] ?? '')
}
