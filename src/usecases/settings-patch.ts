import { DEFAULTS, isSettingKey, parseSetting, readSettings, type Settings } from '#policy/settings.ts'
import type { SiteFile } from '#ports/store.ts'

export interface SettingChange {
  /** Also one that this version does not know: it can be taken away. */
  readonly key: string
  readonly from: unknown
  readonly to: unknown
}

export interface PlannedSettings {
  /** What is written: null where the stored value goes. */
  readonly values: Readonly<Record<string, unknown>>
  /** What would be different, with the value before. */
  readonly changes: readonly SettingChange[]
  readonly problems: readonly { readonly key: string; readonly problem: string }[]
  readonly stored: ReadonlyMap<string, unknown>
  /** What is in force afterwards: still the strictest reading while anything stored cannot be read. */
  readonly settings: Settings
}

/**
 * What a patch does to a site: every value checked against the registry and compared with what is stored, not with what is in
 * force, because a site with an unreadable value is under the strictest settings whatever it has stored. An unreadable value is
 * always replaced; null takes away whatever is stored.
 */
export function planSettings(
  { stored }: Pick<SiteFile, 'stored'>,
  patch: Readonly<Record<string, unknown>>,
): PlannedSettings {
  const problems: { key: string; problem: string }[] = []
  const changes: SettingChange[] = []
  const values: [string, unknown][] = []
  const after = new Map(stored)
  for (const [key, value] of Object.entries(patch)) {
    if (!isSettingKey(key) && !(value === null && stored.has(key))) {
      problems.push({ key, problem: `${key}: there is no such setting` })
    } else if (value === null) {
      if (!stored.has(key)) continue
      changes.push({ key, from: storedValue(stored, key), to: isSettingKey(key) ? DEFAULTS[key] : null })
      values.push([key, null])
      after.delete(key)
    } else if (isSettingKey(key)) {
      const parsed = parseSetting(key, value)
      if (!parsed.ok) {
        problems.push({ key, problem: parsed.problem })
        continue
      }
      const from = storedValue(stored, key)
      // What cannot be read never equals a value that can.
      if (JSON.stringify(from) === JSON.stringify(parsed.value)) continue
      changes.push({ key, from, to: parsed.value })
      values.push([key, parsed.value])
      after.set(key, parsed.value)
    }
  }
  return {
    values: Object.fromEntries(values),
    changes,
    problems,
    stored: after,
    settings: readSettings(after).settings,
  }
}

/** The value of a key as stored, without the strictest reading; what cannot be read is given as it stands there. */
export function storedValue(stored: ReadonlyMap<string, unknown>, key: string): unknown {
  if (!stored.has(key)) return isSettingKey(key) ? DEFAULTS[key] : null
  const value = stored.get(key)
  const parsed = isSettingKey(key) ? parseSetting(key, value) : undefined
  return parsed?.ok ? parsed.value : (value ?? null)
}
