import type { Call } from '#http/call.ts'
import { problem } from '#http/problems.ts'
import type { Entrant } from './behind-right.ts'

/**
 * Refuses a password that a person would choose for another, or for themselves without showing the one they have. A program with
 * a key brings passwords from where people chose them; see decision 060.
 */
export function refuseChosen(call: Call, { caller }: Entrant, password: string | undefined): Response | undefined {
  if (password === undefined || caller.kind === 'api-key') return undefined
  return problem('password_by_link', { requestId: call.origin.request })
}
