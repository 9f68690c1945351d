import type { Letter } from '#ports/delivery.ts'
import { oneLine } from './one-line.ts'

const HIDDEN = '•••'

/**
 * What a server said, as it may be stored and shown: on one line, short, and with every secret taken out, also where it comes
 * back in another spelling. Servers do quote what they refuse.
 */
export function serverWords(text: string, secrets: readonly string[], longest = 300): string {
  const spellings = [...new Set(secrets.flatMap(spelt))].toSorted((left, right) => right.length - left.length)
  const hidden = (words: string): string => spellings.reduce((rest, each) => rest.replaceAll(each, HIDDEN), words)
  // Once more at the end: joining lines can put together what a line break had kept apart.
  return hidden(oneLine(hidden(text), longest))
}

/** What a letter must not leave behind in anybody's log. */
export function secretsOf(letter: Letter): readonly string[] {
  switch (letter.kind) {
    case 'code':
      return [letter.code.reveal()]
    case 'enrolment_link':
    case 'reset_link':
    case 'cancel_link': {
      const link = letter.link.reveal()
      return [link, link.slice(link.lastIndexOf('/') + 1)]
    }
    case 'notice':
      return []
  }
}

/** Two characters or less are no secret, and hiding them would hide everything. */
function spelt(secret: string): readonly string[] {
  if (secret.length < 3) return []
  const base64 = Buffer.from(secret).toString('base64')
  return [
    secret,
    encodeURIComponent(secret.toWellFormed()),
    new URLSearchParams({ '': secret }).toString().slice(1),
    JSON.stringify(secret).slice(1, -1),
    base64,
    base64.replace(/=+$/, ''),
  ]
}
