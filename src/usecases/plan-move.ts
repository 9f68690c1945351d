import type { AuditEvent } from '#audit/event.ts'
import { totpStep } from '#authenticators/totp.ts'
import type { AppAuthenticator } from '#domain/authenticator.ts'
import { newId } from '#domain/id.ts'
import type { Instant } from '#domain/time.ts'
import { canonicalUsername, type User } from '#domain/user.ts'
import type { Moved, MovedApp, MovedProblem } from '#moving/moved.ts'
import type { Change } from '#ports/changes.ts'
import type { Ports } from '#ports/ports.ts'
import type { PersonFile, SiteFile } from '#ports/store.ts'
import { userParty } from './act.ts'
import type { MovedIn, MoveIn } from './move-in.ts'
import { planMovedUsers } from './plan-moved-users.ts'
import { isShort } from './short-secret.ts'

/** How many rows are checked between two reports. */
const STEP = 100

export interface MovePlan {
  readonly problems: readonly MovedProblem[]
  readonly counted: MovedIn
  readonly changes: readonly Change[]
  readonly events: readonly AuditEvent[]
}

type Here = ReadonlyMap<string, PersonFile>

/** What moving in comes to: everything that is wrong, or all that is to be made. `here`: who is at the site, by canonical name. */
export function planMove(ports: Ports, file: SiteFile, order: MoveIn, here: Here, at: Instant): MovePlan {
  const { moved, actor, onProgress } = order
  const total = moved.apps.length + moved.users.length
  const report = (done: number): void => void (done % STEP === 0 && onProgress?.('checking', done, total))
  const { owned, problems } = appsByOwner(file, moved, here, report)
  const users = planMovedUsers(ports, file, moved.users, {
    actor,
    at,
    here: (name) => here.has(name),
    withApp: (name) => owned.has(name),
    onRow: (index) => report(moved.apps.length + index),
  })
  const changes = [...users.changes]
  const events = [...users.events]
  const short: string[] = []
  for (const [name, app] of owned) {
    const before = here.get(name)?.user
    const owner = before ?? users.made.get(name)
    if (!owner) continue
    const authenticator = taken(ports, app, owner, at)
    changes.push(...(before ? firstAuthenticator(before) : []), { kind: 'add-authenticator', authenticator })
    const data = { authenticator: authenticator.id, method: 'app', imported: true, bits: app.secret.length * 8 }
    events.push({ ev: 'factor.enrolled', actor, subject: userParty(owner), application: null, data })
    if (isShort(app.secret)) short.push(owner.username)
  }
  onProgress?.('checking', total, total)
  const known = moved.users.filter(({ username }) => here.has(canonicalUsername(username))).length
  const counted = { users: users.made.size, known, passwords: users.passwords, apps: owned.size, short }
  return { problems: [...moved.problems, ...problems, ...users.problems], counted, changes, events }
}

/** Each app under the name of its one owner, who is here or comes with it. */
function appsByOwner(file: SiteFile, { apps, users }: Moved, here: Here, report: (done: number) => void) {
  const coming = new Set(users.map(({ username }) => canonicalUsername(username)))
  const owned = new Map<string, MovedApp>()
  const problems: MovedProblem[] = []
  for (const [index, app] of apps.entries()) {
    report(index)
    const name = canonicalUsername(app.username)
    const problem = problemWith(app, name)
    if (problem === null) owned.set(name, app)
    else problems.push({ line: app.line, username: app.username, field: 'username', problem })
  }
  return { owned, problems }

  function problemWith({ username }: MovedApp, name: string): string | null {
    const person = here.get(name)
    if (!person && !coming.has(name)) return `there is no user "${username}" at ${file.site.name}`
    const first = owned.get(name)
    if (first) return `has an app on line ${first.line} already`
    return person && person.apps.length > 0 ? 'has an authenticator app here already' : null
  }
}

/** That somebody ever had an authenticator is never forgotten again. */
function firstAuthenticator(user: User): readonly Change[] {
  if (user.hadAuthenticator) return []
  const changed = { ...user, hadAuthenticator: true, version: user.version + 1 }
  return [{ kind: 'change-user', user: changed, from: user.version }]
}

function taken(
  { random, vault }: Ports,
  app: MovedApp,
  owner: Pick<User, 'id' | 'site'>,
  at: Instant,
): AppAuthenticator {
  const id = newId('aut', random.bytes(16))
  return {
    kind: 'app',
    id,
    site: owner.site,
    user: owner.id,
    label: 'Authenticator app',
    sealedSecret: vault.seal(app.secret, id),
    parameters: app.parameters,
    // As if a code of this moment had been used here: it may have been used over there.
    lastStep: totpStep(at, app.parameters.period),
    createdAt: at,
    lastUsedAt: null,
  }
}
