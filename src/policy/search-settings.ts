import { ATTRIBUTES } from './attributes.ts'
import { nearest } from './nearest.ts'
import { OLD_NAMES, OLD_SYSTEMS, type OldName } from './old-names.ts'
import { SETTING_KEYS, SETTINGS } from './settings.ts'

export interface FoundSetting {
  readonly key: string
  readonly says: string
  /** The names it is known by elsewhere that fit the words; empty: its own name or meaning does. */
  readonly oldNames: readonly OldName[]
}

export interface FoundCommand {
  readonly command: string
  readonly oldName: OldName
}

export interface SettingsFound {
  readonly settings: readonly FoundSetting[]
  readonly commands: readonly FoundCommand[]
  /** Where nothing was found: the name that was probably meant. */
  readonly nearest: string | undefined
}

/** Whatever an administrator may call it: the settings, words of the policy and commands that all these words speak of. */
export function searchSettings(typed: string): SettingsFound {
  const words = plain(typed)
    .split(' ')
    .filter((word) => word !== '')
  const fits = (...texts: readonly string[]): boolean =>
    words.length > 0 && words.every((word) => plain(texts.join(' ')).includes(word))
  const old = OLD_NAMES.filter(({ system, name, place }) => fits(name, place, OLD_SYSTEMS[system]))
  const known = [...SETTING_KEYS.map((key) => ({ key: key as string, says: SETTINGS[key].says })), ...ATTRIBUTES]
  const settings = known
    .map(({ key, says }) => ({ key, says, oldNames: old.filter(({ means }) => means.some((each) => each === key)) }))
    .filter(({ key, says, oldNames }) => oldNames.length > 0 || fits(key, says))
  const commands = old.flatMap((oldName) =>
    oldName.command === undefined ? [] : [{ command: oldName.command, oldName }],
  )
  const nothing = settings.length === 0 && commands.length === 0
  const names = [...SETTING_KEYS, ...OLD_NAMES.flatMap(({ name, place }) => [name, place])]
  return { settings: byFit(settings), commands, nearest: nothing ? nearest(typed, names) : undefined }
}

/** What goes by an old name of these words comes first. */
function byFit(settings: readonly FoundSetting[]): readonly FoundSetting[] {
  return settings.toSorted((a, b) => Number(b.oldNames.length > 0) - Number(a.oldNames.length > 0))
}

/** Case, hyphens, underscores and dots make no difference to who is searching. */
function plain(text: string): string {
  return text
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}/]+/gu, ' ')
    .trim()
}
