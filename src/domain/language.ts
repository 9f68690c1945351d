/** The languages we speak to people in, as BCP 47 tags; English first, because it stands in for what another one lacks. */
export const LANGUAGES = ['en', 'de', 'fr', 'es', 'he', 'ar'] as const
export type Language = (typeof LANGUAGES)[number]

/** What each language calls itself. */
export const OWN_NAMES: Readonly<Record<Language, string>> = {
  en: 'English',
  de: 'Deutsch',
  fr: 'Français',
  es: 'Español',
  he: 'עברית',
  ar: 'العربية',
}

export function isLanguage(tag: string): tag is Language {
  return LANGUAGES.some((each) => each === tag)
}

type Sentence = (...pieces: never[]) => unknown
/** A catalogue of which any entry may be lacking still. */
export type Translation<Catalogue> = {
  readonly [K in keyof Catalogue]?: Catalogue[K] extends string | Sentence | readonly unknown[]
    ? Catalogue[K]
    : Translation<Catalogue[K]>
}

/** The whole catalogue: an entry that is not translated yet is said in English, rather than not at all. */
export function withEnglish<Catalogue extends object>(
  english: Catalogue,
  translation: Translation<Catalogue>,
): Catalogue {
  const whole: Record<string, unknown> = { ...english, ...translation }
  for (const [key, said] of Object.entries(english))
    if (isGroup(said)) whole[key] = withEnglish(said, (translation as Record<string, object>)[key] ?? {})
  return whole as Catalogue
}

/** Paths of the entries that are in English still, like `code.sms`. */
export function untranslated(english: object, translation: object, within = ''): readonly string[] {
  return Object.entries(english).flatMap(([key, said]) => {
    const theirs: unknown = (translation as Record<string, unknown>)[key]
    if (isGroup(said)) return untranslated(said, isGroup(theirs) ? theirs : {}, `${within}${key}.`)
    return theirs === undefined ? [`${within}${key}`] : []
  })
}

function isGroup(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/**
 * What a number of things is called: by the plural rules of the language (CLDR), with `#` where the number stands. Digits are
 * those of the codes, 0 to 9, in every language.
 */
export function plural(
  language: Language,
  forms: Readonly<Partial<Record<Intl.LDMLPluralRule, string>>> & { readonly other: string },
): (count: number) => string {
  const rules = new Intl.PluralRules(language)
  return (count) => (forms[rules.select(count)] ?? forms.other).replace('#', String(count))
}

/** A name or a title inside a sentence of another direction: set apart, so that it turns nothing around it (UAX 9, FSI and PDI). */
export function apart(words: string): string {
  return words === '' ? '' : `\u2068${words}\u2069`
}
