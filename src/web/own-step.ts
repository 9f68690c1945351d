import type { DeviceId, SessionId } from '#domain/id.ts'
import { cookieNames } from '#http/cookies.ts'
import type { Call, Handler } from '#http/call.ts'
import { readForm } from '#http/forms.ts'
import type { Ports } from '#ports/ports.ts'
import { type Access, checkAccess } from '#usecases/check-access.ts'
import type { OwnOrder } from '#usecases/own-account.ts'
import { startStepUp } from '#usecases/step-up.ts'
import { withCarried } from './carried.ts'
import { lockedWords } from './code-words.ts'
import { frameOf } from './frame.ts'
import { addPending, loginName } from './pending-cookie.ts'
import { failurePage } from './pages/error-page.ts'
import { respond, seeOther } from './respond.ts'

/** A form of the holder of a session, about their own account. */
export interface OwnStep {
  readonly call: Call
  readonly fields: ReadonlyMap<string, string>
  readonly order: OwnOrder
}

/** Words for what has been done, by the name that an address carries. */
export type Done =
  | 'removed'
  | 'added'
  | 'kept'
  | 'forgotten'
  | 'ended'
  | 'password'
  | 'named'
  | 'gone'
  | 'last'
  | 'over'
  | 'address'
  | 'wrong'

/** Reads a form of the account pages. Who has no session any more signs in. */
export function ownStep(ports: Ports, work: (step: OwnStep) => Promise<Response>): Handler {
  return async (call) => {
    const form = await readForm(call.request)
    if (form.kind === 'refused') return form.response
    const order = ownOrder(ports, call)
    return order === null ? toSignIn(call) : work({ call, fields: form.fields, order })
  }
}

/** A page of the account, for the holder of a session that counts. */
export function ownPage(ports: Ports, show: (call: Call, access: Access) => Promise<Response>): Handler {
  return async (call) => {
    const order = ownOrder(ports, call)
    if (order === null) return toSignIn(call)
    const { site, sessionToken, origin } = order
    const access = await checkAccess(ports, { site, sessionToken, application: null, address: origin.address })
    return access.kind === 'granted' ? show(call, access) : toSignIn(call)
  }
}

function ownOrder(ports: Ports, call: Call): OwnOrder | null {
  const sessionToken = call.cookies.get(cookieNames(call.site.name, ports.origin).session)
  return sessionToken ? { site: call.site.id, sessionToken, origin: call.origin } : null
}

/** To the login page, which leads back to where somebody was. */
export function toSignIn(call: Call): Response {
  const { path } = call.site
  const back = call.request.method === 'GET' ? call.url.pathname : `${path}/account`
  return seeOther(withCarried(`${path}/login`, { next: back }))
}

/** To the account page, with a word of what has been done. */
export function done(call: Call, what: Done): Response {
  return seeOther(`${call.site.path}/account?done=${what}`)
}

/** What came between: no session any more, one that has to be proved anew first, or too much at once. */
export async function refuseOwn(
  ports: Ports,
  { call, order }: Pick<OwnStep, 'call' | 'order'>,
  refusal: { readonly kind: 'no-session' | 'step-up' | 'busy' },
  back = `${call.site.path}/account`,
): Promise<Response> {
  const frame = frameOf(call)
  const { texts } = frame
  const busy = (): Response =>
    respond(failurePage({ ...frame, title: texts.account.title, detail: texts.signIn.busy }), 503)
  if (refusal.kind === 'no-session') return toSignIn(call)
  if (refusal.kind === 'busy') return busy()
  const outcome = await startStepUp(ports, order)
  switch (outcome.kind) {
    case 'pending': {
      const { token } = outcome.pending
      const login = loginName(ports, token)
      const cookies = [addPending(ports, call, token)]
      return seeOther(withCarried(`${call.site.path}/login`, { next: back, login }), { cookies })
    }
    case 'password':
      return seeOther(withCarried(`${call.site.path}/account/confirm`, { next: back }))
    case 'code-locked': {
      const detail = lockedWords(texts, outcome.retryAt, ports.clock.now()).toString()
      return respond(failurePage({ ...frame, title: texts.account.own.proveTitle, detail }), 429)
    }
    case 'no-session':
      return toSignIn(call)
    case 'busy':
      return busy()
  }
}

/** An id that a form names; nobody else's is found by it. */
export function named<Id extends SessionId | DeviceId | `aut_${string}`>(
  fields: ReadonlyMap<string, string>,
  name: string,
): Id | null {
  return (fields.get(name) as Id | undefined) ?? null
}
