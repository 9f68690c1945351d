import { Secret } from '#domain/secret.ts'
import { safeNext } from '#http/next.ts'
import type { Call, Handler } from '#http/call.ts'
import type { Ports } from '#ports/ports.ts'
import { changeOwnPassword } from '#usecases/change-own-password.ts'
import { confirmPassword } from '#usecases/confirm-password.ts'
import { isFresh } from '#usecases/fresh-proof.ts'
import { type FieldProblem, GUESSED_FIRST } from '#usecases/user-input.ts'
import { withCarried } from './carried.ts'
import { frameOf } from './frame.ts'
import { fromTime } from './moments.ts'
import { done, ownPage, ownStep, refuseOwn } from './own-step.ts'
import { confirmPage, passwordPage } from './pages/own-password-page.ts'
import { provePage } from './pages/prove-page.ts'
import { respond, seeOther } from './respond.ts'
import { sessionCookie } from './sign-in-outcome.ts'
import type { Texts, Word } from './texts/texts.ts'

/** The page for another password; it takes a session that was proved a moment ago. */
export function showPassword(ports: Ports): Handler {
  return ownPage(ports, async (call, { file }) =>
    isFresh(file, ports.clock.now())
      ? respond(passwordPage({ ...frameOf(call), username: file.user.username }), 200)
      : respond(provePage({ ...frameOf(call), next: `${call.site.path}/account/password` }), 200),
  )
}

export function postPassword(ports: Ports): Handler {
  return ownStep(ports, async (step) => {
    const { call, fields, order } = step
    const frame = frameOf(call)
    const { own } = frame.texts.account
    const outcome = await changeOwnPassword(ports, {
      ...order,
      current: new Secret(fields.get('current') ?? ''),
      password: new Secret(fields.get('password') ?? ''),
    })
    const again = (problem: Word, status: number): Response =>
      respond(passwordPage({ ...frame, username: fields.get('username') ?? '', problem }), status)
    switch (outcome.kind) {
      case 'changed':
        return done(call, 'password')
      case 'invalid':
        return again(wordFor(outcome.problems, fields.get('password') ?? '', own), 400)
      case 'invalid-credentials':
        return again(own.passwordWrong, 401)
      case 'password-throttled':
        return again(frame.texts.signIn.throttled(fromTime(frame.texts, outcome.retryAt, ports.clock.now())), 429)
      default:
        return refuseOwn(ports, step, outcome, `${call.site.path}/account/password`)
    }
  })
}

/** What is wrong with a new password, in words. */
export function wordFor(problems: readonly FieldProblem[], password: string, own: Texts['account']['own']): Word {
  if (problems.some(({ problem }) => problem === GUESSED_FIRST)) return own.passwordGuessed
  return password.length < 200 ? own.passwordShort : own.passwordLong
}

/** The password again, of whoever is asked for nothing more. */
export function showConfirm(ports: Ports): Handler {
  return ownPage(ports, async (call, { file }) => {
    const next = nextOf(call, call.url.searchParams.get('next'))
    return respond(confirmPage({ ...frameOf(call), username: file.user.username, next }), 200)
  })
}

export function postConfirm(ports: Ports): Handler {
  return ownStep(ports, async (step) => {
    const { call, fields, order } = step
    const frame = frameOf(call)
    const next = nextOf(call, fields.get('next'))
    const outcome = await confirmPassword(ports, { ...order, password: new Secret(fields.get('password') ?? '') })
    const again = (problem: Word, status: number): Response =>
      respond(confirmPage({ ...frame, username: fields.get('username') ?? '', next, problem }), status)
    switch (outcome.kind) {
      case 'renewed':
        return seeOther(next, { cookies: [sessionCookie(ports, call, outcome)] })
      case 'invalid-credentials':
        return again(frame.texts.account.own.passwordWrong, 401)
      case 'password-throttled':
        return again(frame.texts.signIn.throttled(fromTime(frame.texts, outcome.retryAt, ports.clock.now())), 429)
      case 'factor-required':
        return refuseOwn(ports, step, { kind: 'step-up' }, next)
      default:
        return refuseOwn(ports, step, outcome)
    }
  })
}

function nextOf(call: Call, given: string | null | undefined): string {
  return safeNext(given, call.site.path) ?? withCarried(`${call.site.path}/account`, {})
}
