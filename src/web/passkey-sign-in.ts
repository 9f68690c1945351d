import type { Handler } from '#http/call.ts'
import { readForm } from '#http/forms.ts'
import type { Ports } from '#ports/ports.ts'
import { answerChallenge } from '#usecases/answer-challenge.ts'
import { signInWithPasskey } from '#usecases/sign-in-with-passkey.ts'
import { carriedFrom } from './carried.ts'
import { inStep, tellAnswer } from './code-form.ts'
import { frameOf } from './frame.ts'
import { tellSignIn } from './sign-in-outcome.ts'
import { startOver } from './start-over.ts'

/** A passkey in place of user name, password and code. */
export function postPasskey(ports: Ports): Handler {
  return async (call) => {
    const form = await readForm(call.request)
    if (form.kind === 'refused') return form.response
    const carried = carriedFrom((name) => form.fields.get(name), call.site.path)
    const { texts } = frameOf(call)
    const outcome = await signInWithPasskey(ports, {
      site: call.site.id,
      passkey: answerOf(form.fields),
      ...(carried.application === undefined ? {} : { application: carried.application }),
      origin: call.origin,
    })
    if (outcome.kind === 'passkey-refused')
      return startOver(ports, call, { carried, problem: texts.passkey.refused, status: 401 })
    const action = `${call.site.path}/login`
    return tellSignIn(ports, call, outcome, { action, carried, enrolAt: action }, '')
  }
}

/** A passkey after the password. */
export function postPasskeyAnswer(ports: Ports): Handler {
  return inStep(ports, async (step) => {
    const { call, fields, token } = step
    const outcome = await answerChallenge(ports, {
      site: call.site.id,
      pendingToken: token,
      code: undefined,
      passkey: answerOf(fields),
      onPage: true,
      remember: fields.get('remember') === 'yes',
      origin: call.origin,
    })
    return tellAnswer(ports, step, outcome)
  })
}

/** What the browser has put into the form; `{}`, which is no passkey's answer, where that cannot be read. */
export function answerOf(fields: ReadonlyMap<string, string>): unknown {
  try {
    return JSON.parse(fields.get('passkey') ?? '{}') ?? {}
  } catch {
    return {}
  }
}
