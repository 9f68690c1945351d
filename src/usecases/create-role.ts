import { newRole, type Role } from '#domain/role.ts'
import type { Ports } from '#ports/ports.ts'
import type { Act } from './act.ts'
import { inRounds } from './rounds.ts'
import type { SetRole } from './roles.ts'

export type CreateRoleOutcome =
  | { readonly kind: 'saved'; readonly role: Role }
  | { readonly kind: 'name-taken' }
  | { readonly kind: 'unknown-site' }
  | { readonly kind: 'busy' }

/** A new role that nobody holds yet. Its name gives no rights, unless it is one that something rests on. */
export async function createRole(ports: Ports, order: SetRole & Act): Promise<CreateRoleOutcome> {
  const outcome = await inRounds(() => create(ports, order))
  return outcome === 'busy' ? { kind: 'busy' } : outcome
}

async function create(ports: Ports, order: SetRole & Act): Promise<CreateRoleOutcome | 'conflict'> {
  const file = await ports.store.siteFile(order.site)
  if (!file) return { kind: 'unknown-site' }
  if (file.roles.some(({ name }) => same(name, order.name))) return { kind: 'name-taken' }
  const role: Role = { ...newRole(file.site.id, order.name), ...order.fields }
  const committed = await ports.store.commit({
    site: file.site.id,
    at: ports.clock.now(),
    origin: order.origin,
    changes: [{ kind: 'add-role', role }],
    events: [
      {
        ev: 'role.created',
        actor: order.actor,
        subject: { type: 'role', id: role.name, name: role.name },
        application: null,
        data: { two_factor_auth: role.twoFactorAuth, fields: Object.keys(order.fields) },
      },
    ],
  })
  return committed === 'conflict' ? 'conflict' : { kind: 'saved', role }
}

/** Nobody tells `Helpdesk` from `helpdesk` in a list of roles. */
function same(one: string, other: string): boolean {
  return one.normalize('NFKC').toLowerCase() === other.normalize('NFKC').toLowerCase()
}
