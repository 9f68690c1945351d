import { Card, Group, Text } from '@mantine/core'
import type { ComponentProps } from 'react'
import { useMoments } from '../texts/language.tsx'
import { To } from './to.tsx'
import type { Tone } from './told.tsx'

/** One number, what it counts, and where those are. It takes colour only when there is something to do. */
export function Figure({
  title,
  value,
  says,
  tone,
  to,
}: {
  readonly title: string
  readonly value: number
  readonly says: string
  readonly tone: Tone
  readonly to: Pick<ComponentProps<typeof To>, 'to' | 'search'>
}) {
  const { number } = useMoments()
  return (
    <Card padding="md">
      <Text size="sm" fw={550}>
        <To {...to}>{title}</To>
      </Text>
      <Group gap="xs" mt={6} align="baseline">
        <span className="figure" data-tone={value > 0 ? tone : undefined}>
          {number(value)}
        </span>
      </Group>
      <Text size="xs" c="dimmed" mt={4}>
        {says}
      </Text>
    </Card>
  )
}
