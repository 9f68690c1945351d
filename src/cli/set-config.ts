import type { Role } from '#domain/role.ts'
import { EVERYONE } from '#domain/user.ts'
import { resolveKey } from '#policy/aliases.ts'
import { changeSettings } from '#usecases/settings.ts'
import { EXIT, Failure } from './exit-codes.ts'
import { answer, atSite, busy, type Job, notFound, say } from './job.ts'
import { channelFailure } from './channel-failure.ts'
import { changeLines } from './setting-changes.ts'
import { unknownSetting } from './unknown-setting.ts'

export interface SetConfigFlags {
  readonly acknowledge?: true
  readonly reason?: string
}

/** Keys and values in turn. All of them are saved, or none. */
export async function setConfig(job: Job, typed: readonly string[], flags: SetConfigFlags = {}): Promise<void> {
  const patch = patchOf(typed)
  await atSite(job, async ({ ports, file, order }) => {
    const outcome = await changeSettings(ports, { ...order, patch, ...flags })
    switch (outcome.kind) {
      case 'invalid':
        throw new Failure(EXIT.refused, outcome.problems.map(({ problem }) => problem).join('\n'))
      case 'channel-unconfigured':
      case 'channel-unproved':
        throw channelFailure(order.site, outcome)
      case 'unknown-site':
        throw notFound('site', order.site, [])
      case 'busy':
      case 'version-conflict':
        throw busy()
      case 'changed': {
        const { changes, version } = outcome
        const after = await ports.store.siteFile(order.site)
        const flagged = !flag(file.roles) && flag(after?.roles ?? [])
        const data = { site: order.site, version, changes, roles_flagged: flagged ? [EVERYONE] : [] }
        if (changes.length > 0 || job.json) answer(job, data, changeLines(changes))
        if (changes.length === 0)
          say(job, `Nothing to change: ${Object.keys(patch).join(', ')} had that value already.`)
        if (flagged)
          say(job, `The role ${EVERYONE} is flagged with it: every system user is asked from the next sign-in on.`)
      }
    }
  })
}

/** Keys and values in turn, as a patch. */
export function patchOf(typed: readonly string[]): Readonly<Record<string, unknown>> {
  if (typed.length % 2 !== 0)
    throw new Failure(EXIT.usage, `The setting "${typed.at(-1)}" has no value. Keys and values come in pairs.`)
  const patch: Record<string, unknown> = {}
  for (let at = 0; at < typed.length; at += 2) {
    const [key = '', value = ''] = typed.slice(at, at + 2)
    const resolved = resolveKey(key, value)
    if (resolved.kind === 'unknown') throw unknownSetting(key, resolved.nearest)
    if (resolved.kind === 'invalid') throw new Failure(EXIT.refused, resolved.problem)
    for (const [name, meant] of Object.entries(resolved.patch)) {
      if (Object.hasOwn(patch, name)) throw new Failure(EXIT.usage, `The setting ${name} is given twice.`)
      patch[name] = meant
    }
  }
  return patch
}

function flag(roles: readonly Role[]): boolean {
  return roles.some(({ name, twoFactorAuth }) => name === EVERYONE && twoFactorAuth)
}
