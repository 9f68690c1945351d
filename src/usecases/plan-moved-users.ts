import type { AuditEvent } from '#audit/event.ts'
import type { Instant } from '#domain/time.ts'
import { canonicalUsername, type User } from '#domain/user.ts'
import type { MovedProblem, MovedUser } from '#moving/moved.ts'
import type { Change } from '#ports/changes.ts'
import type { Ports } from '#ports/ports.ts'
import type { SiteFile } from '#ports/store.ts'
import type { Act } from './act.ts'
import { newUser } from './new-user.ts'
import { asKept, checkUser, type FieldProblem, type UserFields } from './user-input.ts'

export interface MovedUsersPlan {
  readonly problems: readonly MovedProblem[]
  readonly changes: readonly Change[]
  readonly events: readonly AuditEvent[]
  /** Those who are made, by canonical name. */
  readonly made: ReadonlyMap<string, User>
  readonly passwords: number
}

/**
 * Users of another system as users of ours. `here`: names that are taken, whose users stay as they are. `withApp`: names whose
 * authenticator app comes along, so that they have had one from the beginning.
 */
export function planMovedUsers(
  ports: Pick<Ports, 'random'>,
  file: SiteFile,
  moved: readonly MovedUser[],
  order: Pick<Act, 'actor'> & {
    readonly here: (name: string) => boolean
    readonly withApp: (name: string) => boolean
    readonly at: Instant
    readonly onRow: (index: number) => void
  },
): MovedUsersPlan {
  const problems: MovedProblem[] = []
  const changes: Change[] = []
  const events: AuditEvent[] = []
  const made = new Map<string, User>()
  let passwords = 0
  for (const [index, coming] of moved.entries()) {
    order.onRow(index)
    const { line, username, passwordHash } = coming
    const name = canonicalUsername(username)
    if (order.here(name)) continue
    const fields = fieldsOf(coming)
    const twice: readonly FieldProblem[] = made.has(name)
      ? [{ field: 'username', problem: 'stands in the file twice' }]
      : []
    for (const each of [...checkUser(file, username, fields), ...twice]) problems.push({ line, username, ...each })
    const kept = asKept(file, fields)
    const begun = newUser(ports, file, { actor: order.actor, username, fields: kept }, { at: order.at, passwordHash })
    const user = { ...begun.user, hadAuthenticator: order.withApp(name) }
    for (const change of begun.changes) changes.push(change.kind === 'add-user' ? { ...change, user } : change)
    events.push({ ...begun.event, data: { ...begun.event.data, imported: true } })
    made.set(name, user)
    if (passwordHash !== null) passwords += 1
  }
  return { problems, changes, events, made, passwords }
}

function fieldsOf(user: MovedUser): UserFields {
  const { displayName, email, phone, kind, status, roles } = user
  // What is no tag of a language is left to the site.
  const language = /^[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*$/.test(user.language ?? '') ? user.language : undefined
  return { displayName, email, phone, kind, status, roles, language }
}
