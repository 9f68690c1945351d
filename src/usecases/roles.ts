import type { Role } from '#domain/role.ts'
import type { AuditEvent } from '#audit/event.ts'
import type { Change } from '#ports/changes.ts'
import type { Ports } from '#ports/ports.ts'
import type { Act } from './act.ts'
import { inRounds } from './rounds.ts'

export type RoleOutcome =
  | { readonly kind: 'saved'; readonly role: Role }
  | { readonly kind: 'unknown-role'; readonly known: readonly string[] }
  | { readonly kind: 'unknown-site' }
  | { readonly kind: 'busy' }

export interface SetRole extends Act {
  readonly site: string
  readonly name: string
  readonly fields: Partial<Omit<Role, 'site' | 'name' | 'version'>>
}

/** Changes what a role says about the second factor. */
export async function setRole(ports: Ports, order: SetRole): Promise<RoleOutcome> {
  const outcome = await inRounds<RoleOutcome>(async () => {
    const file = await ports.store.siteFile(order.site)
    if (!file) return { kind: 'unknown-site' }
    const before = file.roles.find(({ name }) => name === order.name)
    if (!before) return { kind: 'unknown-role', known: file.roles.map(({ name }) => name) }
    const role: Role = { ...before, ...order.fields, version: before.version + 1 }
    const change: Change = { kind: 'change-role', role, from: before.version }
    const event: AuditEvent = {
      ev: 'role.changed',
      actor: order.actor,
      subject: { type: 'role', id: role.name, name: role.name },
      application: null,
      data: {
        two_factor_auth: { from: before.twoFactorAuth, to: role.twoFactorAuth },
        fields: Object.keys(order.fields),
      },
    }
    const at = ports.clock.now()
    const committed = await ports.store.commit({
      site: file.site.id,
      at,
      origin: order.origin,
      changes: [change],
      events: [event],
    })
    return committed === 'conflict' ? 'conflict' : { kind: 'saved', role }
  })
  return outcome === 'busy' ? { kind: 'busy' } : outcome
}
