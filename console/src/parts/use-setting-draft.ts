import { useState } from 'react'
import type { Setting } from '../api/shapes.ts'

/** Values that are to be saved, by key; null: back to the default. */
export type SettingPatch = Readonly<Record<string, unknown>>

export interface SettingDraft {
  readonly patch: SettingPatch
  readonly count: number
  /** What would hold after saving. */
  readonly valueOf: (setting: Setting) => unknown
  readonly set: (setting: Setting, value: unknown) => void
  readonly reset: (setting: Setting) => void
  readonly discard: () => void
}

/** Changes of settings that nobody has saved yet. They stay until they are saved or discarded, whatever fails in between. */
export function useSettingDraft(): SettingDraft {
  const [patch, setPatch] = useState<SettingPatch>({})
  const without = (before: SettingPatch, key: string): SettingPatch => {
    const { [key]: _, ...rest } = before
    return rest
  }
  return {
    patch,
    count: Object.keys(patch).length,
    valueOf: (setting) => {
      if (!Object.hasOwn(patch, setting.key)) return setting.value
      return patch[setting.key] ?? setting.default
    },
    set: (setting, value) =>
      setPatch((before) =>
        same(value, setting.value) ? without(before, setting.key) : { ...before, [setting.key]: value },
      ),
    reset: (setting) =>
      setPatch((before) =>
        setting.source === 'default' ? without(before, setting.key) : { ...before, [setting.key]: null },
      ),
    discard: () => setPatch({}),
  }
}

function same(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other)
}
