import { ADMINISTRATOR, EVERYONE } from './user.ts'

/** Everything that can be allowed in the administration of a site. A closed list: keys are given rights by these names. */
export const RIGHTS = [
  'session',
  'challenges',
  'settings:read',
  'settings:write',
  'users:read',
  'users:write',
  'users:help',
  'sessions:write',
  'audit:read',
  'delivery:read',
  'delivery:write',
  'keys:read',
  'keys:write',
] as const
export type Right = (typeof RIGHTS)[number]
export type Rights = ReadonlySet<Right>

/** What is changed with these changes what security rests on: a session has to be proved anew for it. */
export const NEEDS_FRESH_PROOF: Rights = new Set<Right>([
  'settings:write',
  'users:write',
  'users:help',
  'delivery:write',
  'keys:write',
])

/** May help people with their second factor, and look at them to do so. */
export const HELPDESK = 'Helpdesk'
/** May read everything and change nothing. */
export const AUDITOR = 'Auditor'

/** Roles that every site has: something rests on their names. */
export const BUILT_IN_ROLES: readonly string[] = [EVERYONE, ADMINISTRATOR, HELPDESK, AUDITOR]

/** These rights and what comes with them: who may change something may read it. */
export function withImplied(given: readonly Right[]): Rights {
  const reads = given.filter((right) => right.endsWith(':write')).map((right) => right.replace(':write', ':read'))
  return new Set(RIGHTS.filter((right) => given.includes(right) || reads.includes(right)))
}

/** What the holder of these roles may do. A role that is not one of the three below gives no right at all. */
export function rightsOfRoles(roles: readonly string[]): Rights {
  if (roles.includes(ADMINISTRATOR)) return new Set(RIGHTS)
  const given: Right[] = []
  if (roles.includes(HELPDESK)) given.push('users:read', 'users:help')
  if (roles.includes(AUDITOR)) given.push(...RIGHTS.filter((right) => right.endsWith(':read')))
  return withImplied(given)
}

/** Whether all of `theirs` are among `mine`: nobody hands out, or lays hands on, more than they have themselves. */
export function covers(mine: Rights, theirs: Iterable<Right>): boolean {
  return [...theirs].every((right) => mine.has(right))
}
