import type { AuditEvent } from '#audit/event.ts'
import type { JsonValue } from '#audit/canonical.ts'
import type { Role } from '#domain/role.ts'
import type { Site } from '#domain/site.ts'
import { EVERYONE } from '#domain/user.ts'
import { isSettingKey, type Settings } from '#policy/settings.ts'
import type { Change } from '#ports/changes.ts'
import type { Ports } from '#ports/ports.ts'
import type { SiteFile } from '#ports/store.ts'
import type { Act } from './act.ts'
import { announceFailMode, unexplained } from './announce-fail-mode.ts'
import { type ChannelTrouble, channelsBeforeSaving } from './channels-before-saving.ts'
import { inRounds } from './rounds.ts'
import { type PlannedSettings, planSettings, type SettingChange, storedValue } from './settings-patch.ts'

export type ChangeSettingsOutcome =
  | {
      readonly kind: 'changed'
      readonly version: number
      readonly changes: readonly SettingChange[]
      readonly settings: Settings
    }
  /** Nothing was changed; every problem is named at once. */
  | { readonly kind: 'invalid'; readonly problems: readonly { readonly key: string; readonly problem: string }[] }
  | { readonly kind: 'version-conflict'; readonly version: number }
  /** The change rests on a channel that was never set up, or (unless that is acknowledged) never proved. */
  | ChannelTrouble
  | { readonly kind: 'unknown-site' }
  | { readonly kind: 'busy' }

export interface ChangeSettings extends Act {
  readonly site: string
  /** Values by key, as they came in; null takes a stored value back to its default. */
  readonly patch: Readonly<Record<string, unknown>>
  /** The version the caller saw, or several; another one now means that somebody else has saved in between. */
  readonly ifVersions?: readonly number[] | undefined
  /** Whoever saves has been told who could be locked out by a channel that was never proved. */
  readonly acknowledge?: boolean | undefined
  /** Why, for the audit log. A change of what happens where no channel was ever set up has to say it. */
  readonly reason?: string | undefined
}

/** Changes settings of a site: all of them or none. Old and new values go into the audit log. */
export async function changeSettings(ports: Ports, order: ChangeSettings): Promise<ChangeSettingsOutcome> {
  const outcome = await inRounds<ChangeSettingsOutcome>(async () => {
    const now = ports.clock.now()
    const file = await ports.store.siteFile(order.site)
    if (!file) return { kind: 'unknown-site' }
    const { site } = file
    const planned = planSettings(file, order.patch)
    const { changes, settings, values, problems } = planned
    const wrong = [...problems, ...unexplained(changes, order.reason)]
    if (wrong.length > 0) return { kind: 'invalid', problems: wrong }
    if (order.ifVersions && !order.ifVersions.includes(site.settingsVersion)) {
      return { kind: 'version-conflict', version: site.settingsVersion }
    }
    if (changes.length === 0)
      return { kind: 'changed', version: site.settingsVersion, changes, settings: file.settings }
    const flagged = flagEveryone(file, planned)
    const trouble = await channelsBeforeSaving(ports, file, siteAfter(file, settings, flagged))
    if (trouble && !(trouble.kind === 'channel-unproved' && order.acknowledge)) return trouble
    const failMode = await announceFailMode(ports, file, order, changes, now)
    const committed = await ports.store.commit({
      site: site.id,
      at: now,
      origin: order.origin,
      changes: [
        {
          kind: 'set-settings',
          site: site.id,
          from: site.settingsVersion,
          values,
          by: order.actor.name ?? order.actor.id,
          at: now,
        },
        ...flagged.map(({ change }) => change),
        ...failMode.changes,
      ],
      events: [
        settingsEvent(order, site, changes, trouble),
        ...flagged.map(({ event }) => event(order)),
        ...failMode.events,
      ],
    })
    return committed === 'conflict'
      ? 'conflict'
      : { kind: 'changed', version: site.settingsVersion + 1, changes, settings }
  })
  return outcome === 'busy' ? { kind: 'busy' } : outcome
}

/**
 * On the change from off to on, and only then, the role All is flagged, if the site wants that. A later save leaves it alone. It
 * is the stored switch that counts: what a site is held to while a value cannot be read is nobody's change.
 */
export function flagEveryone(
  file: SiteFile,
  { stored, settings }: Pick<PlannedSettings, 'stored' | 'settings'>,
): readonly { role: Role; change: Change; event: (act: Act) => AuditEvent }[] {
  const [before, after] = [file.stored, stored].map((each) => storedValue(each, 'two_factor.enabled'))
  const switchedOn = before === false && after === true
  const role = file.roles.find(({ name }) => name === EVERYONE)
  if (!switchedOn || !settings['two_factor.flag_all_role_on_enable'] || !role || role.twoFactorAuth) return []
  const flagged = { ...role, twoFactorAuth: true, version: role.version + 1 }
  return [
    {
      role: flagged,
      change: { kind: 'change-role', role: flagged, from: role.version },
      event: ({ actor }) => ({
        ev: 'role.changed',
        actor,
        subject: { type: 'role', id: role.name, name: role.name },
        application: null,
        data: { two_factor_auth: { from: false, to: true } },
      }),
    },
  ]
}

/** The settings and roles of a site as they would be. */
export function siteAfter(
  file: SiteFile,
  settings: Settings,
  flagged: readonly { readonly role: Role }[],
): Pick<SiteFile, 'settings' | 'roles'> {
  const roles = file.roles.map((role) => flagged.find(({ role: each }) => each.name === role.name)?.role ?? role)
  return { settings, roles }
}

function settingsEvent(
  { actor }: Act,
  site: Site,
  changes: readonly SettingChange[],
  acknowledged: ChannelTrouble | null,
): AuditEvent {
  const shown = changes.map(({ key, from, to }) => ({ key, from: auditValue(key, from), to: auditValue(key, to) }))
  return {
    ev: 'policy.changed',
    actor,
    subject: { type: 'site', id: site.id, name: site.name },
    application: null,
    data: {
      changes: shown,
      ...(acknowledged && { unproved: [...acknowledged.channels], could_be_locked_out: [...acknowledged.users] }),
    },
  }
}

/**
 * Names and numbers of contact persons are personal: what stays for good says only how many there were. Of a setting that this
 * version does not know nobody can say what is in it.
 */
function auditValue(key: string, value: unknown): JsonValue {
  if (key === 'contact.persons') return Array.isArray(value) ? `${value.length} persons` : 'unreadable'
  if (!isSettingKey(key)) return value === null ? null : 'unreadable'
  return value as JsonValue
}
