import { en } from './en.ts'
import type { Texts } from './texts.ts'

/** By BCP 47 tag in lower case. */
const CATALOGUE: ReadonlyMap<string, Texts> = new Map([['en', en]])

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
