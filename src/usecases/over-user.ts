import type { AuditEvent } from '#audit/event.ts'
import type { Instant } from '#domain/time.ts'
import type { User } from '#domain/user.ts'
import type { Change } from '#ports/changes.ts'
import type { Ports } from '#ports/ports.ts'
import type { PersonFile } from '#ports/store.ts'
import type { Act } from './act.ts'
import { inRounds } from './rounds.ts'
import type { FieldProblem } from './user-input.ts'

export type UserOutcome =
  | { readonly kind: 'saved'; readonly user: User }
  | { readonly kind: 'invalid'; readonly problems: readonly FieldProblem[] }
  | { readonly kind: 'name-taken' }
  | UserRefusal
  /** The user is not any more as the caller saw them. */
  | { readonly kind: 'version-conflict'; readonly revision: string }
  | { readonly kind: 'unknown-user' }
  | { readonly kind: 'unknown-site' }
  | { readonly kind: 'busy' }

/** What nobody may do, whatever they may do otherwise: it would shut the door behind somebody. */
export type UserRefusal =
  /** Nobody else could administer the site. */
  | { readonly kind: 'last-administrator' }
  /** A factor is required of this user, and no way to prove one would be left. */
  | { readonly kind: 'last-factor' }
  /** A hundred failed codes in a row: the factor has to be bound again, and unlocking does not do that. */
  | { readonly kind: 'factor-disabled' }
  /** Nobody exempts themselves. */
  | { readonly kind: 'own-bypass' }

export interface OverUser extends Act {
  readonly site: string
  readonly username: string
  /** The revisions the caller would change; another one now means that somebody else has saved in between. Left out: any. */
  readonly ifRevision?: readonly string[] | undefined
}

export type UserWrites = {
  readonly changes: readonly Change[]
  readonly events: readonly [AuditEvent, ...AuditEvent[]]
  readonly user: User
}

/** Which state of which user this is: one made later under the same name is another user. */
export function revisionOf({ id, version }: Pick<User, 'id' | 'version'>): string {
  return `${id}.${version}`
}

/** Reads a user, lets `decide` say what is to be done, commits it; again if somebody was faster. */
export async function overUser(
  ports: Ports,
  order: OverUser,
  decide: (
    file: PersonFile,
    at: Instant,
  ) => Promise<UserWrites | UserRefusal | Extract<UserOutcome, { kind: 'invalid' | 'saved' }>>,
): Promise<UserOutcome> {
  const outcome = await inRounds<UserOutcome>(async () => {
    const at = ports.clock.now()
    const site = await ports.store.siteFile(order.site)
    if (!site) return { kind: 'unknown-site' }
    const file = await ports.store.personFile(site.site.id, order.username, at)
    if (!file) return { kind: 'unknown-user' }
    const revision = revisionOf(file.user)
    if (order.ifRevision && !order.ifRevision.includes(revision)) return { kind: 'version-conflict', revision }
    const decided = await decide(file, at)
    if ('kind' in decided) return decided
    const { changes, events, user } = decided
    const committed = await ports.store.commit({ site: site.site.id, at, origin: order.origin, changes, events })
    return committed === 'conflict' ? 'conflict' : { kind: 'saved', user }
  })
  return outcome === 'busy' ? { kind: 'busy' } : outcome
}
