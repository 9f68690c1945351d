import type { Handler } from '#http/call.ts'
import { readCookies } from '#http/cookies.ts'
import type { DoorName } from '#http/doors.ts'
import type { ErrorPage } from '#http/server.ts'
import type { Ports } from '#ports/ports.ts'
import { postLogout, showAccount } from './account.ts'
import { postCode, postLink, postRenew, postSend } from './code-form.ts'
import { postForgotten, showForgotten } from './forgotten.ts'
import { postCancel, postLost, postLostCode, showCancel, showLost } from './lost.ts'
import { postReset, showReset } from './reset-link.ts'
import { postLinkSignIn, showLink } from './enrolment-link.ts'
import { showConsole } from './console.ts'
import {
  postAddApp,
  postEndSession,
  postForgetDevice,
  postName,
  postProve,
  postProveAddress,
  postRemove,
} from './own-forms.ts'
import { postAddPasskey, showAddPasskey } from './own-passkey.ts'
import { postConfirm, postPassword, showConfirm, showPassword } from './own-password.ts'
import { postKeepCodes, postMakeCodes, showRecovery } from './own-recovery.ts'
import { textsOfBrowser } from './frame.ts'
import { failurePage } from './pages/error-page.ts'
import { postPasskey, postPasskeyAnswer } from './passkey-sign-in.ts'
import { respond } from './respond.ts'
import { cancel, home, postSignIn, showLogin } from './sign-in-form.ts'
import { postStepUp, showStepUp } from './step-up-form.ts'
import { en } from './texts/en.ts'
import type { ProblemTexts } from './texts/texts.ts'

export type PageDoor = Extract<DoorName, `page.${string}`>

/** What stands behind each door for people. */
export function webHandlers(ports: Ports): Record<PageDoor, Handler> {
  return {
    'page.home': home(ports),
    'page.login': showLogin(ports),
    'page.sign-in': postSignIn(ports),
    'page.answer': postCode(ports),
    'page.passkey': postPasskey(ports),
    'page.passkey-answer': postPasskeyAnswer(ports),
    'page.send': postSend(ports),
    'page.renew': postRenew(ports),
    'page.send-link': postLink(ports),
    'page.cancel': cancel(ports),
    'page.forgotten': showForgotten(ports),
    'page.ask-reset': postForgotten(ports),
    'page.reset': showReset(ports),
    'page.use-reset': postReset(ports),
    'page.lost': showLost(ports),
    'page.ask-recovery': postLost(ports),
    'page.finish-recovery': postLostCode(ports),
    'page.take-back': showCancel(ports),
    'page.cancel-recovery': postCancel(ports),
    'page.enrol': showLink(ports),
    'page.enrol-sign-in': postLinkSignIn(ports),
    'page.enrol-confirm': postCode(ports),
    'page.step-up': showStepUp(ports),
    'page.start-step-up': postStepUp(ports),
    'page.account': showAccount(ports),
    'page.console': showConsole(ports),
    'page.console-page': showConsole(ports),
    'page.console-thing': showConsole(ports),
    'page.add-app': postAddApp(ports),
    'page.passkeys': showAddPasskey(ports),
    'page.add-passkey': postAddPasskey(ports),
    'page.name-factor': postName(ports),
    'page.remove-factor': postRemove(ports),
    'page.recovery': showRecovery(ports),
    'page.make-recovery': postMakeCodes(ports),
    'page.keep-recovery': postKeepCodes(ports),
    'page.forget-device': postForgetDevice(ports),
    'page.end-session': postEndSession(ports),
    'page.password': showPassword(ports),
    'page.set-password': postPassword(ports),
    'page.prove': postProve(ports),
    'page.prove-address': postProveAddress(ports),
    'page.confirm': showConfirm(ports),
    'page.confirmed': postConfirm(ports),
    'page.logout': postLogout(ports),
  }
}

/** A failure as a page for people: in the language of their browser where it is one that people meet, else whole in English. */
export function errorPage({ status, title, detail, code, site, base, request, requestId }: ErrorPage): Response {
  const texts = textsOfBrowser(readCookies(request.headers.get('cookie')), request)
  const { [code]: known }: Readonly<Partial<Record<string, ProblemTexts>>> = texts.failure.problems
  const said = known ? { title: known.title, detail: known.detail(requestId) } : { title, detail }
  return respond(failurePage({ texts: known ? texts : en, site, base, ...said }), status)
}
