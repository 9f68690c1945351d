import { type Language, LANGUAGES, OWN_NAMES } from '#domain/language.ts'
import type { ContactPerson } from '#policy/settings.ts'
import { type Carried, hiddenFields } from '../carried.ts'
import { html, type Html } from '../html.ts'
import { about, type Frame, layout } from '../layout.ts'
import type { ProviderLink } from '../provider-links.ts'
import type { Texts, Word } from '../texts/texts.ts'
import { contactList } from './contacts.ts'

export interface LoginPage extends Frame {
  readonly site: NonNullable<Frame['site']>
  /** Where the form goes. */
  readonly action: string
  readonly carried: Carried
  /** Another heading than "Sign in to …". */
  readonly title?: string
  readonly problem?: Word | null
  /** What was typed is to blame for it. */
  readonly invalid?: boolean
  readonly notice?: Word | null
  /** What the password is asked for, where that is not plain. */
  readonly why?: string
  readonly username?: string
  /** Title of the application that was named, if it is known. */
  readonly application?: string | null
  /** Who is signed in already in this browser. */
  readonly signedIn?: string | null
  readonly contacts?: readonly ContactPerson[]
  /** The form for a passkey, where one will do instead. */
  readonly passkey?: Html | null
  /** Who else can vouch for people here, where the site has set somebody up. */
  readonly providers?: readonly ProviderLink[]
  /** Where this page is in another language; without it no other is offered. */
  readonly switchAt?: (language: Language) => string
}

/** The first step: user name and password. The password is never shown again. */
export function loginPage(page: LoginPage): Html {
  const { texts, site, carried, problem, invalid = false, username = '' } = page
  const { signIn } = texts
  // Who comes back with the name typed already goes on with the password.
  const typed = username !== ''
  return layout(page, {
    title: page.title ?? signIn.title(site.title),
    problem,
    notice: page.notice,
    body: html`${page.why && html`<p>${page.why}</p>`}
${page.application && html`<p>${signIn.forApplication(page.application)}</p>`}
${page.signedIn && alreadyIn(page, page.signedIn)}
<form method="post" action="${page.action}">
${hiddenFields(carried)}
<label for="username">${signIn.username}</label>
<input id="username" name="username" type="text" autocomplete="${page.passkey ? 'username webauthn' : 'username'}" autocapitalize="none"
 spellcheck="false" required value="${username}"${!typed && html` autofocus`}${about(problem, invalid)}>
<label for="password">${signIn.password}</label>
<input id="password" name="password" type="password" autocomplete="current-password" required
${typed && html` autofocus`}${about(problem, invalid)}>
<button type="submit">${signIn.submit}</button>
</form>
<p><a class="alone" href="${site.path}/forgotten">${signIn.forgotten}</a></p>
${page.passkey && html`<div class="or">${page.passkey}</div>`}
${providerButtons(texts, page.providers ?? [])}
${contactList(texts, page.contacts ?? [])}
${page.switchAt && languageSwitch(texts, page.switchAt)}`,
  })
}

/** One button for each, in the look of the second choice: the password stays the first. */
function providerButtons({ external }: Texts, providers: readonly ProviderLink[]): readonly Html[] {
  return providers.map(
    ({ title, href }) => html`<p class="or"><a class="button second" href="${href}">${external.signIn(title)}</a></p>`,
  )
}

/** Each language in its own words, for those who read no other. */
function languageSwitch(texts: Texts, at: (language: Language) => string): Html {
  const others = LANGUAGES.filter((each) => each !== texts.language)
  return html`<nav class="languages" aria-label="${texts.languages}"><ul>${others.map(
    (each) => html`<li><a href="${at(each)}" lang="${each}" hreflang="${each}" dir="auto">${OWN_NAMES[each]}</a></li>`,
  )}</ul></nav>`
}

function alreadyIn({ texts: { signIn }, site }: LoginPage, person: string): Html {
  return html`<p>${signIn.signedInAs(html`<bdi>${person}</bdi>`)}
<a href="${site.path}/account">${signIn.toAccount}</a></p>`
}
