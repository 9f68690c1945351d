import { isLanguage, type Language } from '#domain/language.ts'
import { isWordedMessage, type SiteWording, type Wording, type WordedMessage, WORDS } from '#domain/wording.ts'
import type { Call } from '#http/call.ts'
import type { WordingProblem } from '#ports/delivery.ts'
import type { Ports } from '#ports/ports.ts'
import { previewWording } from '#usecases/preview-wording.ts'
import { setWording } from '#usecases/set-wording.ts'
import { json } from './answer.ts'
import type { AdministrationHandler } from './behind-right.ts'
import { partyOf } from './caller.ts'
import { invalid, readInput } from './input.ts'
import { refusal } from './login.ts'
import { MessagePreview, WordingBody, WordingChange, WordingList } from './wording-schemas.ts'

/** `GET /delivery/texts`: what the site has put into its own words, and what can be filled in. */
export function getTexts(ports: Ports): AdministrationHandler {
  return async (call) => {
    const items = (await ports.store.wordings(call.site.id)).map(bodyOf)
    const known = (message: WordedMessage) => ({ mail: [...WORDS[message].mail], sms: [...WORDS[message].sms] })
    const words = {
      code: known('code'),
      enrolment_link: known('enrolment_link'),
      reset_link: known('reset_link'),
    }
    return json(WordingList, { items, next_cursor: null, words })
  }
}

/** `PUT /delivery/texts/{message}/{language}`: what is left out, or null, is said in our words. */
export function putText(ports: Ports): AdministrationHandler {
  return async (call, { caller }) => {
    const input = await readInput(call, WordingChange)
    if (input.kind === 'refused') return input.response
    const which = whichOf(call)
    if (!which) return noSuchText(ports, call)
    const wording = wordingOf(input.value)
    const order = { site: call.site.name, ...which, wording, actor: partyOf(caller), origin: call.origin }
    const outcome = await setWording(ports, order)
    switch (outcome.kind) {
      case 'saved':
        return json(WordingBody, { ...which, ...wording })
      case 'invalid':
        return invalid(call, outcome.problems.map(asError))
      case 'not-set':
      case 'unknown-site':
        return refusal(ports, call)('not_found')
      case 'busy':
        return refusal(ports, call)('busy')
    }
  }
}

/** `DELETE /delivery/texts/{message}/{language}`: our words again. */
export function deleteText(ports: Ports): AdministrationHandler {
  return async (call, { caller }) => {
    const which = whichOf(call)
    if (!which) return noSuchText(ports, call)
    const order = { site: call.site.name, ...which, wording: null, actor: partyOf(caller), origin: call.origin }
    const outcome = await setWording(ports, order)
    if (outcome.kind === 'saved') return new Response(null, { status: 204 })
    return outcome.kind === 'busy'
      ? refusal(ports, call)('busy')
      : refusal(ports, call)('not_found', { detail: 'The site has no words of its own for this message.' })
  }
}

/** `POST /delivery/texts/{message}/{language}/preview`: the message with these words; an empty object: with ours. */
export function postPreviewText(ports: Ports): AdministrationHandler {
  return async (call, { caller }) => {
    const input = await readInput(call, WordingChange)
    if (input.kind === 'refused') return input.response
    const which = whichOf(call)
    if (!which) return noSuchText(ports, call)
    const given = wordingOf(input.value)
    const wording = Object.values(given).every((words) => words === null) ? null : given
    const order = { site: call.site.name, ...which, wording, actor: partyOf(caller), origin: call.origin }
    const outcome = await previewWording(ports, order)
    switch (outcome.kind) {
      case 'shown':
        return json(MessagePreview, outcome.preview)
      case 'invalid':
        return invalid(call, outcome.problems.map(asError))
      case 'unknown-site':
        return refusal(ports, call)('not_found')
    }
  }
}

function whichOf({ params }: Call): { readonly message: WordedMessage; readonly language: Language } | undefined {
  const { message = '', language = '' } = params
  return isWordedMessage(message) && isLanguage(language) ? { message, language } : undefined
}

function noSuchText(ports: Ports, call: Call): Response {
  const detail = `A message is ${Object.keys(WORDS).join(', ')}; a language is one that we speak, like de.`
  return refusal(ports, call)('not_found', { detail })
}

function wordingOf({ subject, text, sms }: { readonly [K in keyof Wording]?: string | null | undefined }): Wording {
  return { subject: subject ?? null, text: text ?? null, sms: sms ?? null }
}

function bodyOf({ message, language, subject, text, sms }: SiteWording) {
  return { message, language, subject, text, sms }
}

function asError({ field, problem }: WordingProblem) {
  return { pointer: `/${field}`, detail: problem }
}
