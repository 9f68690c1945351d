import { qrSvg } from '#http/qr.ts'
import type { Instant } from '#domain/time.ts'
import type { ContactPerson } from '#policy/settings.ts'
import type { ShownSecret } from '#usecases/enrol.ts'
import { type Carried, hiddenFields } from '../carried.ts'
import { html, type Html, trusted } from '../html.ts'
import { type Frame, layout, problemBox } from '../layout.ts'
import { left, untilTime } from '../moments.ts'
import type { Word } from '../texts/texts.ts'
import { codeField, rememberBox } from './code-field.ts'
import { contactList } from './contacts.ts'
import { whoBar } from './who-bar.ts'

/** What became of the mail with the link. */
export type Mailed = 'accepted' | 'on_its_way' | 'failed' | 'none'

export interface EnrolPage extends Frame {
  readonly site: NonNullable<Frame['site']>
  readonly carried: Carried
  readonly now: Instant
  readonly person: string
  readonly application: string | null
  readonly problem: Word | null
  /** The code that was typed is to blame for it. */
  readonly invalid: boolean
  /** Where the code goes. */
  readonly action: string
  readonly binding:
    | ShownSecret
    /** The picture is on the page that the emailed link opens, not on this one. */
    | { readonly kind: 'by-mail'; readonly expiresAt: Instant }
    /** Nothing to bind is left; a new picture can be shown here, or a new link goes by mail. */
    | { readonly kind: 'over'; readonly onScreen: boolean }
  /** The mail that belongs to it, where one does; its address is masked. */
  readonly mail: { readonly to: string; readonly state: Mailed } | null
  readonly rememberHours: number
  readonly remember: boolean
  readonly contacts: readonly ContactPerson[]
}

/** Number of digits of the codes that new authenticators make. */
const DIGITS = 6

/** The second step of who has no authenticator yet: bind one, with its first code. */
export function enrolPage(page: EnrolPage): Html {
  const { texts } = page
  return layout(page, {
    title: texts.enrol.title,
    problem: page.problem,
    // The cursor goes to the code below the picture, and the top of the page out of sight.
    problemInBody: page.binding.kind === 'shown',
    body: html`${whoBar(page)}
${bindingOf(page)}
${contactList(texts, page.contacts)}`,
  })
}

function bindingOf(page: EnrolPage): Html {
  const { binding } = page
  switch (binding.kind) {
    case 'shown':
      return threeSteps(page, binding)
    case 'by-mail':
      return waitForMail(page, binding.expiresAt)
    case 'over':
      return startAgain(page, binding.onScreen)
  }
}

function threeSteps(page: EnrolPage, shown: ShownSecret): Html {
  const { texts, now, mail } = page
  const { enrol } = texts
  const until = enrol.until(untilTime(texts, shown.expiresAt, now), left(texts, shown.expiresAt, now))
  return html`<p>${enrol.why}</p>
<ol class="steps">
<li><h2>${enrol.getApp}</h2>
<p class="hint">${enrol.apps.map((app) => html`<bdi>${app}</bdi>, `)}${enrol.anyApp}</p></li>
<li><h2>${enrol.scan}</h2>
<div class="qr" role="img" aria-label="${enrol.picture}">${trusted(qrSvg(shown.otpauthUri))}</div>
<p class="hint">${until}</p>
<p><a class="app" href="${shown.otpauthUri}">${enrol.onThisPhone}</a></p>
<details><summary>${enrol.cannotScan}</summary>
<p>${enrol.key(html`<bdi dir="ltr">${shown.account}</bdi>`)}</p>
<p><code class="key" dir="ltr">${inFours(shown.secret)}</code></p></details>
${mail?.state === 'accepted' && html`<p class="hint">${enrol.alsoMailed(address(mail.to))}</p>`}</li>
<li><h2>${enrol.typeCode}</h2>${problemBox(page.problem)}${codeForm(page, texts.code.label, page.problem !== null)}</li>
</ol>`
}

function waitForMail(page: EnrolPage, expiresAt: Instant): Html {
  const { texts, now, mail } = page
  const { enrol } = texts
  if (!mail || mail.state === 'none') return html`<p class="caution">${enrol.mailNotSent}</p>${linkButton(page)}`
  const to = address(mail.to)
  if (mail.state === 'failed') return html`<p class="caution">${enrol.mailFailed(to)}</p>${linkButton(page)}`
  const told = mail.state === 'accepted' ? enrol.mailed(to) : enrol.mailOnItsWay(to)
  return html`<p>${enrol.why}</p>
<p>${told} ${enrol.linkUntil(untilTime(texts, expiresAt, now), left(texts, expiresAt, now))}</p>
${codeForm(page, enrol.mailedCode, true)}
${linkButton(page)}`
}

function startAgain(page: EnrolPage, onScreen: boolean): Html {
  const { texts, site, carried, mail, problem } = page
  const renew = html`<form method="post" action="${site.path}/login/enrol">
${hiddenFields(carried)}<button type="submit">${texts.enrol.renew}</button></form>`
  return html`${!problem && html`<p class="caution">${onScreen ? texts.enrol.over : texts.enrol.linkOver}</p>`}
${onScreen && renew}
${mail && linkButton(page)}`
}

function codeForm(page: EnrolPage, label: string, focus: boolean): Html {
  const { texts, carried, action, problem, invalid, rememberHours, remember } = page
  return html`<form method="post" action="${action}">
${hiddenFields(carried)}
${codeField(texts, { label, digits: DIGITS, problem, invalid, focus })}
${rememberBox(texts, { hours: rememberHours, ticked: remember })}
<button type="submit">${texts.code.submit}</button>
</form>`
}

function linkButton({ texts, site, carried }: EnrolPage): Html {
  return html`<form method="post" action="${site.path}/login/link">
${hiddenFields(carried)}<button type="submit" class="second">${texts.enrol.sendLink}</button></form>`
}

function inFours(secret: string): string {
  return secret.match(/.{1,4}/g)?.join(' ') ?? secret
}

function address(to: string): Html {
  return html`<bdi class="to" dir="ltr">${to}</bdi>`
}
