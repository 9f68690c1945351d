import { browserName } from '#domain/browser-name.ts'
import type { Device } from '#domain/device.ts'
import { FEW_RECOVERY_CODES } from '#domain/recovery.ts'
import type { Session } from '#domain/session.ts'
import type { Held } from '#usecases/held.ts'
import type { ShownWaiting } from '#usecases/prove-address.ts'
import { html, type Html } from '../html.ts'
import type { Frame } from '../layout.ts'
import { dayTime } from '../moments.ts'

/** What a person has at a site, as their account page lists it. */
export interface OwnThings extends Frame {
  readonly site: NonNullable<Frame['site']>
  readonly held: readonly Held[]
  /** New addresses that their code has not come back from yet. */
  readonly waiting: readonly ShownWaiting[]
  readonly recoveryLeft: number
  /** They came in by a recovery code: what it stood in for has to be set up again. */
  readonly usedRecovery: boolean
  readonly devices: readonly Device[]
  readonly sessions: readonly Session[]
  readonly own: Session['id']
}

/** Authenticators, recovery codes, remembered browsers, sessions, password: each with what can be done to it. */
export function ownThings(page: OwnThings): Html {
  const { texts, site } = page
  const { own } = texts.account
  return html`${page.usedRecovery && html`<div class="caution"><p>${own.usedRecovery}</p></div>`}
${page.waiting.length > 0 && newAddresses(page)}<h2>${own.factors}</h2>
${page.held.length === 0 ? html`<p>${own.noFactors}</p>` : html`<ul class="own">${page.held.map((each) => factor(page, each))}</ul>`}
${page.held.length === 1 && html`<p class="hint">${own.encourageSecond}</p>`}
<form method="post" action="${site.path}/account/app"><button type="submit" class="second">${own.addApp}</button></form>
<p><a class="button" href="${site.path}/account/passkey">${own.addPasskey}</a></p>
<h2>${own.recovery}</h2>
<p>${page.recoveryLeft > 0 ? own.recoveryLeft(page.recoveryLeft) : own.recoveryNone}</p>
${page.recoveryLeft > 0 && page.recoveryLeft <= FEW_RECOVERY_CODES && html`<p class="caution">${own.recoveryFew}</p>`}
<p><a class="alone" href="${site.path}/account/recovery">${own.recoveryMake}</a></p>
<h2>${own.devices}</h2>
${page.devices.length === 0 ? html`<p>${own.noDevices}</p>` : devices(page)}
<h2>${own.sessions}</h2>
${sessions(page)}
<h2>${own.password}</h2>
<p><a class="alone" href="${site.path}/account/password">${own.passwordChange}</a></p>`
}

function newAddresses({ texts, site, waiting }: OwnThings): Html {
  const { own } = texts.account
  return html`<h2>${own.address}</h2>
${waiting.map(({ address }) => html`<p>${own.addressWhy(html`<bdi dir="ltr">${address}</bdi>`)}</p>`)}
<form method="post" action="${site.path}/account/address"><label for="code">${own.addressCode}</label>
<input id="code" name="code" class="code" type="text" inputmode="numeric" autocomplete="one-time-code" dir="ltr" required>
<button type="submit">${own.addressProve}</button></form>
`
}

function factor({ texts, site }: OwnThings, { id, kind, label, lastUsedAt }: Held): Html {
  const { own } = texts.account
  const used = lastUsedAt === null ? own.neverUsed : own.used(dayTime(texts, lastUsedAt))
  return html`<li><strong><bdi>${label}</bdi></strong> · ${own.kinds[kind]}<p class="hint">${used}</p>
<details><summary>${own.rename}</summary><form method="post" action="${site.path}/account/name">
<input type="hidden" name="authenticator" value="${id}"><label for="name-${id}">${own.name}</label>
<input id="name-${id}" name="label" type="text" maxlength="60" value="${label}" required>
<button type="submit" class="second">${own.rename}</button></form></details>
<form method="post" action="${site.path}/account/remove"><input type="hidden" name="authenticator" value="${id}">
<button type="submit" class="second">${own.remove}</button></form></li>`
}

function devices({ texts, site, devices: found }: OwnThings): Html {
  const { own } = texts.account
  const lines = found.map(
    ({
      id,
      userAgent,
      passedAt,
      lastUsedAt,
      address,
    }) => html`<li>${own.deviceSince(browserOf(userAgent), dayTime(texts, passedAt))}
<p class="hint">${own.used(dayTime(texts, lastUsedAt))}${address !== null && html` · <bdi>${address}</bdi>`}</p>
<form method="post" action="${site.path}/account/devices"><input type="hidden" name="device" value="${id}">
<button type="submit" class="second">${own.forget}</button></form></li>`,
  )
  return html`<ul class="own">${lines}</ul>
<form method="post" action="${site.path}/account/devices"><button type="submit" class="second">${own.forgetAll}</button></form>`
}

function sessions({ texts, site, sessions: found, own: mine }: OwnThings): Html {
  const { own } = texts.account
  const lines = found.map(({ id, userAgent, address, createdAt }) => {
    const since = own.sessionSince(browserOf(userAgent), address ?? '', dayTime(texts, createdAt))
    if (id === mine) return html`<li>${since} <span class="mark">${own.thisSession}</span></li>`
    return html`<li>${since}
<form method="post" action="${site.path}/account/sessions"><input type="hidden" name="session" value="${id}">
<button type="submit" class="second">${own.end}</button></form></li>`
  })
  const others = found.length > 1
  return html`<ul class="own">${lines}</ul>
${others && html`<form method="post" action="${site.path}/account/sessions"><button type="submit" class="second">${own.endAll}</button></form>`}`
}

function browserOf(userAgent: string | null): string {
  const { browser, system } = browserName(userAgent ?? '')
  return [browser, system].filter((part) => part !== null).join(', ') || '…'
}
