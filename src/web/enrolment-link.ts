import type { Call, Handler } from '#http/call.ts'
import { readForm } from '#http/forms.ts'
import type { Ports } from '#ports/ports.ts'
import { linkStanding, showEnrolment } from '#usecases/enrol.ts'
import { pendingLogin } from '#usecases/pending-login.ts'
import { carriedFrom } from './carried.ts'
import { frameOf } from './frame.ts'
import { linkOverPage } from './pages/link-over-page.ts'
import { loginPage } from './pages/login-page.ts'
import { loginName, pendingToken } from './pending-cookie.ts'
import { respond } from './respond.ts'
import { showPending } from './show-pending.ts'
import { takePassword } from './sign-in-outcome.ts'

/**
 * The page of an emailed link. The browser whose pending login it belongs to sees the QR code at once; another one is
 * asked for the password first. Looking changes nothing, so mail scanners do no harm.
 */
export function showLink(ports: Ports): Handler {
  return async (call) => {
    const link = linkOf(call)
    const frame = frameOf(call)
    const site = call.site.id
    const carried = carriedFrom((name) => call.url.searchParams.get(name), call.site.path)
    const token = pendingToken(ports, call, carried.login)
    const login = token === undefined ? null : await pendingLogin(ports, { site, pendingToken: token })
    const enrolling = login?.view.kind === 'enrolment' ? login.view : null
    if (token !== undefined && login && enrolling) {
      const seen = await showEnrolment(ports, { site, pendingToken: token, link, origin: call.origin })
      if (seen.kind === 'shown') return showPending(ports, call, login, { token, carried, link })
    }
    if ((await linkStanding(ports, { site, link })) === 'over') {
      const byMail = token !== undefined && enrolling && enrolling.channel !== 'screen'
      const renew = byMail ? { ...carried, login: loginName(ports, token) } : null
      return respond(linkOverPage({ ...frame, renew }), 410)
    }
    const { enrol } = frame.texts
    const page = loginPage({
      ...frame,
      action: `${call.site.path}/enrol/${encodeURIComponent(link)}`,
      carried: { ...carried, login: undefined },
      title: enrol.linkTitle,
      why: enrol.linkNeedsPassword,
      notice: enrolling ? enrol.linkOfAnother : null,
    })
    return respond(page, 200)
  }
}

/** The password of who opened the link in another browser; then back to the link, now with a pending login. */
export function postLinkSignIn(ports: Ports): Handler {
  return async (call) => {
    const form = await readForm(call.request)
    if (form.kind === 'refused') return form.response
    const { enrol } = frameOf(call).texts
    const here = `${call.site.path}/enrol/${encodeURIComponent(linkOf(call))}`
    return takePassword(ports, call, form.fields, {
      action: here,
      carried: carriedFrom((name) => form.fields.get(name), call.site.path),
      title: enrol.linkTitle,
      why: enrol.linkNeedsPassword,
      link: linkOf(call),
      enrolAt: here,
    })
  }
}

function linkOf(call: Call): string {
  return call.params['token'] ?? ''
}
