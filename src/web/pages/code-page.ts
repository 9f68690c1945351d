import type { Instant } from '#domain/time.ts'
import type { PasskeyRequest } from '#usecases/passkey-options.ts'
import type { ChallengeView } from '#usecases/pending-view.ts'
import type { NoPasskeys } from '#usecases/relying-party.ts'
import { type Carried, hiddenFields, withCarried } from '../carried.ts'
import { html, type Html } from '../html.ts'
import { type Frame, layout } from '../layout.ts'
import { fromTime, left, untilTime } from '../moments.ts'
import type { Word } from '../texts/texts.ts'
import { codeField, rememberBox } from './code-field.ts'
import { contactList } from './contacts.ts'
import { passkeyForm } from './passkey-form.ts'
import { whoBar } from './who-bar.ts'

export interface CodePage extends Frame {
  readonly site: NonNullable<Frame['site']>
  readonly carried: Carried
  readonly now: Instant
  readonly person: string
  readonly application: string | null
  readonly view: ChallengeView
  readonly problem: Word | null
  /** The code that was typed is to blame for it. */
  readonly invalid: boolean
  /** Whether the box is ticked, where there is one. */
  readonly remember: boolean
  /** What a browser is asked with where a passkey will do, or why none can be used here; null: none is asked for. */
  readonly passkey: PasskeyRequest | NoPasskeys | null
}

/** The second step: a code, and every way to get one. */
export function codePage(page: CodePage): Html {
  const { texts, site, view, problem, carried } = page
  return layout(page, {
    title: texts.code.title,
    problem,
    body: html`${whoBar(page)}
${passkeyWay(page)}
${whereTheCodeIs(page)}
<form method="post" action="${site.path}/login/code">
${hiddenFields(carried)}
${codeField(texts, { label: texts.code.label, digits: view.digits, letters: view.methods.includes('recovery'), problem, invalid: page.invalid, focus: page.passkey === null })}
${rememberBox(texts, { hours: view.rememberHours, ticked: page.remember })}
<button type="submit">${texts.code.submit}</button>
</form>
${otherWays(page)}
${lostWay(page)}
${contactList(texts, view.contacts, view.reference)}`,
  })
}

/** What was sent, where, and until when it works; what is said here is what became of the message. */
function whereTheCodeIs(page: CodePage): Html {
  const { texts, site, carried, view, now } = page
  const { code } = texts
  const { sending } = view
  const app = view.methods.includes('app')
  const orApp = app && html` ${code.orFromApp}`
  const clock = app && view.failed > 0 && html`<p class="hint">${code.appClock(untilTime(texts, now, now))}</p>`
  if (!sending) return html`${codesFrom(page)}${clock}`
  const later =
    sending.state === 'not_sent' &&
    sending.until !== null &&
    html` ${code.cooldown(fromTime(texts, sending.until, now))}`
  if (sending.state === 'not_sent')
    return html`<p class="caution">${code.notSent}${later}</p>${app && html`<p>${code.fromApp}</p>`}${clock}`
  const to = masked(sending.to)
  if (sending.state === 'failed')
    return html`<p class="caution">${code.sendFailed(sending.channel, to)}${sending.again && html` ${code.triedAgain}`}${orApp}</p>${clock}`
  const told = sending.insteadOf
    ? code.sentInstead(sending.insteadOf, sending.channel, to)
    : sending.state === 'accepted'
      ? code.sent(sending.channel, to)
      : code.onItsWay(sending.channel, to)
  const look =
    sending.state === 'on_its_way' &&
    html` <a href="${site.path}/login${carried.login && `?login=${carried.login}`}">${code.look}</a>`
  const risk =
    sending.channel === 'sms' &&
    html`<p class="hint">${code.smsRisk}${view.betterThanSms && html` ${code.betterThanSms}`}</p>`
  return html`<p>${told} ${validity(texts, view, now)}${look}${orApp}</p>${risk}${clock}`
}

/** Where codes come from that nobody has sent. */
function codesFrom({ texts: { code }, view }: CodePage): readonly Html[] {
  const ways = [
    view.methods.includes('app') && code.fromApp,
    view.methods.includes('hardware') && code.fromToken,
    view.methods.includes('recovery') && code.fromPaper,
  ]
  return ways.filter((way) => way !== false).map((way) => html`<p>${way}</p>`)
}

/** The button for a passkey, before everything else: it is the one answer that no false page can pass on. */
function passkeyWay({ texts, base, site, carried, passkey }: CodePage): Html | null {
  if (passkey === null) return null
  if (typeof passkey === 'string') return html`<p class="caution">${texts.passkey.notHere[passkey]}</p>`
  const action = `${site.path}/login/passkey/answer`
  const form = passkeyForm(
    { texts, base },
    { action, carried, making: false, options: passkey, label: texts.passkey.use },
  )
  return html`<p>${texts.passkey.ask}</p>
${form}
<p class="hint">${texts.passkey.orCode}</p>`
}

function validity(texts: CodePage['texts'], view: ChallengeView, now: Instant): Word | null {
  if (view.codeExpiresAt === null) return null
  if (view.codeExpiresAt <= now) return texts.code.timeIsUp
  return texts.code.validUntil(untilTime(texts, view.codeExpiresAt, now), left(texts, view.codeExpiresAt, now))
}

/** Folded away while all is well; open as soon as something is not. */
function otherWays({ texts, site, carried, view, now, problem }: CodePage): Html | null {
  const { code } = texts
  if (view.channels.length === 0) return null
  // A message that never left is not on its way, and there is nothing to send again.
  const stuck = view.sending?.state === 'failed' || view.sending?.state === 'not_sent'
  const open = problem !== null || view.failed > 0 || stuck
  const withApp = view.methods.length > 1 && view.methods.includes('app')
  const sentOver = view.sending && 'channel' in view.sending ? view.sending.channel : null
  const ways = view.channels.map(({ channel, to, resendAt }) => {
    const again = !stuck && (resendAt > 0 || channel === sentOver)
    const words = again ? code.sendAgain : code.send
    return html`<li><form method="post" action="${site.path}/login/send">
${hiddenFields(carried)}<input type="hidden" name="channel" value="${channel}">
<button type="submit" class="second">${words(channel, masked(to))}</button>
${now < resendAt && html`<p class="hint">${code.cooldown(fromTime(texts, resendAt, now))}</p>`}
</form></li>`
  })
  return html`<details${open && html` open`}>
<summary>${view.sending ? code.notReceived : code.otherWays}</summary>
<p class="hint">${view.sending && !stuck && code.sameCode}</p>
<ul class="ways">
${withApp && html`<li>${code.appWay} <span class="mark">${code.recommended}</span></li>`}
${ways}
</ul>
</details>`
}

/** For whoever holds something that can be lost. */
function lostWay({ texts, site, carried, view }: CodePage): Html | null {
  const held = view.methods.some((method) => ['app', 'passkey', 'hardware'].includes(method))
  return held
    ? html`<p><a class="alone" href="${withCarried(`${site.path}/login/lost`, carried)}">${texts.lost.link}</a></p>`
    : null
}

/** An address with dots in it, kept in its own order whatever the direction of the page. */
function masked(to: string): Html {
  return html`<bdi class="to" dir="ltr">${to}</bdi>`
}
