import { Button, Card, Group, Text } from '@mantine/core'
import { useTexts } from '../texts/language.tsx'
import type { SettingDraft } from './use-setting-draft.ts'

/** What is not saved yet, always in sight, with the way to save it. */
export function SaveBar({ draft, onReview }: { readonly draft: SettingDraft; readonly onReview: () => void }) {
  const { settings: says } = useTexts()
  if (draft.count === 0) return null
  return (
    <Card className="savebar" padding="sm" shadow="md" role="region" aria-label={says.bar(draft.count)}>
      <Group justify="space-between" gap="sm">
        <Text size="sm" fw={550}>
          {says.bar(draft.count)}
        </Text>
        <Group gap="sm">
          <Button variant="default" onClick={draft.discard}>
            {says.discard}
          </Button>
          <Button onClick={onReview}>{says.review}</Button>
        </Group>
      </Group>
    </Card>
  )
}
