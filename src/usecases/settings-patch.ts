import { DEFAULTS, isSettingKey, parseSetting, type SettingKey, type Settings } from '#policy/settings.ts'

export interface SettingChange {
  readonly key: SettingKey
  readonly from: unknown
  readonly to: unknown
}

export interface ParsedPatch {
  /** What is stored: null where the default comes back. */
  readonly values: Readonly<Partial<Record<SettingKey, unknown>>>
  readonly after: Readonly<Partial<Record<SettingKey, unknown>>>
  readonly problems: readonly { readonly key: string; readonly problem: string }[]
}

/** Checks every value against the registry; null takes a stored value back to its default. */
export function parsePatch(patch: Readonly<Record<string, unknown>>): ParsedPatch {
  const values: Partial<Record<SettingKey, unknown>> = {}
  const after: Partial<Record<SettingKey, unknown>> = {}
  const problems: { key: string; problem: string }[] = []
  for (const [key, value] of Object.entries(patch)) {
    if (!isSettingKey(key)) problems.push({ key, problem: `${key}: there is no such setting` })
    else if (value === null) {
      values[key] = null
      after[key] = DEFAULTS[key]
    } else {
      const parsed = parseSetting(key, value)
      if (parsed.ok) after[key] = values[key] = parsed.value
      else problems.push({ key, problem: parsed.problem })
    }
  }
  return { values, after, problems }
}

/** What would be different, with the value before. */
export function changedSettings(before: Settings, after: ParsedPatch['after']): readonly SettingChange[] {
  return (Object.keys(after) as SettingKey[])
    .filter((key) => JSON.stringify(before[key]) !== JSON.stringify(after[key]))
    .map((key) => ({ key, from: before[key], to: after[key] }))
}
