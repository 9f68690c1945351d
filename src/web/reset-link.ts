import { Secret } from '#domain/secret.ts'
import type { Call, Handler } from '#http/call.ts'
import { readForm } from '#http/forms.ts'
import type { Ports } from '#ports/ports.ts'
import { resetStanding, useReset } from '#usecases/use-reset.ts'
import { withCarried } from './carried.ts'
import { lockedWords } from './code-words.ts'
import { frameOf } from './frame.ts'
import { addPending, loginName } from './pending-cookie.ts'
import { wordFor } from './own-password.ts'
import { failurePage } from './pages/error-page.ts'
import { mailboxOnlyPage, resetOverPage, resetPage } from './pages/reset-page.ts'
import { respond, seeOther } from './respond.ts'

/** The page of a mailed link. Looking spends nothing. */
export function showReset(ports: Ports): Handler {
  return async (call) => {
    const standing = await resetStanding(ports, { site: call.site.id, token: tokenOf(call) })
    if (standing === 'over') return respond(resetOverPage(frameOf(call)), 410)
    return respond(resetPage({ ...frameOf(call), action: addressOf(call) }), 200)
  }
}

/** The new password. It counts at once, or once a second factor was shown on the page of a sign-in. */
export function postReset(ports: Ports): Handler {
  return async (call) => {
    const form = await readForm(call.request)
    if (form.kind === 'refused') return form.response
    const typed = form.fields.get('password') ?? ''
    const frame = frameOf(call)
    const { texts } = frame
    const { site, origin } = call
    const outcome = await useReset(ports, { site: site.id, token: tokenOf(call), password: new Secret(typed), origin })
    const failed = (detail: string, status: number): Response =>
      respond(failurePage({ ...frame, title: texts.reset.newTitle, detail }), status)
    switch (outcome.kind) {
      case 'password-set':
        return seeOther(`${site.path}/login?after=reset`)
      case 'pending': {
        const { token } = outcome.pending
        const cookies = [addPending(ports, call, token)]
        return seeOther(withCarried(`${site.path}/login`, { login: loginName(ports, token) }), { cookies })
      }
      case 'invalid': {
        const problem = wordFor(outcome.problems, typed, texts.account.own)
        return respond(resetPage({ ...frame, action: addressOf(call), problem }), 400)
      }
      case 'mailbox-only':
        return respond(mailboxOnlyPage({ ...frame, contacts: outcome.contacts }), 409)
      case 'code-locked':
        return failed(lockedWords(texts, outcome.retryAt, ports.clock.now()).toString(), 429)
      case 'over':
        return respond(resetOverPage(frame), 410)
      case 'busy':
        return failed(texts.signIn.busy, 503)
    }
  }
}

function tokenOf(call: Call): string {
  return call.params['token'] ?? ''
}

function addressOf(call: Call): string {
  return `${call.site.path}/reset/${encodeURIComponent(tokenOf(call))}`
}
