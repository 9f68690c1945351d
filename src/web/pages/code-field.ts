import { html, type Html } from '../html.ts'
import { about } from '../layout.ts'
import type { Texts, Word } from '../texts/texts.ts'

/**
 * One plain field for a code. It sets no length, so that a pasted "123 456" is whole, and `one-time-code` lets phones and browsers
 * fill it.
 */
export function codeField(texts: Texts, field: { label: string; digits: number; problem: Word | null }): Html {
  return html`<label for="code">${field.label}</label>
<p class="hint" id="code-hint">${texts.code.hint(field.digits)}</p>
<input id="code" name="code" class="code" type="text" inputmode="numeric" autocomplete="one-time-code" autocapitalize="none" spellcheck="false" dir="ltr" required autofocus${about(field.problem, 'code-hint')}>`
}

/** Offered only where this browser could be remembered. */
export function rememberBox(texts: Texts, remember: { hours: number; ticked: boolean }): Html | null {
  if (remember.hours <= 0) return null
  return html`<div class="tick">
<input id="remember" name="remember" type="checkbox" value="yes"${remember.ticked && html` checked`}>
<label for="remember">${texts.code.remember(texts.hours(remember.hours))}</label>
</div>`
}
