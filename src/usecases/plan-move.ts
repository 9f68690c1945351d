import type { AuditEvent } from '#audit/event.ts'
import { totpStep } from '#authenticators/totp.ts'
import type { AppAuthenticator } from '#domain/authenticator.ts'
import { newId } from '#domain/id.ts'
import type { Instant } from '#domain/time.ts'
import { canonicalUsername, type User } from '#domain/user.ts'
import type { MovedApp, MovedProblem, MovedUser } from '#moving/moved.ts'
import type { Change } from '#ports/changes.ts'
import type { Ports } from '#ports/ports.ts'
import type { PersonFile, SiteFile } from '#ports/store.ts'
import { userParty } from './act.ts'
import type { MovedIn, MoveIn } from './move-in.ts'
import { newUser } from './new-user.ts'
import { isShort } from './short-secret.ts'
import { checkUser, type UserFields } from './user-input.ts'

/** How many rows are checked between two reports. */
const STEP = 100

export interface MovePlan {
  readonly problems: readonly MovedProblem[]
  readonly counted: MovedIn
  readonly changes: readonly Change[]
  readonly events: readonly AuditEvent[]
}

/** What moving in comes to: everything that is wrong, or all that is to be made. `here`: who is at the site, by canonical name. */
export function planMove(
  ports: Ports,
  file: SiteFile,
  order: MoveIn,
  here: ReadonlyMap<string, PersonFile>,
  at: Instant,
): MovePlan {
  const { moved, actor } = order
  const problems = [...moved.problems]
  const withApp = new Map<string, MovedApp>()
  const total = moved.apps.length + moved.users.length
  const coming = new Map(moved.users.map((user) => [canonicalUsername(user.username), user]))
  for (const [index, app] of moved.apps.entries()) {
    if (index % STEP === 0) order.onProgress?.('checking', index, total)
    const name = canonicalUsername(app.username)
    const problem = problemWith(app, name)
    if (problem === null) withApp.set(name, app)
    else problems.push({ line: app.line, username: app.username, ...problem })
  }
  const changes: Change[] = []
  const events: AuditEvent[] = []
  let [users, known, passwords] = [0, 0, 0]
  const owners = new Map<string, User>()
  for (const [index, user] of moved.users.entries()) {
    if (index % STEP === 0) order.onProgress?.('checking', moved.apps.length + index, total)
    const name = canonicalUsername(user.username)
    if (here.has(name)) {
      known += 1
      continue
    }
    const fields = fieldsOf(user)
    for (const each of checkUser(file, user.username, fields))
      problems.push({ line: user.line, username: user.username, ...each })
    if (coming.get(name) !== user)
      problems.push({
        line: user.line,
        username: user.username,
        field: 'username',
        problem: 'stands in the file twice',
      })
    const made = newUser(
      ports,
      file,
      { actor, username: user.username, fields },
      { at, passwordHash: user.passwordHash },
    )
    const owner = withApp.has(name) ? { ...made.user, hadAuthenticator: true } : made.user
    for (const change of made.changes) changes.push(change.kind === 'add-user' ? { ...change, user: owner } : change)
    events.push({ ...made.event, data: { ...made.event.data, imported: true } })
    owners.set(name, owner)
    users += 1
    if (user.passwordHash !== null) passwords += 1
  }
  const short: string[] = []
  for (const [name, app] of withApp) {
    const before = here.get(name)?.user
    const owner = owners.get(name) ?? before
    if (!owner) continue
    if (before && !before.hadAuthenticator)
      changes.push({
        kind: 'change-user',
        user: { ...before, hadAuthenticator: true, version: before.version + 1 },
        from: before.version,
      })
    const authenticator = taken(ports, app, owner, at)
    const weak = isShort(app.secret)
    if (weak) short.push(owner.username)
    changes.push({ kind: 'add-authenticator', authenticator })
    events.push({
      ev: 'factor.enrolled',
      actor,
      subject: userParty(owner),
      application: null,
      data: { authenticator: authenticator.id, method: 'app', imported: true, bits: app.secret.length * 8 },
    })
  }
  order.onProgress?.('checking', total, total)
  return { problems, counted: { users, known, passwords, apps: withApp.size, short }, changes, events }

  function problemWith(app: MovedApp, name: string): { field: string; problem: string } | null {
    const person = here.get(name)
    if (!person && !coming.has(name))
      return { field: 'username', problem: `there is no user "${app.username}" at ${file.site.name}` }
    const first = withApp.get(name)
    if (first) return { field: 'username', problem: `has an app on line ${first.line} already` }
    return person && person.apps.length > 0
      ? { field: 'username', problem: 'has an authenticator app here already' }
      : null
  }
}

function fieldsOf(user: MovedUser): UserFields {
  const { displayName, email, phone, kind, status, roles } = user
  // Frappe writes en-US and zh-TW as we do; what is none of a language is left to the site.
  const language = /^[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*$/.test(user.language ?? '') ? user.language : undefined
  return { displayName, email, phone, kind, status, roles, language }
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
    lastStep: totpStep(at, app.parameters.period),
    createdAt: at,
    lastUsedAt: null,
  }
}
