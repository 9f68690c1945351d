import { Secret } from '#domain/secret.ts'
import type { Handler } from '#http/call.ts'
import { problem } from '#http/problems.ts'
import type { Ports } from '#ports/ports.ts'
import { confirmPassword } from '#usecases/confirm-password.ts'
import { startStepUp } from '#usecases/step-up.ts'
import { json } from './answer.ts'
import { findCaller, sessionToken } from './caller.ts'
import { readInput } from './input.ts'
import { refusal } from './login.ts'
import { showPending } from './pending.ts'
import { renewedSession } from './renewed.ts'
import { PasswordWanted, StepUp } from './schemas.ts'

/** `POST /session/step-up`: asks for the second factor anew, or takes the password of whoever is not asked for one. */
export function postStepUp(ports: Ports): Handler {
  return async (call) => {
    const knock = await findCaller(ports, call, null)
    if (knock.kind === 'refused') return knock.response
    const input = await readInput(call, StepUp, true)
    if (input.kind === 'refused') return input.response
    if (knock.caller.kind === 'api-key') {
      const detail = 'An API key has no session that could be proved anew, and needs none.'
      return problem('forbidden', { detail, requestId: call.origin.request })
    }
    const shown = { site: call.site.id, sessionToken: sessionToken(ports, call) ?? '', origin: call.origin }
    const refuse = refusal(ports, call)
    const { password } = input.value
    const outcome =
      password === undefined
        ? await startStepUp(ports, shown)
        : await confirmPassword(ports, { ...shown, password: new Secret(password) })
    switch (outcome.kind) {
      case 'pending':
        return showPending(ports, call, outcome.pending.token)
      case 'password':
        return json(PasswordWanted, { status: 'password' }, 202)
      case 'renewed':
        return renewedSession(ports, call, outcome)
      case 'factor-required':
        return refuse('factor_required')
      case 'invalid-credentials':
        return refuse('invalid_credentials')
      case 'password-throttled':
        return refuse('password_throttled', { retryAt: outcome.retryAt })
      case 'code-locked':
        return refuse('code_locked', { retryAt: outcome.retryAt })
      case 'no-session':
        return refuse('unauthenticated')
      case 'busy':
        return refuse('busy')
    }
  }
}
