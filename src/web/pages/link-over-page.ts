import { type Carried, hiddenFields } from '../carried.ts'
import { html, type Html } from '../html.ts'
import { type Frame, layout } from '../layout.ts'

export interface LinkOverPage extends Frame {
  readonly site: NonNullable<Frame['site']>
  /** The pending login of this browser that a new link can be sent for; null: it starts with the password. */
  readonly renew: Carried | null
}

/** An enrolment link that leads nowhere any more, and the way to a new one. */
export function linkOverPage(page: LinkOverPage): Html {
  const { texts, site, renew } = page
  return layout(page, {
    title: texts.enrol.linkOverTitle,
    body: renew
      ? html`<p>${texts.enrol.linkOver}</p>
<form method="post" action="${site.path}/login/link">
${hiddenFields(renew)}<button type="submit">${texts.enrol.sendLink}</button></form>`
      : html`<p>${texts.enrol.linkOverSignIn}</p>
<p><a class="button" href="${site.path}/login">${texts.enrol.toSignIn}</a></p>`,
  })
}
