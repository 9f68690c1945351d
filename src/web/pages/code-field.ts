import { html, type Html } from '../html.ts'
import { about } from '../layout.ts'
import type { Texts, Word } from '../texts/texts.ts'

export interface CodeField {
  readonly label: string
  readonly digits: number
  /** Recovery codes have letters in them: the keyboard must have them, too. */
  readonly letters?: boolean
  readonly problem: Word | null
  /** What was typed is to blame for the problem. */
  readonly invalid: boolean
  /** The cursor is in it at once. Not where something above has to be read first: the page would jump past it. */
  readonly focus: boolean
}

/** More digits than that need the whole width. */
const LONGEST_SHORT = 10

/**
 * One plain field for a code. It sets no length, so that a pasted "123 456" is whole, and `one-time-code` lets phones
 * and browsers fill it.
 */
export function codeField(texts: Texts, { label, digits, letters = false, problem, invalid, focus }: CodeField): Html {
  return html`<label for="code">${label}</label>
<p class="hint" id="code-hint">${texts.code.hint(digits)}</p>
<input id="code" name="code" class="code${digits > LONGEST_SHORT && ' long'}" type="text" inputmode="${letters ? 'text' : 'numeric'}" autocomplete="one-time-code" dir="ltr"
 autocapitalize="none" spellcheck="false" required${focus && html` autofocus`}${about(problem, invalid, 'code-hint')}>`
}

/** Offered only where this browser could be remembered. */
export function rememberBox(texts: Texts, remember: { hours: number; ticked: boolean }): Html | null {
  if (remember.hours <= 0) return null
  return html`<div class="tick">
<input id="remember" name="remember" type="checkbox" value="yes"${remember.ticked && html` checked`}>
<label for="remember">${texts.code.remember(texts.hours(remember.hours))}</label>
</div>`
}
