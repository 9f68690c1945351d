import type { RecoveryRequest } from '#domain/recovery-request.ts'
import type { Instant } from '#domain/time.ts'
import type { ContactPerson } from '#policy/settings.ts'
import { ISSUED_CODE_DIGITS } from '#usecases/issued-code.ts'
import { type Carried, hiddenFields, withCarried } from '../carried.ts'
import { html, type Html } from '../html.ts'
import { type Frame, layout } from '../layout.ts'
import { fromTime, untilTime } from '../moments.ts'
import type { Word } from '../texts/texts.ts'
import { codeField } from './code-field.ts'
import { contactList } from './contacts.ts'
import { whoBar } from './who-bar.ts'

type SiteFrame = Frame & { readonly site: NonNullable<Frame['site']> }

export interface LostPage extends SiteFrame {
  readonly carried: Carried
  readonly now: Instant
  readonly person: string
  /** How many authenticators they hold. */
  readonly held: number
  /** The one that is open; null: they have yet to ask. */
  readonly request: RecoveryRequest | null
  readonly problem: Word | null
  readonly contacts: readonly ContactPerson[]
}

/** Asking to begin anew, and after that what is waited for and where the code goes. */
export function lostPage(page: LostPage): Html {
  const { texts, site, carried, problem, contacts } = page
  const back = withCarried(`${site.path}/login`, carried)
  return layout(page, {
    title: texts.lost.title,
    problem,
    body: html`${whoBar({ ...page, application: null })}
${page.held === 0 ? html`<p>${texts.lost.nothing}</p>` : page.request ? waiting(page, page.request) : asking(page)}
${contactList(texts, contacts)}
<p><a class="alone" href="${back}">${texts.lost.back}</a></p>`,
  })
}

function asking({ texts, site, carried }: LostPage): Html {
  return html`<p>${texts.lost.why}</p>
<form method="post" action="${site.path}/login/lost">
${hiddenFields(carried)}
<label for="note">${texts.lost.note}</label>
<input id="note" name="note" type="text" maxlength="200" autocomplete="off">
<button type="submit">${texts.lost.submit}</button></form>`
}

function waiting({ texts, site, carried, now, problem }: LostPage, request: RecoveryRequest): Html {
  const { lost } = texts
  const waits = now < request.waitsUntil && html`<p>${lost.waits(fromTime(texts, request.waitsUntil, now))}</p>`
  const approved = request.state === 'approved' && html` ${lost.approved}`
  const field = { label: lost.label, digits: ISSUED_CODE_DIGITS, problem, invalid: problem !== null, focus: false }
  return html`<p>${lost.asked(untilTime(texts, request.requestedAt, now))}${approved}</p>
${waits}<p>${lost.call}</p>
<form method="post" action="${site.path}/login/lost/code">
${hiddenFields(carried)}
${codeField(texts, field)}
<button type="submit">${lost.finish}</button></form>`
}

/** The page of the mailed link. Whose request it is it does not say. */
export function cancelPage(page: SiteFrame & { readonly action: string }): Html {
  const { texts, action } = page
  return layout(page, {
    title: texts.lost.cancelTitle,
    body: html`<p>${texts.lost.cancelWhy}</p>
<form method="post" action="${action}">
<button type="submit">${texts.lost.cancelSubmit}</button></form>`,
  })
}
