import { en } from './en.ts'
import type { Texts } from './texts.ts'

/** By BCP 47 tag in lower case. */
const CATALOGUE: ReadonlyMap<string, Texts> = new Map([['en', en]])

/**
 * The texts that a browser asks for with `Accept-Language`: the first tag we have, in the order of their weights, each
 * also without its region; else English.
 */
export function textsFor(acceptLanguage: string | null, catalogue = CATALOGUE): Texts {
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
  return en
}
