import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { ask } from '../api/client.ts'
import { Problem } from '../api/problem.ts'
import type { Previewed } from '../api/shapes.ts'
import { useTexts } from '../texts/language.tsx'
import { type Change, useChange } from './use-change.ts'
import type { SettingDraft, SettingPatch } from './use-setting-draft.ts'

/** What was looked at, whether the channel that was never proved is taken on, and why it is saved, where that has to be said. */
export interface Save {
  readonly seen: Previewed
  readonly acknowledge?: true | undefined
  readonly reason?: string | undefined
}

/** From a draft to saved settings: first it is looked at, then saved over the very version that was looked at. */
export function useSaveSettings(draft: SettingDraft): {
  readonly reviewing: SettingPatch | null
  readonly review: () => void
  readonly close: () => void
  readonly save: Change<Save, unknown>
  /** What is wrong with values, by key. */
  readonly problems: Readonly<Record<string, string>>
  /** What kept the draft from being looked at. */
  readonly error: unknown
} {
  const { common } = useTexts()
  const client = useQueryClient()
  const [reviewing, setReviewing] = useState<SettingPatch | null>(null)
  const close = (): void => setReviewing(null)
  const look = useChange(
    async (patch: SettingPatch) => (await ask<Previewed>('POST', '/settings/preview', { body: patch })).body,
    { touches: [], done: () => setReviewing(tidy(draft.patch)) },
  )
  const save = useChange(
    async ({ seen, acknowledge, reason }: Save) => {
      try {
        return await ask('PATCH', '/settings', {
          body: reviewing,
          ifMatch: `"${seen.version}"`,
          query: { acknowledge, reason },
        })
      } catch (error) {
        // What the other one saved is shown behind the dialog, and compared with anew; the draft stays.
        if (error instanceof Problem && error.code === 'version_conflict')
          await Promise.all(['settings', 'preview'].map((key) => client.invalidateQueries({ queryKey: [key] })))
        throw error
      }
    },
    {
      touches: ['settings', 'users', 'roles'],
      said: common.saved,
      done: () => {
        draft.discard()
        close()
      },
    },
  )
  const problems = { ...look.fields, ...save.fields }
  return {
    reviewing,
    review: () => {
      save.reset()
      look.run(tidy(draft.patch))
    },
    close,
    save,
    problems,
    error: look.error,
  }
}

/** Lines that nothing stands on are no values. */
function tidy(patch: SettingPatch): SettingPatch {
  return Object.fromEntries(
    Object.entries(patch).map(([key, value]) => [
      key,
      Array.isArray(value) ? value.filter((each) => typeof each !== 'string' || each.trim() !== '') : value,
    ]),
  )
}
