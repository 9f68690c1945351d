import { html, type Html } from '../html.ts'
import { type Frame, layout } from '../layout.ts'

export interface ErrorPage extends Frame {
  readonly title: string
  readonly detail: string
}

/** Something that no form of ours leads to. */
export function failurePage(page: ErrorPage): Html {
  const { texts, site, title, detail } = page
  return layout(page, {
    title,
    body: html`<p>${detail}</p>
${site && html`<p><a class="alone" href="${site.path}/login">${texts.failure.back}</a></p>`}`,
  })
}
