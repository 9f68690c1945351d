import { type SiteWording, type Wording, WORDING_FIELDS, WORDS } from '#domain/wording.ts'
import type { WordingProblem, WordingTerms } from '#ports/delivery.ts'
import { names, strangeBraces } from './fill-in.ts'
import { isGsm7, smsParts } from './gsm7.ts'
import { oneLine } from './one-line.ts'
import { ownSms } from './own-words.ts'
import { textsFor } from './texts/catalogue.ts'

type Given = Omit<SiteWording, 'site'>

const LONGEST = { subject: 120, text: 2_000, sms: 320 } as const
/** What carries a reader elsewhere: our links are added to a message by us, and a code never stands beside one. */
const LINK = /[a-z][a-z0-9+.-]*:\/\/|\bwww\./iu
/** Controls, but for the line breaks of a text, and what turns the direction of writing. */
const UNSEEN = /[^\P{Cc}\n]|[\u202a-\u202e\u2066-\u2069]/u

/**
 * Everything that is wrong with a site's own words, before they are kept: words that nobody can fill in, a message of a code without
 * the code, lines that would begin a header, links, and an SMS that the seven-bit alphabet or one part does not hold.
 */
export function checkWording(wording: Given, terms: WordingTerms): readonly WordingProblem[] {
  const given = WORDING_FIELDS.filter((field) => wording[field] !== null)
  if (given.length === 0) return [{ field: 'text', problem: 'is missing: give a subject, a text or an SMS' }]
  return given.flatMap((field) => {
    const words = wording[field] ?? ''
    const problem = problemOf(wording, field, words) ?? (field === 'sms' ? tooLong(words, wording, terms) : undefined)
    return problem === undefined ? [] : [{ field, problem }]
  })
}

function problemOf({ message }: Given, field: keyof Wording, words: string): string | undefined {
  const known: readonly string[] = WORDS[message][field === 'sms' ? 'sms' : 'mail']
  if (known.length === 0) return 'is of no use here: this message goes by email only'
  if (words.trim() === '') return 'is empty; leave it out to have our words'
  if ([...words].length > LONGEST[field]) return `has more than ${LONGEST[field]} characters`
  if (field !== 'text' && oneLine(words, LONGEST[field]) !== words)
    return 'is one line, without control characters and without spaces that nobody sees'
  if (UNSEEN.test(words)) return 'has control characters; only line breaks are taken'
  if (LINK.test(words)) return 'has a link; where a message needs one, it is added by itself'
  const strange = strangeBraces(words, known)
  const list = known.map((name) => `{${name}}`).join(', ')
  if (strange !== undefined) return `has ${strange}; what can be filled in is ${list}, and there are no other braces`
  if (message === 'code' && field !== 'subject' && !names(words, 'code')) return 'has to say the code: write {code}'
  return undefined
}

/** Measured with the longest code and the last line; the title of the site gives way, as it does when it is sent. */
function tooLong(sms: string, { language }: Given, terms: WordingTerms): string | undefined {
  const foreign = [...new Set(sms)].filter((each) => !isGsm7(each))
  if (foreign.length > 0 && textsFor(language).direction === 'ltr')
    return `has ${foreign.slice(0, 5).join(' ')}, which the alphabet of SMS has not: it would more than halve what fits`
  return smsParts(ownSms(sms, { code: '88888888', ...terms })) === 1
    ? undefined
    : 'is longer than one SMS together with the code and its last line; shorten it'
}
