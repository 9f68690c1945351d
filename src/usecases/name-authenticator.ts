import type { AuthenticatorId } from '#domain/id.ts'
import type { Ports } from '#ports/ports.ts'
import { ownEvent } from './act.ts'
import { heldBy } from './held.ts'
import { type OwnOrder, type OwnRefusal, overOwn } from './own-account.ts'

const LONGEST_LABEL = 60

/** A name for an authenticator: one line, so long at most; `otherwise` where nothing is left of it. */
export function labelOf(typed: string, otherwise: string): string {
  const line = [...typed.replaceAll(/\p{C}/gu, ' ').replaceAll(/\s+/g, ' ').trim()]
  return line.slice(0, LONGEST_LABEL).join('') || otherwise
}

export type NameAuthenticatorOutcome =
  | { readonly kind: 'named' }
  | { readonly kind: 'unknown-authenticator' }
  | OwnRefusal

/** A user names one of their authenticators, to know it again. */
export async function nameAuthenticator(
  ports: Ports,
  order: OwnOrder & { readonly authenticator: AuthenticatorId; readonly label: string },
): Promise<NameAuthenticatorOutcome> {
  return overOwn<Exclude<NameAuthenticatorOutcome, OwnRefusal>>(ports, order, null, async (file) => {
    const held = heldBy(file).find(({ id }) => id === order.authenticator)
    if (!held) return { kind: 'unknown-authenticator' }
    const label = labelOf(order.label, held.label)
    const data = { authenticator: held.id, method: held.kind }
    return {
      changes: [{ kind: 'name-authenticator', of: held.kind, authenticator: held.id, label }],
      events: [ownEvent(file.user, file.session.application, 'factor.renamed', data)],
      outcome: { kind: 'named' },
    }
  })
}
