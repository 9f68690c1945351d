import { PRESETS, type PresetName } from '#policy/presets.ts'
import type { SettingKey } from '#policy/settings.ts'
import type { Ports } from '#ports/ports.ts'
import type { SiteFile } from '#ports/store.ts'
import type { Act } from './act.ts'
import { type ChangeSettingsOutcome, changeSettings } from './settings.ts'
import { planSettings, type SettingChange } from './settings-patch.ts'

/** Every setting that some preset speaks of: what the one before had set must not stay behind. */
const SPOKEN_OF = [...new Set(Object.values(PRESETS).flatMap(({ settings }) => Object.keys(settings) as SettingKey[]))]

/** The settings of a preset, with a default for whatever only another preset speaks of. The rest of the site is left alone. */
export function presetPatch(name: PresetName): Readonly<Record<string, unknown>> {
  const { settings } = PRESETS[name]
  return Object.fromEntries(SPOKEN_OF.map((key) => [key, settings[key] ?? null]))
}

/** What a preset would change at a site, key by key. */
export function presetDifference(file: Pick<SiteFile, 'stored'>, name: PresetName): readonly SettingChange[] {
  return planSettings(file, presetPatch(name)).changes
}

/** Gives an existing site the settings of a preset. */
export async function applyPreset(
  ports: Ports,
  order: { site: string; preset: PresetName; acknowledge?: boolean | undefined } & Act,
): Promise<ChangeSettingsOutcome> {
  return changeSettings(ports, {
    site: order.site,
    patch: presetPatch(order.preset),
    acknowledge: order.acknowledge,
    reason: `preset ${order.preset}`,
    actor: order.actor,
    origin: order.origin,
  })
}
