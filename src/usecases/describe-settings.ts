import type { Instant } from '#domain/time.ts'
import { settingGroups } from '#policy/manual.ts'
import type { SettingKey } from '#policy/settings.ts'
import type { Ports } from '#ports/ports.ts'

/** Where the effective value of a setting comes from. */
export const SETTING_SOURCES = [
  'default',
  'site',
  /** A stored value cannot be read by this version: the strictest reading of the whole site holds. */
  'strictest',
] as const

export interface DescribedSetting {
  readonly key: SettingKey
  readonly group: string
  readonly value: unknown
  readonly source: (typeof SETTING_SOURCES)[number]
  /** Who gave the stored value and when; null: none is stored. */
  readonly changed: { readonly at: Instant; readonly by: string } | null
}

export interface DescribedSettings {
  /** Of all settings together: what a save based on this names in `ifVersions`. */
  readonly version: number
  readonly settings: readonly DescribedSetting[]
  /** Stored keys that this version does not know or understand. */
  readonly unreadable: readonly string[]
}

/** Every setting with its effective value, where that comes from, and who changed it last, in the order of the manual. */
export async function describeSettings(ports: Ports, site: string): Promise<DescribedSettings | 'unknown-site'> {
  const file = await ports.store.siteFile(site)
  if (!file) return 'unknown-site'
  const origins = await ports.store.settingOrigins(file.site.id)
  const held = file.unreadable.length > 0
  const settings = settingGroups().flatMap(([group, keys]) =>
    keys.map((key): DescribedSetting => {
      const value = file.settings[key]
      const origin = origins.get(key)
      const stored = file.stored.get(key)
      const moved = held && JSON.stringify(value) !== JSON.stringify(stored)
      return {
        key,
        group,
        value,
        source: moved ? 'strictest' : stored === undefined ? 'default' : 'site',
        changed: origin ? { at: origin.changedAt, by: origin.changedBy } : null,
      }
    }),
  )
  return { version: file.site.settingsVersion, settings, unreadable: file.unreadable }
}
