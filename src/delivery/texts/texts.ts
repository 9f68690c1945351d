import type { Notice } from '#domain/delivery.ts'
import type { Instant } from '#domain/time.ts'
import type { BrowserName } from '#domain/browser-name.ts'

/**
 * Every word of our messages in one language. A new language is one more file and its line in `catalogue.ts`. `site` is the title
 * of the site, on one line; in `sms` it may be empty, because not every title can be written there.
 */
export interface Texts {
  /** BCP 47. */
  readonly language: string
  readonly direction: 'ltr' | 'rtl'
  /** Day, time and zone. Codes are read in other time zones than the server's, so the zone is always said. */
  moment(at: Instant): string
  browser(name: BrowserName): string
  readonly labels: {
    readonly person: string
    readonly when: string
    readonly browser: string
    readonly address: string
  }
  readonly code: {
    /** What follows the code in the first line: the code always comes first, to be seen in a notification. */
    rest(site: string): string
    readonly title: string
    use(until: string): string
    notYou(site: string): string
    /** What follows the code, in the seven-bit alphabet. */
    sms(site: string): string
  }
  readonly enrolment: LinkTexts
  readonly reset: LinkTexts
  /** The same link, mailed by an administrator. */
  readonly resetMailed: LinkTexts
  readonly lost: LinkTexts
  readonly notices: Readonly<Record<Notice, NoticeTexts>>
}

export interface LinkTexts {
  subject(site: string): string
  open(site: string): string
  until(until: string): string
  notYou(site: string): string
}

export interface NoticeTexts {
  /** `about`: the person whom the notice is about, where that is somebody else, and the moment it names. */
  subject(site: string, about: { readonly name: string; readonly until: string }): string
  paragraphs(site: string, about: { readonly name: string; readonly until: string }): readonly string[]
  sms(site: string): string
}
