import type { Letter, Outgoing } from '#ports/delivery.ts'
import { asHtml, asText, type Block } from './blocks.ts'
import { browserName } from '#domain/browser-name.ts'
import { isGsm7, smsParts, toGsm7 } from './gsm7.ts'
import { nameLine } from './one-line.ts'
import { textsFor } from './texts/catalogue.ts'
import { en } from './texts/en.ts'
import type { LinkTexts, Texts } from './texts/texts.ts'

export interface EmailMessage {
  readonly subject: string
  readonly text: string
  readonly html: string
}

/** A letter as a mail. The code stands first in the subject and in the first line, and never beside a link. */
export function renderEmail(outgoing: Outgoing, texts = textsFor(outgoing.language)): EmailMessage {
  const site = nameLine(outgoing.siteTitle)
  const { subject, title, blocks } = mailOf(outgoing.letter, site, texts, facts(outgoing, texts))
  return { subject, text: asText(blocks), html: asHtml(blocks, { ...texts, title }) }
}

interface Mail {
  readonly subject: string
  readonly title: string
  readonly blocks: readonly Block[]
}

function mailOf(letter: Letter, site: string, texts: Texts, circumstances: Block): Mail {
  switch (letter.kind) {
    case 'code': {
      const code = letter.code.reveal()
      const rest = texts.code.rest(site)
      return {
        subject: `${code}${rest}`,
        title: texts.code.title,
        blocks: [
          { kind: 'code', code, rest: `${rest}.` },
          { kind: 'text', text: texts.code.use(texts.moment(letter.expiresAt)) },
          circumstances,
          { kind: 'text', text: texts.code.notYou(site) },
        ],
      }
    }
    case 'enrolment_link':
    case 'reset_link': {
      const words = linkWords(letter, texts)
      const subject = words.subject(site)
      return {
        subject,
        title: subject,
        blocks: [
          { kind: 'text', text: words.open(site) },
          { kind: 'link', href: letter.link.reveal() },
          { kind: 'text', text: words.until(texts.moment(letter.expiresAt)) },
          circumstances,
          { kind: 'text', text: words.notYou(site) },
        ],
      }
    }
    case 'notice': {
      const notice = texts.notices[letter.notice]
      const until = letter.about === undefined ? '' : texts.moment(letter.about.until)
      const about = { name: nameLine(letter.about?.name ?? '', 60), until }
      const subject = notice.subject(site, about)
      const [first = subject, ...others] = notice.paragraphs(site, about)
      const blocks: readonly Block[] = [
        { kind: 'text', text: first },
        circumstances,
        ...others.map((text) => ({ kind: 'text', text }) as const),
      ]
      return { subject, title: subject, blocks }
    }
  }
}

function linkWords(letter: Exclude<Letter, { kind: 'code' | 'notice' }>, texts: Texts): LinkTexts {
  if (letter.kind === 'enrolment_link') return texts.enrolment
  return letter.byAdministrator ? texts.resetMailed : texts.reset
}

/** For whom, when, with what and from where: by this a person tells their own sign-in from somebody else's. */
function facts(outgoing: Outgoing, texts: Texts): Block {
  const { labels } = texts
  const rows: (readonly [string, string])[] = [
    [labels.person, nameLine(outgoing.displayName, 60)],
    [labels.when, texts.moment(outgoing.causedAt)],
  ]
  if (outgoing.userAgent !== null) rows.push([labels.browser, texts.browser(browserName(outgoing.userAgent))])
  if (outgoing.address !== null) rows.push([labels.address, nameLine(outgoing.address, 60)])
  return { kind: 'facts', rows: rows.filter(([, value]) => value !== '') }
}

/**
 * A letter as an SMS of one part; null when it is none for a phone. A code is followed by a last line that binds it to our host,
 * so that a phone fills it in nowhere else.
 */
export function renderSms(outgoing: Outgoing, texts = textsFor(outgoing.language)): string | null {
  const said = smsIn(outgoing, texts)
  // Letters outside the seven-bit alphabet leave 70 places: beside a long host name only English still fits.
  return said === null || smsParts(said) === 1 ? said : smsIn(outgoing, en)
}

function smsIn({ letter, siteTitle, host }: Outgoing, texts: Texts): string | null {
  switch (letter.kind) {
    case 'code': {
      const code = letter.code.reveal()
      return withTitleThatFits(siteTitle, (site) => `${code}${texts.code.sms(site)}\n\n@${host} #${code}`)
    }
    case 'enrolment_link':
    case 'reset_link':
      // An SMS with a link teaches people to trust SMS with links.
      return null
    case 'notice':
      return withTitleThatFits(siteTitle, (site) => texts.notices[letter.notice].sms(site))
  }
}

/** Everything but the title has to be said: the title gives way, letter by letter. */
function withTitleThatFits(title: string, message: (site: string) => string): string {
  const line = nameLine(title, 160)
  let site = isGsm7(message('')) ? toGsm7(line) : line
  if (smsParts(message(site)) === 1) return message(site)
  while (site !== '' && smsParts(message(`${site}...`)) > 1) site = site.slice(0, -1).trimEnd()
  return message(site === '' ? '' : `${site}...`)
}
