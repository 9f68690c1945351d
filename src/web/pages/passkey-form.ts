import { PASSKEY_SCRIPT } from '../assets.ts'
import { type Carried, hiddenFields } from '../carried.ts'
import { html, type Html } from '../html.ts'
import type { Frame } from '../layout.ts'

/** What a browser is asked for, and where its answer goes. */
export interface PasskeyForm {
  readonly action: string
  readonly carried: Partial<Carried>
  readonly making: boolean
  /** What the server wants of the browser. */
  readonly options: object
  readonly label: string
  /** Passkeys are also offered in the list under the user name. */
  readonly conditional?: boolean
  readonly second?: boolean
  /** More fields before the button. */
  readonly fields?: Html
}

/** A button that asks the browser for a passkey. It shows itself only where a script can run. */
export function passkeyForm({ texts, base }: Pick<Frame, 'texts' | 'base'>, form: PasskeyForm): Html {
  const { passkey } = texts
  return html`<form method="post" action="${form.action}" data-passkey="${form.making ? 'create' : 'get'}"
 data-options="${JSON.stringify(form.options)}" data-failed="${passkey.failed}" data-known="${passkey.known}"
 data-unsupported="${passkey.unsupported}"${form.conditional === true && html` data-conditional`}>
${hiddenFields({ next: undefined, application: undefined, login: undefined, ...form.carried })}
<input type="hidden" name="passkey" value="">
${form.fields}
<button type="submit"${form.second === true && html` class="second"`} hidden>${form.label}</button>
<p class="hint" role="status" data-said>${passkey.needsScript}</p>
</form>
<script type="module" src="${base}${PASSKEY_SCRIPT}"></script>`
}
