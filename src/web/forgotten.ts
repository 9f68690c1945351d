import type { Handler } from '#http/call.ts'
import { readForm } from '#http/forms.ts'
import type { Ports } from '#ports/ports.ts'
import { channelStates } from '#usecases/facts.ts'
import { requestReset } from '#usecases/request-reset.ts'
import { frameOf } from './frame.ts'
import { failurePage } from './pages/error-page.ts'
import { forgottenPage } from './pages/reset-page.ts'
import { respond, seeOther } from './respond.ts'

/** The page that asks whose password is forgotten, and after that says the same to everybody. */
export function showForgotten(ports: Ports): Handler {
  return async (call) => {
    const file = await ports.store.siteFile(call.site.name)
    const frame = frameOf(call, { site: file?.settings['site.language'] ?? 'en' })
    const { reset } = frame.texts
    if (!file || channelStates(file).email !== 'configured')
      return respond(failurePage({ ...frame, title: reset.title, detail: reset.noMail }), 200)
    if (call.url.searchParams.has('sent'))
      return respond(failurePage({ ...frame, title: reset.title, detail: reset.sent }), 200)
    return respond(forgottenPage(frame), 200)
  }
}

export function postForgotten(ports: Ports): Handler {
  return async (call) => {
    const form = await readForm(call.request)
    if (form.kind === 'refused') return form.response
    const username = form.fields.get('username') ?? ''
    const taken = await requestReset(ports, { site: call.site.id, username, origin: call.origin })
    if (taken === 'taken') return seeOther(`${call.site.path}/forgotten?sent`)
    const frame = frameOf(call)
    const { reset, signIn } = frame.texts
    return respond(failurePage({ ...frame, title: reset.title, detail: signIn.busy }), 503)
  }
}
