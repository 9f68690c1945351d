import type { Instant } from '#domain/time.ts'
import { html, type Html } from '../html.ts'
import { type Frame, layout } from '../layout.ts'

export interface RecoveryPage extends Frame {
  readonly site: NonNullable<Frame['site']>
  readonly left: number
  /** An administrator who has none has to make some. */
  readonly forced: boolean
  readonly next: string | undefined
}

/** What recovery codes are for, and the button that makes them. */
export function recoveryPage(page: RecoveryPage): Html {
  const { texts, site, left, forced } = page
  const { own } = texts.account
  return layout(page, {
    title: own.recovery,
    body: html`${forced && html`<div class="caution"><p>${own.recoveryForced}</p></div>`}
<p>${left > 0 ? own.recoveryLeft(left) : own.recoveryNone}</p>
<p>${own.recoveryWhat}</p>
<form method="post" action="${site.path}/account/recovery">${nextField(page)}
<button type="submit">${own.recoveryMake}</button></form>
<p><a class="alone" href="${site.path}/account">${own.back}</a></p>`,
  })
}

/** The codes, this once, in a form that prints well; they count when the button below them is pressed. */
export function shownCodesPage(
  page: Omit<RecoveryPage, 'left' | 'forced'> & { readonly codes: readonly string[]; readonly madeAt: Instant },
): Html {
  const { texts, site, codes, madeAt } = page
  const { own } = texts.account
  return layout(page, {
    title: own.recovery,
    body: html`<p>${own.recoveryShown}</p>
<ol class="codes">${codes.map((code) => html`<li><code dir="ltr">${code}</code></li>`)}</ol>
<p class="hint">${own.recoveryPrint}</p>
<form method="post" action="${site.path}/account/recovery/kept">${nextField(page)}
<input type="hidden" name="made" value="${madeAt}"><button type="submit">${own.recoverySaved}</button></form>`,
  })
}

function nextField({ next }: Pick<RecoveryPage, 'next'>): Html | null {
  return next === undefined ? null : html`<input type="hidden" name="next" value="${next}">`
}
