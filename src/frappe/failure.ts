import type { Call } from '#http/call.ts'
import { problem, type ProblemCode, type ProblemOptions, PROBLEMS } from '#http/problems.ts'
import type { Ports } from '#ports/ports.ts'

/** What clients of Frappe call each kind of failure. Their statuses are ours: Frappe says 500 to a lock and to a login that is over. */
const TYPES: Partial<Record<ProblemCode, string>> = {
  pending_gone: 'ExpiredLoginException',
  enrolment_over: 'ExpiredLoginException',
  code_locked: 'SecurityException',
  password_throttled: 'SecurityException',
  too_many_attempts: 'SecurityException',
}

function typeOf(code: ProblemCode): string {
  const { status } = PROBLEMS[code]
  const byStatus: Partial<Record<number, string>> = {
    401: 'AuthenticationError',
    403: 'PermissionError',
    429: 'TooManyRequestsError',
  }
  return TYPES[code] ?? byStatus[status] ?? 'ValidationError'
}

/** A problem as clients of Frappe read one: `exc_type` and `message`, as plain JSON. What RFC 9457 says stands beside it. */
export async function failure(
  ports: Ports,
  call: Call,
  code: ProblemCode,
  options: ProblemOptions = {},
): Promise<Response> {
  const told = problem(code, { requestId: call.origin.request, now: ports.clock.now(), ...options })
  const body = (await told.json()) as { readonly detail: string }
  const headers = new Headers(told.headers)
  headers.set('content-type', 'application/json')
  return new Response(JSON.stringify({ exc_type: typeOf(code), message: body.detail, ...body }), {
    status: told.status,
    headers,
  })
}
