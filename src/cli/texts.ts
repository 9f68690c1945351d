import { isLanguage, type Language } from '#domain/language.ts'
import {
  isWordedMessage,
  type Wording,
  type WordedMessage,
  WORDED_MESSAGES,
  WORDING_FIELDS,
  WORDS,
} from '#domain/wording.ts'
import type { WordingProblem } from '#ports/delivery.ts'
import { previewWording } from '#usecases/preview-wording.ts'
import { setWording } from '#usecases/set-wording.ts'
import { EXIT, Failure } from './exit-codes.ts'
import { answer, atSite, didYouMean, type Job, busy, notFound } from './job.ts'
import { table } from './output.ts'
import { jsonDocument, readText } from './read-text.ts'

export function listTexts(job: Job): Promise<void> {
  return atSite(job, async ({ ports, file }) => {
    const items = (await ports.store.wordings(file.site.id)).map(({ message, language, subject, text, sms }) => ({
      message,
      language,
      subject,
      text,
      sms,
    }))
    const rows = items.flatMap((each) =>
      WORDING_FIELDS.flatMap((field) =>
        each[field] === null ? [] : [[each.message, each.language, field, each[field]]],
      ),
    )
    const lines = [
      rows.length === 0 ? 'Every message is said in our words.' : table(['Message', 'Language', 'Part', 'Words'], rows),
      '',
      ...WORDED_MESSAGES.map((each) => `${each} knows ${WORDS[each].mail.map((name) => `{${name}}`).join(', ')}.`),
    ]
    answer(job, { items, words: WORDS }, lines.join('\n'))
  })
}

export async function setText(
  job: Job,
  name: string,
  flags: { readonly file: string; readonly language: string },
): Promise<void> {
  const which = whichOf(name, flags.language)
  await keep(job, which, await wordingIn(job, flags.file), `${which.message} (${which.language}) is in your own words.`)
}

export async function unsetText(job: Job, name: string, flags: { readonly language: string }): Promise<void> {
  const which = whichOf(name, flags.language)
  await keep(job, which, null, `${which.message} (${which.language}) is in our words again.`)
}

export async function previewText(
  job: Job,
  name: string,
  flags: { readonly file?: string; readonly language: string },
): Promise<void> {
  const which = whichOf(name, flags.language)
  const given = flags.file === undefined ? undefined : await wordingIn(job, flags.file)
  await atSite(job, async ({ ports, file, order }) => {
    const kept = (await ports.store.wordings(file.site.id)).find(
      ({ message, language }) => message === which.message && language === which.language,
    )
    const outcome = await previewWording(ports, { ...order, ...which, wording: given ?? kept ?? null })
    if (outcome.kind === 'unknown-site') throw notFound('site', order.site, [])
    if (outcome.kind === 'invalid') throw refused(outcome.problems)
    const { email, sms } = outcome.preview
    const size = sms && `SMS (${sms.units} places of ${sms.alphabet === 'gsm7' ? 160 : 70}):`
    const lines = [`Subject: ${email.subject}`, '', email.text.trimEnd(), ...(sms ? ['', size, '', sms.text] : [])]
    answer(job, outcome.preview, lines.join('\n'))
  })
}

interface Which {
  readonly message: WordedMessage
  readonly language: Language
}

function keep(job: Job, which: Which, wording: Wording | null, done: string): Promise<void> {
  return atSite(job, async ({ ports, order }) => {
    const outcome = await setWording(ports, { ...order, ...which, wording })
    switch (outcome.kind) {
      case 'saved':
        return answer(job, { ...which, own: wording !== null }, done)
      case 'invalid':
        throw refused(outcome.problems)
      case 'not-set':
        throw new Failure(EXIT.notFound, `${which.message} (${which.language}) is in our words already.`)
      case 'unknown-site':
        throw notFound('site', order.site, [])
      case 'busy':
        throw busy()
    }
  })
}

function refused(problems: readonly WordingProblem[]): Failure {
  return new Failure(EXIT.refused, problems.map(({ field, problem }) => `${field}: ${problem}`).join('\n'))
}

function whichOf(message: string, language: string): Which {
  if (isWordedMessage(message) && isLanguage(language)) return { message, language }
  const known = WORDED_MESSAGES.join(', ')
  throw new Failure(EXIT.usage, `A message is ${known}, not "${message}".${didYouMean(message, WORDED_MESSAGES)}`)
}

async function wordingIn(job: Job, source: string): Promise<Wording> {
  const document: Readonly<Record<string, unknown>> = {
    ...jsonDocument(source === '-' ? await job.context.input() : await readText(source)),
  }
  for (const [field, words] of Object.entries(document))
    if (!WORDING_FIELDS.some((each) => each === field) || (words !== null && typeof words !== 'string'))
      throw new Failure(EXIT.refused, `${field}: there is subject, text and sms, each a text or null.`)
  const words = (field: keyof Wording): string | null => (document[field] as string | null | undefined) ?? null
  return { subject: words('subject'), text: words('text'), sms: words('sms') }
}
