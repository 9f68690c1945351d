import type { SiteId } from './id.ts'
import type { Language } from './language.ts'

/**
 * The messages that a site may put into its own words. Notices are not among them: they warn a user of what was done, an
 * administrator's doings too, and must stay what the user can rely on (decision 070).
 */
export const WORDED_MESSAGES = ['code', 'enrolment_link', 'reset_link'] as const
export type WordedMessage = (typeof WORDED_MESSAGES)[number]

export function isWordedMessage(name: string): name is WordedMessage {
  return WORDED_MESSAGES.some((each) => each === name)
}

/** A site's own words. `{site}` and the like are replaced when a message is sent; null: ours. */
export interface Wording {
  /** One line. */
  readonly subject: string | null
  /** What a mail says; an empty line parts paragraphs. */
  readonly text: string | null
  /** One line; the line that binds a code to the host follows by itself. */
  readonly sms: string | null
}

export const WORDING_FIELDS = ['subject', 'text', 'sms'] as const satisfies readonly (keyof Wording)[]

/** One message in one language. */
export interface SiteWording extends Wording {
  readonly site: SiteId
  readonly message: WordedMessage
  readonly language: Language
}

/** The words that may be replaced, by message. Those of an SMS are fewer: it has one part. */
export const WORDS = {
  code: { mail: ['code', 'site', 'person', 'until'], sms: ['code', 'site'] },
  enrolment_link: { mail: ['site', 'person', 'until'], sms: [] },
  reset_link: { mail: ['site', 'person', 'until'], sms: [] },
} as const satisfies Record<WordedMessage, { readonly mail: readonly string[]; readonly sms: readonly string[] }>
