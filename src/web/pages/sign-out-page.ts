import { html, type Html } from '../html.ts'
import { type Frame, layout } from '../layout.ts'

export interface SignOutPage extends Frame {
  readonly site: NonNullable<Frame['site']>
  readonly action: string
  /** Proves that the form came with this page. */
  readonly xsrf: string
}

/** An application wants somebody to be signed out; they say so themselves. */
export function signOutPage(page: SignOutPage): Html {
  const { signOut } = page.texts
  return layout(page, {
    title: signOut.title(page.site.title),
    body: html`<p>${signOut.why}</p>
<form method="post" action="${page.action}">
<input type="hidden" name="xsrf" value="${page.xsrf}">
<button type="submit" name="logout" value="yes">${signOut.submit}</button>
</form>
<p><a href="${page.site.path}/account">${signOut.stay}</a></p>`,
  })
}
