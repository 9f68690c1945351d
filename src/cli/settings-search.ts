import { OLD_SYSTEMS, type OldName } from '#policy/old-names.ts'
import { searchSettings } from '#policy/search-settings.ts'
import { EXIT, Failure } from './exit-codes.ts'
import { answer, type Job } from './job.ts'
import { table } from './output.ts'

/** Finds a setting under the name that an administrator knows it by. */
// oxlint-disable-next-line typescript/require-await -- every command answers a promise
export async function searchForSetting(job: Job, words: readonly string[]): Promise<void> {
  const typed = words.join(' ')
  const { settings, commands, nearest } = searchSettings(typed)
  if (settings.length === 0 && commands.length === 0) {
    const hint = nearest === undefined ? '' : ` Did you mean "${nearest}"?`
    throw new Failure(EXIT.notFound, `No setting is known by "${typed}".${hint}`)
  }
  const data = {
    settings: settings.map(({ key, says, oldNames }) => ({ key, says, old_names: oldNames.map(oldNameJson) })),
    commands: commands.map(({ command, oldName }) => ({ command, old_name: oldNameJson(oldName) })),
  }
  const rows = [
    ...settings.map(({ key, says, oldNames }) => [key, shown(oldNames), says]),
    ...commands.map(({ command, oldName }) => [command, shown([oldName]), 'A command: countersign --site NAME …']),
  ]
  answer(job, data, table(['Here', 'Elsewhere', 'What it does'], rows))
}

function shown(names: readonly OldName[]): string {
  return names.map(({ system, name, place }) => `${OLD_SYSTEMS[system]}: ${name} (${place})`).join('; ')
}

function oldNameJson({ system, name, place }: OldName): object {
  return { system: OLD_SYSTEMS[system], name, place }
}
