import type { Call, Handler } from '#http/call.ts'
import type { Ports } from '#ports/ports.ts'
import { askRecovery, ownRecovery } from '#usecases/ask-recovery.ts'
import { cancelRecovery, cancelStanding } from '#usecases/cancel-recovery.ts'
import { finishRecovery } from '#usecases/finish-recovery.ts'
import { heldBy } from '#usecases/held.ts'
import { type Carried, carriedFrom, withCarried } from './carried.ts'
import { inStep, type Step } from './code-form.ts'
import { lockedWords } from './code-words.ts'
import { frameOf, speakersOf } from './frame.ts'
import { retryAfter } from './moments.ts'
import { failurePage } from './pages/error-page.ts'
import { cancelPage, lostPage } from './pages/lost-page.ts'
import { dropPending, loginName, pendingToken } from './pending-cookie.ts'
import { respond, seeOther } from './respond.ts'
import { startOver } from './start-over.ts'
import type { Word } from './texts/texts.ts'

interface Said {
  readonly problem: Word
  readonly status: number
  readonly retryAfter?: number | undefined
}

/** What somebody can do who has the password and has lost everything else: ask, wait, and type the code that they are told. */
export function showLost(ports: Ports): Handler {
  return async (call) => {
    const carried = carriedFrom((name) => call.url.searchParams.get(name), call.site.path)
    const token = pendingToken(ports, call, carried.login)
    return show(ports, call, { carried, token })
  }
}

/** The request. */
export function postLost(ports: Ports): Handler {
  return inStep(ports, async (step) => {
    const { call, carried, token, fields } = step
    const { lost, signIn } = frameOf(call).texts
    const note = fields.get('note') ?? ''
    const outcome = await askRecovery(ports, { site: call.site.id, pendingToken: token, note, origin: call.origin })
    switch (outcome.kind) {
      case 'asked':
        return seeOther(withCarried(`${call.site.path}/login/lost`, carried))
      case 'asked-before':
        return show(ports, call, step, { problem: lost.before, status: 409 })
      case 'malformed':
        return show(ports, call, step, { problem: lost.noteLong, status: 400 })
      case 'nothing-held':
        return show(ports, call, step, { problem: lost.nothing, status: 409 })
      case 'gone':
        return show(ports, call, { carried, token: undefined })
      case 'busy':
        return show(ports, call, step, { problem: signIn.busy, status: 503 })
    }
  })
}

/** The code that a helper has told. */
export function postLostCode(ports: Ports): Handler {
  return inStep(ports, async (step) => {
    const { call, carried, token, fields } = step
    const { site, origin } = call
    const { texts } = frameOf(call)
    const outcome = await finishRecovery(ports, {
      site: site.id,
      pendingToken: token,
      code: fields.get('code'),
      origin,
    })
    const now = ports.clock.now()
    switch (outcome.kind) {
      case 'begun-anew':
        return seeOther(withCarried(`${site.path}/login`, { ...carried, login: undefined }, { after: 'anew' }), {
          cookies: [dropPending(ports, call, token)],
        })
      case 'refused':
        return show(ports, call, step, { problem: texts.lost.refused, status: 401 })
      case 'malformed':
        return show(ports, call, step, { problem: texts.code.malformed(outcome.digits), status: 400 })
      case 'code-locked': {
        const problem = lockedWords(texts, outcome.retryAt, now)
        return show(ports, call, step, { problem, status: 429, retryAfter: retryAfter(outcome.retryAt, now) })
      }
      case 'gone':
        return show(ports, call, { carried, token: undefined })
      case 'busy':
        return show(ports, call, step, { problem: texts.signIn.busy, status: 503 })
    }
  })
}

/** The page of the mailed link that takes a request back. Looking spends nothing. */
export function showCancel(ports: Ports): Handler {
  return async (call) => {
    const standing = await cancelStanding(ports, { site: call.site.id, token: call.params['token'] ?? '' })
    if (standing === 'over') return over(call)
    return respond(cancelPage({ ...frameOf(call), action: call.url.pathname }), 200)
  }
}

export function postCancel(ports: Ports): Handler {
  return async (call) => {
    const { site, origin } = call
    const outcome = await cancelRecovery(ports, { site: site.id, token: call.params['token'] ?? '', origin })
    if (outcome === 'over') return over(call)
    const frame = frameOf(call)
    const { lost, signIn } = frame.texts
    const [detail, status] = outcome === 'cancelled' ? [lost.cancelled, 200] : [signIn.busy, 503]
    return respond(failurePage({ ...frame, title: lost.cancelTitle, detail }), status)
  }
}

function over(call: Call): Response {
  const frame = frameOf(call)
  return respond(
    failurePage({ ...frame, title: frame.texts.lost.cancelTitle, detail: frame.texts.lost.cancelOver }),
    410,
  )
}

async function show(
  ports: Ports,
  call: Call,
  { carried, token }: { readonly carried: Carried; readonly token: Step['token'] | undefined },
  said?: Said,
): Promise<Response> {
  const own = token === undefined ? null : await ownRecovery(ports, { site: call.site.id, pendingToken: token })
  if (own === null) return startOver(ports, call, { carried, problem: frameOf(call).texts.signIn.over, status: 410 })
  const { file, request, now } = own
  const page = lostPage({
    ...frameOf(call, speakersOf(file)),
    carried: { ...carried, login: token === undefined ? undefined : loginName(ports, token) },
    now,
    person: file.user.displayName || file.user.username,
    held: heldBy(file).length,
    request,
    problem: said?.problem ?? null,
    contacts: file.settings['contact.persons'],
  })
  return respond(page, said?.status ?? 200, { retryAfter: said?.retryAfter })
}
