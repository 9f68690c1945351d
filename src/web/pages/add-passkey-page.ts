import type { PasskeyCreation } from '#usecases/passkey-options.ts'
import type { NoPasskeys } from '#usecases/relying-party.ts'
import { html, type Html } from '../html.ts'
import { type Frame, layout } from '../layout.ts'
import { passkeyForm } from './passkey-form.ts'

export interface AddPasskeyPage extends Frame {
  readonly site: NonNullable<Frame['site']>
  /** What the browser is asked with, or why it would make none here. */
  readonly options: PasskeyCreation | NoPasskeys
  readonly problem: string | null
}

/** Makes a passkey on this device or on a security key. */
export function addPasskeyPage(page: AddPasskeyPage): Html {
  const { texts, site, options, problem } = page
  const { own } = texts.account
  const fields = html`<label for="label">${own.passkeyName}</label>
<input id="label" name="label" type="text" maxlength="60" autocomplete="off">
<div class="tick"><input id="others" name="others" type="checkbox" value="yes" checked>
<label for="others">${own.endOthers}</label></div>`
  const action = `${site.path}/account/passkey`
  return layout(page, {
    title: own.passkeyTitle,
    problem,
    body: html`<p>${own.passkeyWhat}</p>
${
  typeof options === 'string'
    ? html`<p class="caution">${texts.passkey.notHere[options]}</p>`
    : passkeyForm(page, { action, carried: {}, making: true, options, label: own.passkeyMake, fields })
}
<p><a class="alone" href="${site.path}/account">${own.back}</a></p>`,
  })
}
