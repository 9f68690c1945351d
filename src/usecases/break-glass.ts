import { minutes } from '#domain/time.ts'
import type { Ports } from '#ports/ports.ts'
import type { Act } from './act.ts'
import { type IssueCodeOutcome, issueCode } from './issued-code.ts'

/** How long an emergency code can be used. */
export const BREAK_GLASS_LIFE = minutes(10)

/**
 * An emergency code for one user, made on the server when nobody can get in: it stands in for the second factor once, after the
 * password. It is on record, and the user is told.
 */
export function breakGlass(
  ports: Ports,
  order: Act & { readonly site: string; readonly username: string },
): Promise<IssueCodeOutcome> {
  const issue = {
    kind: 'break_glass',
    life: BREAK_GLASS_LIFE,
    ev: 'breakglass.issued',
    notice: 'emergency_code',
  } as const
  return issueCode(ports, order, issue)
}
