import type { Letter, Written } from '#ports/delivery.ts'
import { asHtml, asText, type Block } from './blocks.ts'
import { browserName } from '#domain/browser-name.ts'
import { smsParts } from './gsm7.ts'
import { nameLine } from './one-line.ts'
import { ownBlocks, ownSms, ownSubject, ownWords, valuesFor } from './own-words.ts'
import { textsFor } from './texts/catalogue.ts'
import { en } from './texts/en.ts'
import type { LinkTexts, Texts } from './texts/texts.ts'
import { withTitleThatFits } from './title-that-fits.ts'

export interface EmailMessage {
  readonly subject: string
  readonly text: string
  readonly html: string
}

/**
 * A letter as a mail, in the site's own words where it has some. In ours the code stands first in the subject and in the first line, and
 * in neither beside a link. When and from where it was asked for, and what to do if it was somebody else, is always said by us.
 */
export function renderEmail(written: Written, texts = textsFor(written.language)): EmailMessage {
  const site = nameLine(written.siteTitle)
  const { subject, title, ours, link, closing } = mailOf(written.letter, site, texts, facts(written, texts))
  const own = ownWords(written, texts)
  const values = valuesFor(written, texts)
  const opening = own?.text == null ? ours : [...ownBlocks(own.text, values), ...link]
  const blocks = [...opening, ...closing]
  return {
    subject: own?.subject == null ? subject : ownSubject(own.subject, values),
    text: asText(blocks),
    html: asHtml(blocks, { ...texts, title }),
  }
}

interface Mail {
  readonly subject: string
  readonly title: string
  /** What a site may put into its own words; its link is then added behind them. */
  readonly ours: readonly Block[]
  readonly link: readonly Block[]
  readonly closing: readonly Block[]
}

function mailOf(letter: Letter, site: string, texts: Texts, circumstances: Block): Mail {
  switch (letter.kind) {
    case 'code': {
      const code = letter.code.reveal()
      const rest = texts.code.rest(site)
      return {
        subject: `${code}${rest}`,
        title: texts.code.title,
        ours: [
          { kind: 'code', code, rest: `${rest}.` },
          { kind: 'text', text: texts.code.use(texts.moment(letter.expiresAt)) },
        ],
        link: [],
        closing: [circumstances, { kind: 'text', text: texts.code.notYou(site) }],
      }
    }
    case 'enrolment_link':
    case 'reset_link':
    case 'cancel_link': {
      const words = linkWords(letter, texts)
      const subject = words.subject(site)
      const link: Block = { kind: 'link', href: letter.link.reveal() }
      return {
        subject,
        title: subject,
        ours: [
          { kind: 'text', text: words.open(site) },
          link,
          { kind: 'text', text: words.until(texts.moment(letter.expiresAt)) },
        ],
        link: [link],
        closing: [circumstances, { kind: 'text', text: words.notYou(site) }],
      }
    }
    case 'notice': {
      const notice = texts.notices[letter.notice]
      const until = letter.about === undefined ? '' : texts.moment(letter.about.until)
      const about = { name: nameLine(letter.about?.name ?? '', 60), until }
      const subject = notice.subject(site, about)
      const [first = subject, ...others] = notice.paragraphs(site, about)
      const closing = [circumstances, ...others.map((text) => ({ kind: 'text', text }) as const)]
      return { subject, title: subject, ours: [{ kind: 'text', text: first }], link: [], closing }
    }
  }
}

function linkWords(letter: Exclude<Letter, { kind: 'code' | 'notice' }>, texts: Texts): LinkTexts {
  if (letter.kind === 'enrolment_link') return texts.enrolment
  if (letter.kind === 'cancel_link') return texts.lost
  return letter.byAdministrator ? texts.resetMailed : texts.reset
}

/** For whom, when, with what and from where: by this a person tells their own sign-in from somebody else's. */
function facts(written: Written, texts: Texts): Block {
  const { labels } = texts
  const rows: (readonly [string, string])[] = [
    [labels.person, nameLine(written.displayName, 60)],
    [labels.when, texts.moment(written.causedAt)],
  ]
  if (written.userAgent !== null) rows.push([labels.browser, texts.browser(browserName(written.userAgent))])
  if (written.address !== null) rows.push([labels.address, nameLine(written.address, 60)])
  return { kind: 'facts', rows: rows.filter(([, value]) => value !== '') }
}

/**
 * A letter as an SMS of one part; null when it is none for a phone. A code is followed by a last line that binds it to our host,
 * so that a phone fills it in nowhere else.
 */
export function renderSms(written: Written, texts = textsFor(written.language)): string | null {
  const own = smsInOwnWords(written, texts)
  // The host name may have grown since the words were saved.
  if (own !== null && smsParts(own) === 1) return own
  const said = smsIn(written, texts)
  // Letters outside the seven-bit alphabet leave 70 places: beside a long host name only English still fits.
  return said === null || smsParts(said) === 1 ? said : smsIn(written, en)
}

function smsInOwnWords(written: Written, texts: Texts): string | null {
  const template = ownWords(written, texts)?.sms ?? null
  const { letter } = written
  return template === null || letter.kind !== 'code'
    ? null
    : ownSms(template, { ...written, code: letter.code.reveal() })
}

function smsIn({ letter, siteTitle, host }: Written, texts: Texts): string | null {
  switch (letter.kind) {
    case 'code': {
      const code = letter.code.reveal()
      return withTitleThatFits(siteTitle, (site) => `${code}${texts.code.sms(site)}\n\n@${host} #${code}`)
    }
    case 'enrolment_link':
    case 'reset_link':
    case 'cancel_link':
      // An SMS with a link teaches people to trust SMS with links.
      return null
    case 'notice':
      return withTitleThatFits(siteTitle, (site) => texts.notices[letter.notice].sms(site))
  }
}
