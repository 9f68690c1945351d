import type { SiteId } from '#domain/id.ts'
import { covers, type Rights, rightsOfRoles } from '#domain/rights.ts'
import type { User } from '#domain/user.ts'
import type { Ports } from '#ports/ports.ts'

export type Reach =
  | { readonly kind: 'within'; readonly user: User }
  /** This user may do something that the caller may not. */
  | { readonly kind: 'above'; readonly user: User }
  | { readonly kind: 'unknown-user' }

/**
 * Whether rights reach a user: only as far as the user has no more of them. Who could change an Administrator's password, mailbox
 * or second factor would soon be the Administrator. To ask before acting is enough: a user who rises in between was below then.
 */
export async function reachUser(
  ports: Ports,
  query: { readonly site: SiteId; readonly username: string; readonly rights: Rights },
): Promise<Reach> {
  const file = await ports.store.personFile(query.site, query.username, ports.clock.now())
  if (!file) return { kind: 'unknown-user' }
  const { user } = file
  return covers(query.rights, rightsOfRoles(user.roles)) ? { kind: 'within', user } : { kind: 'above', user }
}
