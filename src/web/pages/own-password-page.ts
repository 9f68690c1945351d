import { html, type Html } from '../html.ts'
import { about, type Frame, layout } from '../layout.ts'
import type { Word } from '../texts/texts.ts'

export interface OwnPasswordPage extends Frame {
  readonly site: NonNullable<Frame['site']>
  readonly username: string
  readonly problem?: Word
}

/** Another password, for whoever knows the one of now. */
export function passwordPage(page: OwnPasswordPage): Html {
  const { texts, site, username, problem } = page
  const { own } = texts.account
  return layout(page, {
    title: own.passwordChange,
    problem,
    body: html`<form method="post" action="${site.path}/account/password">
<input type="hidden" name="username" autocomplete="username" value="${username}">
<label for="current">${own.current}</label>
<input id="current" name="current" type="password" autocomplete="current-password" required autofocus${about(problem, problem !== undefined)}>
<label for="password">${own.wanted}</label>
<input id="password" name="password" type="password" autocomplete="new-password" minlength="8" required>
<button type="submit">${own.passwordSave}</button></form>
<p><a class="alone" href="${site.path}/account">${own.back}</a></p>`,
  })
}

/** The password again, to go on with what was begun. */
export function confirmPage(page: OwnPasswordPage & { readonly next: string }): Html {
  const { texts, site, username, problem, next } = page
  const { own } = texts.account
  return layout(page, {
    title: own.proveTitle,
    problem,
    body: html`<p>${own.proveWhy}</p>
<form method="post" action="${site.path}/account/confirm">
<input type="hidden" name="next" value="${next}">
<input type="hidden" name="username" autocomplete="username" value="${username}">
<label for="password">${texts.signIn.password}</label>
<input id="password" name="password" type="password" autocomplete="current-password" required autofocus${about(problem, problem !== undefined)}>
<button type="submit">${own.prove}</button></form>`,
  })
}
