import { rfc3339 } from '#domain/time.ts'
import type { Handler } from '#http/call.ts'
import { problem } from '#http/problems.ts'
import type { Ports } from '#ports/ports.ts'
import { CEREMONY_LIFE } from '#usecases/ceremony.ts'
import { answerRequest, signInRequest } from '#usecases/passkey-options.ts'
import { pendingLogin } from '#usecases/pending-login.ts'
import { signInWithPasskey } from '#usecases/sign-in-with-passkey.ts'
import { json } from './answer.ts'
import { pendingToken } from './caller.ts'
import { readInput } from './input.ts'
import { refusal, tellSignIn } from './login.ts'
import { Nothing, PasskeyLogin, PasskeyOptions } from './schemas.ts'

/** `POST /login/passkey/options`: what a browser is asked with; of the holder of a pending login, for its second factor. */
export function postPasskeyOptions(ports: Ports): Handler {
  return async (call) => {
    const input = await readInput(call, Nothing, true)
    if (input.kind === 'refused') return input.response
    const refuse = refusal(ports, call)
    const now = ports.clock.now()
    const token = pendingToken(call)
    const login = token === undefined ? null : await pendingLogin(ports, { site: call.site.id, pendingToken: token })
    if (token !== undefined && !login) return refuse('pending_gone')
    if (login && !(login.view.kind === 'challenge' && login.view.methods.includes('passkey')))
      return refuse('passkeys_unavailable', { detail: 'No passkey is asked for in this sign-in.' })
    const options = login ? answerRequest(ports, login.file, now) : signInRequest(ports, call.site, now)
    if (typeof options === 'string') return refuse('passkeys_unavailable')
    const { allowCredentials, ...rest } = options
    const allowed = allowCredentials.map((each) => ({ ...each, transports: [...each.transports] }))
    const publicKey = { ...rest, allowCredentials: allowed }
    return json(PasskeyOptions, { public_key: publicKey, expires_at: rfc3339(now + CEREMONY_LIFE) })
  }
}

/** `POST /login/passkey`: a passkey in place of user name, password and code. */
export function postPasskeyLogin(ports: Ports): Handler {
  return async (call) => {
    const input = await readInput(call, PasskeyLogin)
    if (input.kind === 'refused') return input.response
    const { passkey, application } = input.value
    const outcome = await signInWithPasskey(ports, {
      site: call.site.id,
      passkey,
      ...(application === undefined ? {} : { application }),
      origin: call.origin,
    })
    return outcome.kind === 'passkey-refused'
      ? problem('passkey_refused', { requestId: call.origin.request })
      : tellSignIn(ports, call, outcome)
  }
}
