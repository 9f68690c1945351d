import { type Carried, hiddenFields } from '../carried.ts'
import { html, type Html } from '../html.ts'
import type { Frame } from '../layout.ts'

export interface WhoBar extends Frame {
  readonly site: NonNullable<Frame['site']>
  readonly carried: Carried
  readonly person: string
  readonly application: string | null
}

/** Who is signing in to what, and the way out for somebody else. */
export function whoBar({ texts, site, carried, person, application }: WhoBar): Html {
  return html`<form method="post" action="${site.path}/login/cancel" class="who">
${hiddenFields(carried)}
<p>${texts.code.signingInAs(html`<strong><bdi>${person}</bdi></strong>`)}
${application && html` · <bdi>${application}</bdi>`}</p>
<button type="submit" class="link">${texts.code.cancel}</button>
</form>`
}
