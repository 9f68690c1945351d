import { Button, Card, Group, SimpleGrid, Stack, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { ask, download } from '../api/client.ts'
import { health } from '../api/queries.ts'
import type { Channel, ChannelHealth, Health } from '../api/shapes.ts'
import { useMoments, useTexts } from '../texts/language.tsx'
import { Mark } from './badges.tsx'
import { ChannelSetUp } from './channel-set-up.tsx'
import { ChannelTest } from './channel-test.tsx'
import { Icon } from './icon.tsx'
import { Loaded, Section } from './page.tsx'
import { To } from './to.tsx'
import { Told, type Tone } from './told.tsx'
import { useChange } from './use-change.ts'
import { useMay } from './use-may.ts'

const TONES: Readonly<Record<ChannelHealth['state'], Tone>> = {
  unconfigured: 'calm',
  off: 'calm',
  unproved: 'note',
  proved: 'good',
  failing: 'bad',
}

/** How each channel fares, the test that proves it, and whom nothing reaches. */
export function ChannelsPanel() {
  const { delivery: says } = useTexts()
  const may = useMay()
  const query = useQuery({ ...health, enabled: may('delivery:read') })
  const [testing, setTesting] = useState<Channel | null>(null)
  const [settingUp, setSettingUp] = useState<Channel | null>(null)
  if (!may('delivery:read')) return null
  return (
    <>
      <Section title={says.channels}>
        <Loaded query={query} height={130}>
          {({ channels }) => (
            <SimpleGrid cols={{ base: 1, sm: 2 }}>
              {channels.map((channel) => (
                <OneChannel
                  key={channel.channel}
                  health={channel}
                  onTest={() => setTesting(channel.channel)}
                  onSetUp={() => setSettingUp(channel.channel)}
                />
              ))}
            </SimpleGrid>
          )}
        </Loaded>
      </Section>
      <Section title={says.unreached} says={says.unreachedSays}>
        <Loaded query={query} height={80}>
          {({ users }) => <Unreached users={users} />}
        </Loaded>
      </Section>
      {testing && <ChannelTest channel={testing} onClose={() => setTesting(null)} />}
      {settingUp && <ChannelSetUp channel={settingUp} onClose={() => setSettingUp(null)} />}
    </>
  )
}

function OneChannel({
  health: { channel, state, owner, proved, removal, last_error: error, last_24_hours: counts },
  onTest,
  onSetUp,
}: {
  readonly health: ChannelHealth
  readonly onTest: () => void
  readonly onSetUp: () => void
}) {
  const { delivery: says } = useTexts()
  const { dayTime } = useMoments()
  const may = useMay()
  const keep = useChange(() => ask('DELETE', `/delivery/channels/${channel}/removal`), { touches: ['delivery'] })
  const set = state !== 'unconfigured' && state !== 'off'
  return (
    <Card>
      <Stack gap="xs" h="100%" justify="space-between">
        <div>
          <Group justify="space-between">
            <Text fw={600}>{says.channel[channel]}</Text>
            <Mark says={says.states[state]} tone={TONES[state]} />
          </Group>
          <Text size="sm" c="dimmed" mt={4}>
            {owner !== null && (owner === 'site' ? says.bySite : says.byServer)}{' '}
            {says.lastDay(counts.accepted + counts.delivered, counts.failed)}{' '}
            {proved && says.provedBy(proved.by, dayTime(proved.at))}
          </Text>
          {state === 'failing' && error && (
            <Told tone="bad" title={`${says.lastError}, ${dayTime(error.at)}`}>
              <bdi>{error.says}</bdi>
            </Told>
          )}
          {removal && (
            <Told tone="warn" title={says.goes(removal.asked_by, dayTime(removal.due_at))}>
              {says.goesSays}
              {may('delivery:write') && (
                <Button
                  mt="xs"
                  display="block"
                  size="xs"
                  onClick={() => keep.run(undefined)}
                  loading={keep.busy}
                  aria-label={says.keepOf(says.channel[channel])}
                >
                  {says.keep}
                </Button>
              )}
            </Told>
          )}
        </div>
        {may('delivery:write') && (
          <Group gap="sm">
            {set && (
              <Button size="xs" onClick={onTest} aria-label={says.testOf(says.channel[channel])}>
                {says.test}
              </Button>
            )}
            <Button size="xs" variant="default" onClick={onSetUp} aria-label={says.setUpOf(says.channel[channel])}>
              {says.setUp}
            </Button>
          </Group>
        )}
      </Stack>
    </Card>
  )
}

const SHOWN = 10

function Unreached({ users }: { readonly users: Health['users'] }) {
  const { delivery: says, common } = useTexts()
  const bad = users.filter(({ warnings }) => warnings.length > 0)
  return (
    <Card>
      <Stack gap={6}>
        {bad.length === 0 && (
          <Text size="sm" c="dimmed">
            {says.unreachedNone}
          </Text>
        )}
        {bad.slice(0, SHOWN).map(({ username, display_name: name, warnings }) => (
          <Text size="sm" key={username}>
            <To to="/users/$username" username={username}>
              <bdi>{name || username}</bdi>
            </To>{' '}
            · {warnings.map((each) => says.warnings[each] ?? each).join(', ')}
          </Text>
        ))}
        {bad.length > SHOWN && (
          <Text size="sm" c="dimmed">
            {common.more(bad.length - SHOWN)}
          </Text>
        )}
        <Group mt={4}>
          <Button
            component="a"
            href={download('/reports/delivery', { format: 'csv' })}
            size="xs"
            variant="default"
            leftSection={<Icon name="download" size={14} />}
          >
            {says.unreachedCsv}
          </Button>
        </Group>
      </Stack>
    </Card>
  )
}
