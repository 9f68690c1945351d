import type { AuditEvent } from '#audit/event.ts'
import { newApplication } from '#domain/application.ts'
import { newId } from '#domain/id.ts'
import { BUILT_IN_ROLES } from '#domain/rights.ts'
import { newRole } from '#domain/role.ts'
import { isSiteName, RESERVED_NAMES, type Site } from '#domain/site.ts'
import { PRESETS, type PresetName } from '#policy/presets.ts'
import type { Change } from '#ports/changes.ts'
import type { Ports } from '#ports/ports.ts'
import type { Act } from './act.ts'
import { inRounds } from './rounds.ts'
import { sealClosedLog } from './seal-closed-log.ts'

export type CreateSiteOutcome =
  | { readonly kind: 'created'; readonly site: Site }
  | { readonly kind: 'invalid-name'; readonly problem: string }
  | { readonly kind: 'name-taken' }
  | { readonly kind: 'busy' }

export interface CreateSite extends Act {
  readonly name: string
  readonly title?: string | undefined
  readonly preset?: PresetName | undefined
}

/** A new site: the roles something rests on, the application web, and what its preset says. Two-factor is off until switched on. */
export async function createSite(ports: Ports, order: CreateSite): Promise<CreateSiteOutcome> {
  const outcome = await inRounds(() => create(ports, order))
  return outcome === 'busy' ? { kind: 'busy' } : outcome
}

async function create(ports: Ports, order: CreateSite): Promise<CreateSiteOutcome | 'conflict'> {
  const { name } = order
  if (!isSiteName(name)) {
    const reserved = RESERVED_NAMES.includes(name)
    const rule = 'a site is named with 1 to 40 lower-case letters, digits and hyphens'
    return {
      kind: 'invalid-name',
      problem: reserved ? `${name} is a reserved name; choose another one` : `${rule}; "${name}" is not`,
    }
  }
  if (await ports.store.site(name)) return { kind: 'name-taken' }
  const at = ports.clock.now()
  const id = newId('site', ports.random.bytes(16))
  const site: Site = { id, name, title: order.title ?? name, settingsVersion: 1, sessionEpoch: 1, deviceEpoch: 1 }
  const preset = order.preset === undefined ? undefined : PRESETS[order.preset]
  const roles = [...BUILT_IN_ROLES, ...(preset?.roles ?? [])]
  const applications = Object.entries(preset?.applications ?? { web: false })
  const changes: Change[] = [
    { kind: 'add-site', site, at },
    ...roles.map((role): Change => ({ kind: 'add-role', role: newRole(id, role) })),
    ...applications.map(
      ([each, on]): Change => ({ kind: 'add-application', application: newApplication(id, each, on) }),
    ),
  ]
  if (preset)
    changes.push({
      kind: 'set-settings',
      site: id,
      from: 1,
      values: preset.settings,
      by: order.actor.name ?? order.actor.id,
      at,
    })
  const event: AuditEvent = {
    ev: 'site.created',
    actor: order.actor,
    subject: { type: 'site', id, name },
    application: null,
    data: { preset: order.preset ?? null },
  }
  const committed = await ports.store.commit({ site: id, at, origin: order.origin, changes, events: [event] })
  return committed === 'conflict' ? 'conflict' : { kind: 'created', site: { ...site, settingsVersion: preset ? 2 : 1 } }
}

/** Deletes a site and everything in it. Its audit log stays, closed by the account of the deletion and sealed. */
export async function deleteSite(
  ports: Ports,
  order: { name: string } & Act,
): Promise<'deleted' | 'unknown-site' | 'busy'> {
  return inRounds(() => remove(ports, order))
}

async function remove(ports: Ports, order: { name: string } & Act): Promise<'deleted' | 'unknown-site' | 'conflict'> {
  const file = await ports.store.siteFile(order.name)
  if (!file) return 'unknown-site'
  const { site } = file
  const committed = await ports.store.commit({
    site: site.id,
    at: ports.clock.now(),
    origin: order.origin,
    changes: [{ kind: 'remove-site', site: site.id }],
    events: [
      {
        ev: 'site.deleted',
        actor: order.actor,
        subject: { type: 'site', id: site.id, name: site.name },
        application: null,
        data: {},
      },
    ],
  })
  if (committed === 'conflict') return 'conflict'
  await sealClosedLog(ports, site.id)
  return 'deleted'
}
