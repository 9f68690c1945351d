import { Button, Card, Group, SimpleGrid, Stack, Text } from '@mantine/core'
import { useState } from 'react'
import { ask } from '../api/client.ts'
import type { PresetApplied, Setting } from '../api/shapes.ts'
import { useTexts } from '../texts/language.tsx'
import { Failed } from './failed.tsx'
import { ReviewDialog } from './review-dialog.tsx'
import { useChange } from './use-change.ts'
import type { Save } from './use-save-settings.ts'
import type { SettingPatch } from './use-setting-draft.ts'

type Name = PresetApplied['name']

/** Starting points. What one would change, and whom that reaches, is shown before anything is saved. */
export function PresetsPanel({
  settings,
  disabled,
}: {
  readonly settings: readonly Setting[]
  readonly disabled: boolean
}) {
  const { settings: says, common } = useTexts()
  const [chosen, setChosen] = useState<{ readonly name: Name; readonly patch: SettingPatch } | null>(null)
  const [same, setSame] = useState<Name | null>(null)
  const look = useChange(
    async (name: Name) =>
      (await ask<PresetApplied>('POST', '/settings/preset', { query: { dry_run: true }, body: { name } })).body,
    {
      touches: [],
      done: ({ name, changes }) => {
        setSame(changes.length === 0 ? name : null)
        if (changes.length > 0)
          setChosen({ name, patch: Object.fromEntries(changes.map(({ key, to }) => [key, to ?? null])) })
      },
    },
  )
  const save = useChange(
    ({ seen, acknowledge, reason }: Save) =>
      ask('PATCH', '/settings', { body: chosen?.patch, ifMatch: `"${seen.version}"`, query: { acknowledge, reason } }),
    { touches: ['settings', 'users', 'roles'], said: common.saved, done: () => setChosen(null) },
  )
  return (
    <Stack>
      <Text c="dimmed" maw={680}>
        {says.presetSays}
      </Text>
      <Failed error={look.error} />
      <SimpleGrid cols={{ base: 1, sm: 2 }}>
        {(Object.keys(says.presets) as Name[]).map((name) => (
          <Card key={name}>
            <Stack h="100%" justify="space-between" gap="md">
              <div>
                <Text fw={600}>{says.presets[name]}</Text>
                <Text size="sm" c="dimmed" mt={4}>
                  {says.presetMeans[name]}
                </Text>
              </div>
              <Group gap="sm">
                <Button
                  size="xs"
                  variant="default"
                  disabled={disabled}
                  loading={look.busy}
                  aria-label={`${says.presets[name]}: ${says.showDifference}`}
                  onClick={() => look.run(name)}
                >
                  {says.showDifference}
                </Button>
                {same === name && (
                  <Text size="sm" role="status">
                    {says.samePreset}
                  </Text>
                )}
              </Group>
            </Stack>
          </Card>
        ))}
      </SimpleGrid>
      <ReviewDialog patch={chosen?.patch ?? null} settings={settings} save={save} onClose={() => setChosen(null)} />
    </Stack>
  )
}
