import { apart } from '#domain/language.ts'
import type { SiteWording } from '#domain/wording.ts'
import type { Written } from '#ports/delivery.ts'
import type { Block } from './blocks.ts'
import { fillIn } from './fill-in.ts'
import { nameLine, oneLine } from './one-line.ts'
import type { Texts } from './texts/texts.ts'
import { withTitleThatFits } from './title-that-fits.ts'

/** The site's own words for a message in the language in which it goes out. A link that an administrator sent unasked is ours to word. */
export function ownWords({ letter, wordings }: Written, texts: Texts): SiteWording | undefined {
  if (letter.kind === 'reset_link' && letter.byAdministrator) return undefined
  return wordings.find(({ message, language }) => message === letter.kind && language === texts.language)
}

/** What the names in a site's own words stand for in a mail. */
export function valuesFor(written: Written, texts: Texts): ReadonlyMap<string, string> {
  const { letter } = written
  const set = texts.direction === 'rtl' ? apart : (words: string) => words
  return new Map([
    ['site', set(nameLine(written.siteTitle))],
    ['person', set(nameLine(written.displayName, 60))],
    ...('expiresAt' in letter ? [['until', texts.moment(letter.expiresAt)] as const] : []),
    ...(letter.kind === 'code' ? [['code', letter.code.reveal()] as const] : []),
  ])
}

export function ownSubject(template: string, values: ReadonlyMap<string, string>): string {
  return oneLine(fillIn(template, values), 200)
}

/** The paragraphs of a site's own text. The code in one of its own stands out, as it does in ours. */
export function ownBlocks(template: string, values: ReadonlyMap<string, string>): readonly Block[] {
  return template
    .split(/\n\s*\n/)
    .map((paragraph) => paragraph.trim())
    .filter((paragraph) => paragraph !== '')
    .map((paragraph): Block => {
      const text = fillIn(paragraph, values)
      return paragraph === '{code}' ? { kind: 'code', code: text, rest: '' } : { kind: 'text', text }
    })
}

/** A site's own SMS of a code, followed by the line that binds it to our host. The title of the site gives way to the rest. */
export function ownSms(
  template: string,
  { code, siteTitle, host }: { readonly code: string; readonly siteTitle: string; readonly host: string },
): string {
  const words = (site: string): ReadonlyMap<string, string> =>
    new Map([
      ['code', code],
      ['site', site],
    ])
  return withTitleThatFits(siteTitle, (site) => `${fillIn(template, words(site))}\n\n@${host} #${code}`)
}
