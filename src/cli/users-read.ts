import { type Instant, rfc3339 } from '#domain/time.ts'
import { rolesHeld, type User } from '#domain/user.ts'
import type { Site } from '#domain/site.ts'
import type { Ports } from '#ports/ports.ts'
import { answer, atSite, type Job, say } from './job.ts'
import { sheet, table } from './output.ts'
import { exemption, switchesOn, userJson } from './user-view.ts'
import { noSuchUser } from './users-refused.ts'

/** Users that are read at once. */
const PAGE = 500

export function listUsers(job: Job): Promise<void> {
  return atSite(job, async ({ ports, file }) => {
    const users = await everyUser(ports, file.site)
    if (users.length === 0)
      say(job, `There are no users yet. "countersign --site ${file.site.name} users add NAME" makes one.`)
    if (users.length === 0 && !job.json) return
    const now = ports.clock.now()
    const switches = await ports.store.userApplications(file.site.id)
    const rows = users.map((user) => [
      user.username,
      user.kind,
      user.status,
      user.email ?? '',
      user.phone ?? '',
      switchesOn(user),
      user.roles.join(', '),
      exemption(user, now),
    ])
    const head = ['User', 'Kind', 'Status', 'Email', 'Phone', 'Switches', 'Roles', 'Exempt']
    answer(
      job,
      users.map((user) => userJson(user, file.applications, switches.get(user.id) ?? {})),
      table(head, rows),
    )
  })
}

export function showUser(job: Job, name: string): Promise<void> {
  return atSite(job, async ({ ports, file: { site } }) => {
    const now = ports.clock.now()
    const file = await ports.store.personFile(site.id, name, now)
    if (!file) throw await noSuchUser(ports, site, name)
    const { user, apps, counters, userApplications, applications } = file
    const sessions = await ports.store.countSessions(site.id, user.id, now)
    const devices = await ports.store.countDevices(site.id, user.id)
    const locked = counters.lockedUntil > now ? rfc3339(counters.lockedUntil) : null
    const state = {
      authenticator_apps: apps.length,
      sessions,
      remembered_devices: devices,
      locked_until: locked,
      second_step_disabled: counters.disabled,
    }
    const asked = applications.filter((each) => userApplications[each.name] === true).map((each) => each.name)
    const text = sheet([
      ['User', user.username],
      ['Name', user.displayName],
      ['Kind', `${user.kind}, ${user.status}`],
      ['Email', user.email ?? ''],
      ['Phone', user.phone ?? ''],
      ['Roles', rolesHeld(user).join(', ')],
      ['Switches', switchesOn(user)],
      ['Applications', asked.join(', ')],
      ['Exempt', exemption(user, now) + noteOf(user)],
      ['Apps', String(apps.length)],
      ['Sessions', String(sessions)],
      ['Browsers', String(devices)],
      ['Second step', lockOf(counters.disabled, locked)],
      ['Last sign-in', lastSignIn(user.lastSignInAt)],
    ])
    answer(job, { ...userJson(user, applications, userApplications), ...state }, text)
  })
}

async function everyUser(ports: Ports, site: Site): Promise<readonly User[]> {
  const users: User[] = []
  for (;;) {
    const page = await ports.store.users(site.id, { after: users.at(-1)?.username ?? null, limit: PAGE })
    users.push(...page)
    if (page.length < PAGE) return users
  }
}

function noteOf({ bypass }: User): string {
  return bypass && bypass.note !== '' ? ` (${bypass.note})` : ''
}

function lockOf(disabled: boolean, locked: string | null): string {
  if (disabled) return 'disabled after too many failed codes'
  return locked === null ? 'open' : `locked until ${locked}`
}

function lastSignIn(at: Instant | null): string {
  return at === null ? 'never' : rfc3339(at)
}
