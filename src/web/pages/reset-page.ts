import type { ContactPerson } from '#policy/settings.ts'
import { html, type Html } from '../html.ts'
import { about, type Frame, layout } from '../layout.ts'
import type { Word } from '../texts/texts.ts'
import { contactList } from './contacts.ts'

type SiteFrame = Frame & { readonly site: NonNullable<Frame['site']> }

/** Whose password is forgotten. */
export function forgottenPage(page: SiteFrame): Html {
  const { texts, site } = page
  return layout(page, {
    title: texts.reset.title,
    body: html`<p>${texts.reset.why}</p>
<form method="post" action="${site.path}/forgotten">
<label for="username">${texts.signIn.username}</label>
<input id="username" name="username" type="text" autocomplete="username" autocapitalize="none" spellcheck="false" required autofocus>
<button type="submit">${texts.reset.submit}</button></form>
<p><a class="alone" href="${site.path}/login">${texts.failure.back}</a></p>`,
  })
}

/** The new password of whoever has the link. Whose it is the page does not say. */
export function resetPage(page: SiteFrame & { readonly action: string; readonly problem?: Word }): Html {
  const { texts, action, problem } = page
  return layout(page, {
    title: texts.reset.newTitle,
    problem,
    body: html`<p>${texts.reset.newWhy}</p>
<form method="post" action="${action}">
<label for="password">${texts.account.own.wanted}</label>
<input id="password" name="password" type="password" autocomplete="new-password" minlength="8" required autofocus${about(problem, problem !== undefined)}>
<button type="submit">${texts.account.own.passwordSave}</button></form>`,
  })
}

export function resetOverPage(page: SiteFrame): Html {
  const { texts, site } = page
  return layout(page, {
    title: texts.reset.newTitle,
    body: html`<p>${texts.reset.over}</p>
<p><a class="button" href="${site.path}/forgotten">${texts.reset.again}</a></p>`,
  })
}

/** Somebody whose only second factor is the mailbox that the link came to. */
export function mailboxOnlyPage(page: SiteFrame & { readonly contacts: readonly ContactPerson[] }): Html {
  const { texts, contacts } = page
  return layout(page, {
    title: texts.reset.newTitle,
    body: html`<p>${texts.reset.mailboxOnly}</p>
${contactList(texts, contacts)}`,
  })
}
