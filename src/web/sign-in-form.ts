import { clearCookie, cookieNames, setCookie } from '#http/cookies.ts'
import type { Call, Handler } from '#http/call.ts'
import { readForm } from '#http/forms.ts'
import { isLanguage } from '#domain/language.ts'
import { days, seconds } from '#domain/time.ts'
import type { Ports } from '#ports/ports.ts'
import { cancelLogin } from '#usecases/cancel-login.ts'
import { checkAccess } from '#usecases/check-access.ts'
import { pendingLogin } from '#usecases/pending-login.ts'
import { type Carried, carriedFrom, withCarried } from './carried.ts'
import { pageHeaders } from './form-action.ts'
import { applicationTitle, frameOf, LANGUAGE_COOKIE } from './frame.ts'
import { loginPage } from './pages/login-page.ts'
import { passkeyOffer } from './passkey-offer.ts'
import { dropPending, pendingToken } from './pending-cookie.ts'
import { providerLinks } from './provider-links.ts'
import { respond, seeOther } from './respond.ts'
import { showPending } from './show-pending.ts'
import { takePassword } from './sign-in-outcome.ts'
import { startOver } from './start-over.ts'
import type { Texts } from './texts/texts.ts'

/** The login page: the password first; with a pending login what it waits for, at the same address. */
export function showLogin(ports: Ports): Handler {
  return async (call) => {
    const carried = carriedFrom((name) => call.url.searchParams.get(name), call.site.path)
    const picked = call.url.searchParams.get('lang')
    if (picked !== null) return pickLanguage(ports, call, carried, picked)
    const token = pendingToken(ports, call, carried.login)
    const login = token === undefined ? null : await pendingLogin(ports, { site: call.site.id, pendingToken: token })
    if (token !== undefined && login) return showPending(ports, call, login, { token, carried })
    const file = await ports.store.siteFile(call.site.name)
    const frame = frameOf(call, { site: file?.settings['site.language'] ?? 'en' })
    const notice = noticeOf(frame.texts, call.url.searchParams.get('after'))
    // Who comes back to a sign-in that ended meanwhile is told so, and starts again on this page; who comes from what ended it knows.
    if (token !== undefined && notice === null)
      return startOver(ports, call, { carried, problem: frame.texts.signIn.over, status: 200, token })
    const passkey = await passkeyOffer(ports, call, carried)
    const page = loginPage({
      ...frame,
      action: `${call.site.path}/login`,
      carried: { ...carried, login: undefined },
      notice,
      application: applicationTitle(file?.applications ?? [], carried.application),
      switchAt: (lang) => withCarried(`${call.site.path}/login`, { ...carried, login: undefined }, { lang }),
      signedIn: await signedIn(ports, call),
      passkey,
      providers: await providerLinks(ports, call, carried),
    })
    const cookies = token === undefined ? [] : [dropPending(ports, call, token)]
    return respond(page, 200, { headers: await pageHeaders(ports, call, carried, passkey), cookies })
  }
}

/** The password arrives. */
export function postSignIn(ports: Ports): Handler {
  return async (call) => {
    const form = await readForm(call.request)
    if (form.kind === 'refused') return form.response
    const action = `${call.site.path}/login`
    const carried = carriedFrom((name) => form.fields.get(name), call.site.path)
    return takePassword(ports, call, form.fields, { action, carried, enrolAt: action })
  }
}

/** Somebody else wants to sign in: the pending login ends, and this browser forgets it whether that could be written down or not. */
export function cancel(ports: Ports): Handler {
  return async (call) => {
    const form = await readForm(call.request)
    if (form.kind === 'refused') return form.response
    const carried = carriedFrom((name) => form.fields.get(name), call.site.path)
    const token = pendingToken(ports, call, carried.login)
    const location = withCarried(`${call.site.path}/login`, { ...carried, login: undefined }, { after: 'cancel' })
    if (token === undefined) return seeOther(location)
    await cancelLogin(ports, { site: call.site.id, pendingToken: token, origin: call.origin })
    return seeOther(location, { cookies: [dropPending(ports, call, token)] })
  }
}

/** The address of the site itself. */
export function home(ports: Ports): Handler {
  return async (call) => seeOther(`${call.site.path}/${(await signedIn(ports, call)) === null ? 'login' : 'account'}`)
}

/** A session cookie that has done its work. */
export function clearSession(ports: Ports, call: Call): string {
  return clearCookie(cookieNames(call.site.name, ports.origin).session, ports.origin)
}

async function signedIn(ports: Ports, call: Call): Promise<string | null> {
  const sessionToken = call.cookies.get(cookieNames(call.site.name, ports.origin).session)
  if (!sessionToken) return null
  const access = await checkAccess(ports, {
    site: call.site.id,
    sessionToken,
    application: null,
    address: call.origin.address,
  })
  return access.kind === 'granted' ? access.user.displayName || access.user.username : null
}

/** Keeps the language for a year in this browser, and shows the page again; a language we do not speak changes nothing. */
function pickLanguage(ports: Ports, call: Call, carried: Carried, picked: string): Response {
  const location = withCarried(`${call.site.path}/login`, carried)
  if (!isLanguage(picked)) return seeOther(location)
  const cookie = setCookie(LANGUAGE_COOKIE, picked, ports.origin, days(365) / seconds(1))
  return seeOther(location, { cookies: [cookie] })
}

function noticeOf({ signIn, reset, lost }: Texts, after: string | null): string | null {
  switch (after) {
    case 'sign-out':
      return signIn.signedOut
    case 'cancel':
      return signIn.cancelled
    case 'reset':
      return reset.done
    case 'anew':
      return lost.done
    default:
      return null
  }
}
