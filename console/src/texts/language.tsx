import { useDirection } from '@mantine/core'
import { createContext, type ReactNode, use, useEffect, useMemo, useState } from 'react'
import { en } from './en/catalogue.ts'
import { moments, type Moments } from './moments.ts'
import type { Texts } from './texts.ts'

/** Languages by their own names. What is not English is loaded when it is chosen. */
export const LANGUAGES = { en: 'English', de: 'Deutsch', he: 'עברית' } as const
export type Language = keyof typeof LANGUAGES

const KEPT = 'countersign-console-language'
const LOADERS: Readonly<Record<Language, () => Promise<Texts>>> = {
  en: async () => en,
  de: async () => (await import('./de/catalogue.ts')).de,
  he: async () => (await import('./he/catalogue.ts')).he,
}
const RIGHT_TO_LEFT: readonly string[] = ['he']

interface Spoken {
  readonly language: Language
  readonly texts: Texts
  readonly moments: Moments
  readonly choose: (language: Language) => void
}

const Context = createContext<Spoken | null>(null)

/** Whatever is drawn inside speaks the language of the reader. */
export function LanguageProvider({ children }: { readonly children: ReactNode }) {
  const [language, setLanguage] = useState<Language>(preferred)
  const [spoken, setSpoken] = useState<{ language: Language; texts: Texts } | null>(null)
  const { setDirection } = useDirection()
  useEffect(() => {
    let over = false
    void LOADERS[language]().then((texts) => {
      if (over) return
      setSpoken({ language, texts })
      document.documentElement.lang = language
      setDirection(RIGHT_TO_LEFT.includes(language) ? 'rtl' : 'ltr')
    })
    return () => {
      over = true
    }
  }, [language, setDirection])
  const value = useMemo(
    () =>
      spoken && {
        ...spoken,
        moments: moments(spoken.language),
        choose: (chosen: Language) => {
          localStorage.setItem(KEPT, chosen)
          setLanguage(chosen)
        },
      },
    [spoken],
  )
  return value && <Context value={value}>{children}</Context>
}

export function useLanguage(): Spoken {
  const spoken = use(Context)
  if (!spoken) throw new Error('texts are read inside LanguageProvider')
  return spoken
}

export function useTexts(): Texts {
  return useLanguage().texts
}

export function useMoments(): Moments {
  return useLanguage().moments
}

/** Chosen here before, or the first one of the browser that we speak. */
function preferred(): Language {
  const wanted = [localStorage.getItem(KEPT) ?? '', ...navigator.languages.map((each) => each.slice(0, 2))]
  return wanted.find((each): each is Language => Object.hasOwn(LANGUAGES, each)) ?? 'en'
}
