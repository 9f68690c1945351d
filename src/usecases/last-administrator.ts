import type { UserId } from '#domain/id.ts'
import { isAdministrator, type User } from '#domain/user.ts'
import type { AdministratorRow } from '#ports/store.ts'

/** Whether this administrator can sign in: what the policy asks of administrators beyond that, they can always enrol for. */
export function canAdminister({
  kind,
  status,
  hasPassword,
  disabled,
}: Omit<AdministratorRow, 'id' | 'username'>): boolean {
  return status === 'active' && kind !== 'service' && hasPassword && !disabled
}

/** Whether nobody else could administer the site without this one. Who cannot sign in now is not missed. */
export function isLastAdministrator(administrators: readonly AdministratorRow[], user: UserId): boolean {
  const able = administrators.filter(canAdminister)
  return able.length > 0 && able.every(({ id }) => id === user)
}

/** Whether a change takes a user out of the number of administrators; `after: null`: the user goes altogether. */
export function resigns(before: User, after: User | null): boolean {
  const counts = (user: User): boolean => isAdministrator(user) && user.status === 'active' && user.kind !== 'service'
  return counts(before) && (after === null || !counts(after))
}
