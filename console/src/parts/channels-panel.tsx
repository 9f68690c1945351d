import { Card, Group, SimpleGrid, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { overview } from '../api/queries.ts'
import { useTexts } from '../texts/language.tsx'
import { Mark } from './badges.tsx'
import { Loaded, Section } from './page.tsx'

/** How each channel stands. */
export function ChannelsPanel() {
  const { settings: says } = useTexts()
  const query = useQuery(overview)
  return (
    <Section title={says.channels}>
      <Loaded query={query} height={90}>
        {({ channels }) => (
          <SimpleGrid cols={{ base: 1, sm: 2 }}>
            {(['email', 'sms'] as const).map((name) => {
              const { state, accepted, failed } = channels[name]
              return (
                <Card key={name}>
                  <Group justify="space-between">
                    <Text fw={600}>{says.channel[name]}</Text>
                    <Mark
                      says={says.channelState[state]}
                      tone={state === 'unconfigured' ? 'calm' : failed > 0 ? 'bad' : 'good'}
                    />
                  </Group>
                  <Text size="sm" c="dimmed" mt={4}>
                    {says.lastDay(accepted, failed)}
                  </Text>
                </Card>
              )
            })}
          </SimpleGrid>
        )}
      </Loaded>
    </Section>
  )
}
