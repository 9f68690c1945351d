import { type Carried, hiddenFields } from '../carried.ts'
import { html, type Html } from '../html.ts'
import { type Frame, layout } from '../layout.ts'
import type { Word } from '../texts/texts.ts'

export interface StepUpPage extends Frame {
  readonly site: NonNullable<Frame['site']>
  readonly action: string
  readonly carried: Carried
  /** What has to be reached, if it was said. */
  readonly level: string | undefined
  readonly problem?: Word | null | undefined
}

/** A second factor is asked for before it goes on. */
export function stepUpPage(page: StepUpPage): Html {
  const { stepUp } = page.texts
  return layout(page, {
    title: stepUp.title,
    problem: page.problem,
    body: html`<p>${stepUp.why}</p>
<form method="post" action="${page.action}">
${hiddenFields(page.carried)}
${page.level !== undefined && html`<input type="hidden" name="level" value="${page.level}">`}
<button type="submit">${stepUp.submit}</button>
</form>`,
  })
}
