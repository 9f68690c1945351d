import { OLD_NAMES, OLD_SYSTEMS } from './old-names.ts'
import { type SettingKey, SETTINGS } from './settings.ts'

/** What a setting means, and what it is called where its readers may come from. */
export function describedSetting(key: SettingKey): string {
  const elsewhere = OLD_NAMES.filter(({ means }) => means.some((each) => each === key)).map(
    ({ system, name, place }) => `${OLD_SYSTEMS[system]}: “${name}” (${place})`,
  )
  const { says } = SETTINGS[key]
  return elsewhere.length === 0 ? says : `${says} Elsewhere: ${elsewhere.join('; ')}.`
}
