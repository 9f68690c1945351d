import { ALIASES, resolveName } from '#policy/aliases.ts'
import { nearest } from '#policy/nearest.ts'
import { DEFAULTS, SETTING_KEYS, type SettingKey, type Settings } from '#policy/settings.ts'
import type { SiteFile } from '#ports/store.ts'
import { answer, atSite, type Job, say } from './job.ts'
import { table } from './output.ts'
import { unknownSetting } from './unknown-setting.ts'

/** The value of one setting, and nothing else, for scripts; or all settings with what differs from the default. */
export async function getConfig(job: Job, typed: string | undefined): Promise<void> {
  const key = typed === undefined ? undefined : keyOf(typed)
  await atSite(job, async ({ file }) => {
    warn(job, file)
    const { settings } = file
    if (key !== undefined) {
      answer(job, { key, ...entry(settings, key) }, show(settings[key]))
      return
    }
    const rows = SETTING_KEYS.map((each) => [
      each,
      isDefault(settings, each) ? 'default' : 'site',
      show(settings[each]),
    ])
    const data = Object.fromEntries(SETTING_KEYS.map((each) => [each, entry(settings, each)]))
    answer(job, data, table(['Setting', 'From', 'Value'], rows))
  })
}

function keyOf(typed: string): SettingKey {
  const key = resolveName(typed)
  if (key === undefined) throw unknownSetting(typed, nearest(typed, [...SETTING_KEYS, ...Object.keys(ALIASES)]))
  return key
}

function entry(settings: Settings, key: SettingKey): object {
  return { value: settings[key], default: DEFAULTS[key], is_default: isDefault(settings, key) }
}

function isDefault(settings: Settings, key: SettingKey): boolean {
  return JSON.stringify(settings[key]) === JSON.stringify(DEFAULTS[key])
}

/** As `set-config` takes it back. */
function show(value: unknown): string {
  if (Array.isArray(value) && value.length > 0 && value.every((each) => typeof each === 'string'))
    return value.join(',')
  return typeof value === 'string' ? value : JSON.stringify(value)
}

function warn(job: Job, { unreadable }: SiteFile): void {
  if (unreadable.length === 0) return
  say(
    job,
    `This version cannot read what is stored for ${unreadable.join(', ')}; until that is put right, the strictest values hold.`,
  )
}
