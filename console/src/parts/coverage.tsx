import { Card, Group, Progress, Stack, Text } from '@mantine/core'
import type { MantineColor } from '@mantine/core'
import type { Overview, Standing } from '../api/shapes.ts'
import { useMoments, useTexts } from '../texts/language.tsx'
import { Icon } from './icon.tsx'
import { GoTo, To } from './to.tsx'

/** In the order of the bar: from what is well to what is not asked. */
const PARTS: readonly (readonly [Standing, MantineColor])[] = [
  ['ready', 'pine.7'],
  ['grace', 'blue.5'],
  ['must_enrol', 'orange.5'],
  ['refused', 'red.6'],
  ['let_in', 'red.4'],
  ['exempt', 'yellow.5'],
  ['not_required', 'gray.5'],
]

/** Whether the second factor is asked at all, and how many of those who have to pass it could. */
export function Coverage({ overview }: { readonly overview: Overview }) {
  const { overview: says, standing: words } = useTexts()
  const { number } = useMoments()
  const { enabled, users, standing } = overview
  const required = users - standing.not_required
  const parts = PARTS.filter(([part]) => standing[part] > 0)
  return (
    <Card>
      <Group justify="space-between" align="flex-start" gap="md">
        <Group gap="sm" align="flex-start" wrap="nowrap">
          <Text c={enabled ? 'pine' : 'dimmed'} component="span" mt={1}>
            <Icon name="shield" size={26} />
          </Text>
          <div>
            <Text fw={620} size="lg">
              {enabled ? says.on : says.off}
            </Text>
            <Text c="dimmed" size="sm">
              {enabled ? says.onSays(standing.ready, required) : says.offSays}
            </Text>
          </div>
        </Group>
        {!enabled && (
          <GoTo to="/settings" search={{ tab: 'system' }} variant="filled">
            {says.switchOn}
          </GoTo>
        )}
      </Group>
      {enabled && users > 0 && (
        <Stack gap="sm" mt="md">
          <Progress.Root size={14} radius="xl" aria-hidden>
            {parts.map(([part, color]) => (
              <Progress.Section key={part} value={(standing[part] / users) * 100} color={color} withAria={false} />
            ))}
          </Progress.Root>
          <Group gap="4px 20px">
            {parts.map(([part, color]) => (
              <Group key={part} gap={7} wrap="nowrap">
                <Swatch color={color} />
                <Text size="sm">
                  <To to="/users" search={{ standing: part }}>
                    {words[part]}
                  </To>{' '}
                  <Text span fw={620}>
                    {number(standing[part])}
                  </Text>
                </Text>
              </Group>
            ))}
          </Group>
        </Stack>
      )}
    </Card>
  )
}

function Swatch({ color }: { readonly color: MantineColor }) {
  const [name = 'gray', shade = '5'] = String(color).split('.')
  return <span className="swatch" style={{ background: `var(--mantine-color-${name}-${shade})` }} aria-hidden="true" />
}
