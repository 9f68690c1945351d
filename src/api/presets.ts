import type { Ports } from '#ports/ports.ts'
import { applyPreset, presetDifference } from '#usecases/apply-preset.ts'
import type { SettingChange } from '#usecases/settings-patch.ts'
import { Preset, PresetApplied, PresetQuery } from './administration-schemas.ts'
import { json } from './answer.ts'
import { tagOf } from './entity-tags.ts'
import type { AdministrationHandler } from './behind-right.ts'
import { partyOf } from './caller.ts'
import { invalid, readInput, readQuery } from './input.ts'
import { refusal } from './login.ts'
import { fieldError, refuseForChannels } from './settings.ts'

/** `POST /settings/preset`: gives the site the settings of a preset; with `?dry_run=true` it only says what would change. */
export function postPreset(ports: Ports): AdministrationHandler {
  return async (call, { caller }) => {
    const query = readQuery(call, PresetQuery)
    if (query.kind === 'refused') return query.response
    const input = await readInput(call, Preset)
    if (input.kind === 'refused') return input.response
    const { name } = input.value
    const refuse = refusal(ports, call)
    if (query.value.dry_run === 'true') {
      const file = await ports.store.siteFile(call.site.name)
      if (!file) return refuse('not_found')
      return answer(name, true, file.site.settingsVersion, presetDifference(file, name))
    }
    const acknowledge = query.value.acknowledge === 'true'
    const act = { actor: partyOf(caller), origin: call.origin, acknowledge }
    const outcome = await applyPreset(ports, { ...act, site: call.site.name, preset: name })
    switch (outcome.kind) {
      case 'changed':
        return answer(name, false, outcome.version, outcome.changes)
      case 'invalid':
        return invalid(call, outcome.problems.map(fieldError))
      case 'channel-unconfigured':
      case 'channel-unproved':
        return refuseForChannels(ports, call, outcome)
      case 'unknown-site':
        return refuse('not_found')
      case 'version-conflict':
      case 'busy':
        return refuse('busy')
    }
  }
}

function answer(name: Preset['name'], dryRun: boolean, version: number, changes: readonly SettingChange[]): Response {
  const body = { name, dry_run: dryRun, version, changes: [...changes] }
  return json(PresetApplied, body, 200, { etag: tagOf(version) })
}

type Preset = { readonly name: Parameters<typeof presetDifference>[1] }
