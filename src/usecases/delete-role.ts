import { BUILT_IN_ROLES } from '#domain/rights.ts'
import type { Ports } from '#ports/ports.ts'
import type { Act } from './act.ts'
import { inRounds } from './rounds.ts'

export type DeleteRoleOutcome =
  | { readonly kind: 'deleted' }
  /** Something rests on its name. */
  | { readonly kind: 'built-in' }
  | { readonly kind: 'in-use'; readonly holders: number }
  | { readonly kind: 'unknown-role' }
  | { readonly kind: 'unknown-site' }
  | { readonly kind: 'busy' }

/** Deletes a role that nobody holds: what it asked of its holders would otherwise be gone without anybody having said so. */
export async function deleteRole(
  ports: Ports,
  order: { readonly site: string; readonly name: string } & Act,
): Promise<DeleteRoleOutcome> {
  const outcome = await inRounds<DeleteRoleOutcome>(async () => {
    const file = await ports.store.siteFile(order.site)
    if (!file) return { kind: 'unknown-site' }
    const role = file.roles.find(({ name }) => name === order.name)
    if (!role) return { kind: 'unknown-role' }
    if (BUILT_IN_ROLES.includes(role.name)) return { kind: 'built-in' }
    const holders = await ports.store.countHolders(file.site.id, role.name)
    if (holders > 0) return { kind: 'in-use', holders }
    const committed = await ports.store.commit({
      site: file.site.id,
      at: ports.clock.now(),
      origin: order.origin,
      changes: [{ kind: 'remove-role', site: file.site.id, name: role.name, from: role.version }],
      events: [
        {
          ev: 'role.deleted',
          actor: order.actor,
          subject: { type: 'role', id: role.name, name: role.name },
          application: null,
          data: { two_factor_auth: role.twoFactorAuth },
        },
      ],
    })
    return committed === 'conflict' ? 'conflict' : { kind: 'deleted' }
  })
  return outcome === 'busy' ? { kind: 'busy' } : outcome
}
