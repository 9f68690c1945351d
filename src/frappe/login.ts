import { Secret } from '#domain/secret.ts'
import type { Instant } from '#domain/time.ts'
import type { User } from '#domain/user.ts'
import type { Call, Handler } from '#http/call.ts'
import { cookieNames, deviceCookie, setCookie } from '#http/cookies.ts'
import type { Ports } from '#ports/ports.ts'
import { answerChallenge } from '#usecases/answer-challenge.ts'
import { pendingLogin } from '#usecases/pending-login.ts'
import { signIn } from '#usecases/sign-in.ts'
import { failure } from './failure.ts'
import { readFields } from './fields.ts'
import { comesFromElsewhere } from './own-page.ts'
import { verificationOf } from './verification.ts'

/**
 * `POST /api/method/login`: the conversation that clients of Frappe hold. `usr` and `pwd` first; where a code is wanted the answer has
 * `verification` and `tmp_id`, and the client comes back with `otp` and `tmp_id`. Behind it is the same sign-in as everywhere.
 */
export function postFrappeLogin(ports: Ports): Handler {
  return async (call) => {
    if (comesFromElsewhere(call.request, call.site.address)) return failure(ports, call, 'cross_origin')
    const fields = await readFields(call)
    if (fields.kind === 'refused') return fields.response
    const [otp, pending] = [fields.get('otp'), fields.get('tmp_id')]
    if (otp !== undefined && pending !== undefined) return takeCode(ports, call, pending, otp)
    const [username, password] = [fields.get('usr'), fields.get('pwd')]
    if (!username || !password)
      return failure(ports, call, 'invalid_request', { detail: 'The login needs usr and pwd, or otp and tmp_id.' })
    return takePassword(ports, call, username, password)
  }
}

async function takePassword(ports: Ports, call: Call, username: string, password: string): Promise<Response> {
  const outcome = await signIn(ports, {
    site: call.site.id,
    username,
    password: new Secret(password),
    deviceToken: call.cookies.get(cookieNames(call.site.name, ports.origin).device),
    surface: 'api',
    origin: call.origin,
  })
  switch (outcome.kind) {
    case 'signed-in':
      return signedIn(ports, call, outcome)
    case 'pending':
      return askForCode(ports, call, outcome.pending.token)
    case 'password-again':
      return failure(ports, call, 'invalid_credentials', {
        detail: 'The password is right. Enter it once more to receive a code.',
      })
    case 'denied':
      return failure(ports, call, 'denied', { extensions: { contacts: outcome.contacts } })
    case 'use-api-key':
      return failure(ports, call, 'use_api_key')
    case 'invalid-credentials':
      return failure(ports, call, 'invalid_credentials')
    case 'password-throttled':
      return failure(ports, call, 'password_throttled', { retryAt: outcome.retryAt })
    case 'code-locked':
      return failure(ports, call, 'code_locked', { retryAt: outcome.retryAt })
    case 'unknown-application':
      return failure(ports, call, 'unknown_application')
    case 'busy':
      return failure(ports, call, 'busy')
  }
}

async function askForCode(ports: Ports, call: Call, token: string): Promise<Response> {
  const login = await pendingLogin(ports, { site: call.site.id, pendingToken: token })
  if (!login) return failure(ports, call, 'pending_gone')
  const verification = verificationOf(login.view, `${call.site.address}/login`)
  return Response.json({ verification, tmp_id: token })
}

async function takeCode(ports: Ports, call: Call, pendingToken: string, code: string): Promise<Response> {
  const waiting = await pendingLogin(ports, { site: call.site.id, pendingToken })
  // What belongs to a session, or to another application, is not answered here and not spent.
  if (waiting && waiting.challenge.purpose !== 'login') return failure(ports, call, 'pending_gone')
  const outcome = await answerChallenge(ports, {
    site: call.site.id,
    pendingToken,
    code,
    remember: false,
    origin: call.origin,
  })
  switch (outcome.kind) {
    case 'signed-in':
      return signedIn(ports, call, outcome)
    case 'refused':
      return failure(ports, call, 'invalid_code', {
        extensions: { failed_codes: outcome.failedCodes, attempts_left: outcome.attemptsLeft },
      })
    case 'malformed':
      return failure(ports, call, 'malformed_code')
    case 'code-locked':
      return failure(ports, call, 'code_locked', { retryAt: outcome.retryAt })
    case 'exhausted':
      return failure(ports, call, 'too_many_attempts')
    case 'enrolment-over':
      return failure(ports, call, 'enrolment_over')
    case 'proved':
    case 'password-set':
    case 'gone':
      return failure(ports, call, 'pending_gone')
    case 'busy':
      return failure(ports, call, 'busy')
  }
}

async function signedIn(
  ports: Ports,
  call: Call,
  session: { readonly token: string; readonly expiresAt: Instant; readonly deviceToken: string | null },
): Promise<Response> {
  const now = ports.clock.now()
  const file = await ports.store.sessionFile(call.site.id, ports.vault.digest(session.token), now)
  if (!file) return failure(ports, call, 'unauthenticated')
  const seconds = Math.floor((session.expiresAt - now) / 1_000)
  const response = Response.json({ ...greeting(file.user), full_name: file.user.displayName || file.user.username })
  response.headers.append(
    'set-cookie',
    setCookie(cookieNames(call.site.name, ports.origin).session, session.token, ports.origin, seconds),
  )
  if (session.deviceToken !== null)
    response.headers.append('set-cookie', deviceCookie(call.site.name, session.deviceToken, ports.origin))
  return response
}

/** Customers have no desk in Frappe, and its clients know them by these words. */
function greeting({ kind }: User): { readonly message: string; readonly home_page: string } {
  return kind === 'website' ? { message: 'No App', home_page: '/me' } : { message: 'Logged In', home_page: '/app' }
}
