import { cookieNames } from '#http/cookies.ts'
import type { Handler } from '#http/call.ts'
import { readForm } from '#http/forms.ts'
import type { Ports } from '#ports/ports.ts'
import { startStepUp } from '#usecases/step-up.ts'
import { carriedFrom, withCarried } from './carried.ts'
import { lockedWords } from './code-words.ts'
import { leadingOn } from './form-action.ts'
import { frameOf } from './frame.ts'
import { retryAfter } from './moments.ts'
import { stepUpPage } from './pages/step-up-page.ts'
import { addPending, loginName } from './pending-cookie.ts'
import { respond, seeOther } from './respond.ts'

/** Says that a second factor is needed to go on. Nothing is sent yet: opening a page is no act. */
export function showStepUp(ports: Ports): Handler {
  return async (call) => {
    const carried = carriedFrom((name) => call.url.searchParams.get(name), call.site.path)
    const level = call.url.searchParams.get('level') ?? undefined
    const page = stepUpPage({ ...frameOf(call), action: `${call.site.path}/login/step-up`, carried, level })
    return respond(page, 200, { headers: await leadingOn(ports, call, carried) })
  }
}

/** Asks the holder of the session for the second factor, on the page where codes are typed. */
export function postStepUp(ports: Ports): Handler {
  return async (call) => {
    const form = await readForm(call.request)
    if (form.kind === 'refused') return form.response
    const { site, origin } = call
    const carried = carriedFrom((name) => form.fields.get(name), site.path)
    const sessionToken = call.cookies.get(cookieNames(site.name, ports.origin).session)
    const login = withCarried(`${site.path}/login`, carried)
    if (sessionToken === undefined) return seeOther(login)
    const level = form.fields.get('level') === 'aal2' ? ({ level: 'aal2' } as const) : {}
    const outcome = await startStepUp(ports, { site: site.id, sessionToken, origin, ...level })
    switch (outcome.kind) {
      case 'pending': {
        const { token } = outcome.pending
        const waiting = withCarried(`${site.path}/login`, { ...carried, login: loginName(ports, token) })
        return seeOther(waiting, { cookies: [addPending(ports, call, token)] })
      }
      // The whole sign-in is what is left to somebody whose session is over, or who has no second factor.
      case 'no-session':
      case 'password':
        return seeOther(login)
      case 'code-locked': {
        const now = ports.clock.now()
        const problem = lockedWords(frameOf(call).texts, outcome.retryAt, now)
        return again(problem, 429, retryAfter(outcome.retryAt, now))
      }
      case 'busy':
        return again(frameOf(call).texts.signIn.busy, 503, 2)
    }

    async function again(problem: Parameters<typeof stepUpPage>[0]['problem'], status: number, wait?: number) {
      const page = stepUpPage({
        ...frameOf(call),
        action: `${site.path}/login/step-up`,
        carried,
        level: form.kind === 'ok' ? form.fields.get('level') : undefined,
        problem,
      })
      return respond(page, status, { retryAfter: wait, headers: await leadingOn(ports, call, carried) })
    }
  }
}
