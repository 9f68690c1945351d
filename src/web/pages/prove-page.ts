import { html, type Html } from '../html.ts'
import { type Frame, layout } from '../layout.ts'

export interface ProvePage extends Frame {
  readonly site: NonNullable<Frame['site']>
  /** Where it leads once that is done. */
  readonly next: string
}

/** Before something that protects the account is changed: the way to a fresh proof. */
export function provePage(page: ProvePage): Html {
  const { own } = page.texts.account
  return layout(page, {
    title: own.proveTitle,
    body: html`<form method="post" action="${page.site.path}/account/prove">
<input type="hidden" name="next" value="${page.next}"><button type="submit">${own.prove}</button></form>
<p><a class="alone" href="${page.site.path}/account">${own.back}</a></p>`,
  })
}
