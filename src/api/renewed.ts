import { type Instant, rfc3339 } from '#domain/time.ts'
import type { Call } from '#http/call.ts'
import { cookieNames, setCookie } from '#http/cookies.ts'
import type { Ports } from '#ports/ports.ts'
import { json } from './answer.ts'
import { Renewed } from './schemas.ts'

/** The session goes on under another token: told to a program, and put into the cookie of a browser, whose scripts do not get it. */
export function renewedSession(
  ports: Ports,
  call: Call,
  { token, expiresAt }: { readonly token: string; readonly expiresAt: Instant },
): Response {
  const { session } = cookieNames(call.site.name, ports.origin)
  const ends = { expires_at: rfc3339(expiresAt) }
  if (!call.cookies.has(session)) return json(Renewed, { status: 'renewed', session: { token, ...ends } })
  const seconds = Math.floor((expiresAt - ports.clock.now()) / 1_000)
  const headers = { 'set-cookie': setCookie(session, token, ports.origin, seconds) }
  return json(Renewed, { status: 'renewed', session: ends }, 200, headers)
}
