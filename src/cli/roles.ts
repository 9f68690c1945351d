import type { Method } from '#domain/method.ts'
import type { Role } from '#domain/role.ts'
import { EVERYONE } from '#domain/user.ts'
import { parseSetting, type SettingKey } from '#policy/settings.ts'
import { createRole } from '#usecases/create-role.ts'
import { setRole } from '#usecases/roles.ts'
import { EXIT, Failure } from './exit-codes.ts'
import { answer, atSite, busy, type Job, notFound, say } from './job.ts'
import { table } from './output.ts'
import { type None, unlessNone } from './typed-values.ts'

export interface RoleFlags {
  readonly twoFactorAuth?: boolean
  readonly bypassAllowed?: boolean
  readonly failOpenAllowed?: boolean
  readonly methods?: readonly string[] | None
  readonly intervalHours?: number | None
  readonly graceDays?: number | None
  readonly trustedNetworks?: readonly string[] | None
}

export function listRoles(job: Job): Promise<void> {
  return atSite(job, async ({ file: { roles } }) => {
    if (roles.length === 0 && !job.json) return say(job, 'This site has no roles.')
    const rows = roles.map((role) => [
      role.name,
      word(role.twoFactorAuth),
      word(role.bypassAllowed),
      word(role.failOpenAllowed),
      role.methodsAllowed?.join(',') ?? '',
      role.intervalHours?.toString() ?? '',
    ])
    answer(
      job,
      roles.map(roleJson),
      table(['Role', '2FA', 'Exemptions count', 'May fail open', 'Methods', 'Hours'], rows),
    )
  })
}

export async function changeRole(job: Job, name: string, flags: RoleFlags): Promise<void> {
  const fields = fieldsOf(flags)
  if (Object.keys(fields).length === 0) {
    throw new Failure(EXIT.usage, 'What is to be changed? For example: --two-factor-auth on')
  }
  await atSite(job, async ({ ports, order }) => {
    const outcome = await setRole(ports, { ...order, name, fields })
    switch (outcome.kind) {
      case 'unknown-site':
        throw notFound('site', order.site, [])
      case 'unknown-role':
        throw notFound('role', name, outcome.known)
      case 'busy':
        throw busy()
      case 'saved': {
        const { role } = outcome
        const holders = role.name === EVERYONE ? 'every system user holds it' : 'for its holders'
        answer(job, roleJson(role), `Role ${role.name}: 2FA ${word(role.twoFactorAuth)} (${holders}).`)
      }
    }
  })
}

export async function addRole(job: Job, name: string, flags: RoleFlags): Promise<void> {
  const fields = fieldsOf(flags)
  if (name.trim() === '') throw new Failure(EXIT.refused, 'A role has a name of visible characters.')
  await atSite(job, async ({ ports, order }) => {
    const outcome = await createRole(ports, { ...order, name, fields })
    switch (outcome.kind) {
      case 'unknown-site':
        throw notFound('site', order.site, [])
      case 'name-taken':
        throw new Failure(EXIT.refused, `There is a role "${name}" already. "roles set" changes it.`)
      case 'busy':
        throw busy()
      case 'saved':
        answer(job, roleJson(outcome.role), `Role ${name} is made: 2FA ${word(outcome.role.twoFactorAuth)}.`)
        say(job, `Next: countersign --site ${order.site} users set NAME --role ${quoted(name)}`)
    }
  })
}

function quoted(name: string): string {
  return /^[\w-]+$/.test(name) ? name : JSON.stringify(name)
}

type Fields = Partial<Omit<Role, 'site' | 'name' | 'version'>>

/** A role speaks of some settings of the site: a value that the site would not take is not for a role either. */
function fieldsOf(flags: RoleFlags): Fields {
  check('methods.allowed', flags.methods)
  check('challenge.interval_hours', flags.intervalHours)
  check('enrolment.grace_days', flags.graceDays)
  check('network.trusted', flags.trustedNetworks)
  return {
    ...(flags.twoFactorAuth === undefined ? {} : { twoFactorAuth: flags.twoFactorAuth }),
    ...(flags.bypassAllowed === undefined ? {} : { bypassAllowed: flags.bypassAllowed }),
    ...(flags.failOpenAllowed === undefined ? {} : { failOpenAllowed: flags.failOpenAllowed }),
    ...(flags.methods === undefined ? {} : { methodsAllowed: unlessNone(flags.methods) as readonly Method[] | null }),
    ...(flags.intervalHours === undefined ? {} : { intervalHours: unlessNone(flags.intervalHours) }),
    ...(flags.graceDays === undefined ? {} : { graceDays: unlessNone(flags.graceDays) }),
    ...(flags.trustedNetworks === undefined ? {} : { trustedNetworks: unlessNone(flags.trustedNetworks) }),
  }
}

function check(key: SettingKey, value: unknown): void {
  const parsed = value === undefined || value === 'none' ? undefined : parseSetting(key, value)
  if (parsed && !parsed.ok) throw new Failure(EXIT.refused, parsed.problem)
}

function roleJson(role: Role): object {
  return {
    name: role.name,
    two_factor_auth: role.twoFactorAuth,
    bypass_allowed: role.bypassAllowed,
    fail_open_allowed: role.failOpenAllowed,
    methods_allowed: role.methodsAllowed,
    interval_hours: role.intervalHours,
    grace_days: role.graceDays,
    trusted_networks: role.trustedNetworks,
  }
}

function word(on: boolean): string {
  return on ? 'on' : 'off'
}
