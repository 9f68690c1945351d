import { Button, Group, Stack, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { ask } from '../api/client.ts'
import { ofUser } from '../api/queries.ts'
import type { DeviceRow, Page, User } from '../api/shapes.ts'
import { useMoments, useTexts } from '../texts/language.tsx'
import { browserName } from './browser-name.ts'
import { Failed } from './failed.tsx'
import { Loaded } from './page.tsx'
import { Panel } from './panel.tsx'
import { useChange } from './use-change.ts'
import { useMay } from './use-may.ts'

/** Browsers that passed a challenge and are not asked for a while. */
export function Devices({ user }: { readonly user: User }) {
  const { person: says, overview } = useTexts()
  const { dayTime } = useMoments()
  const may = useMay()
  const query = useQuery(ofUser<Page<DeviceRow>>(user.username, 'devices'))
  const path = `/users/${encodeURIComponent(user.username)}/devices`
  const forget = useChange((id: string | null) => ask('DELETE', id === null ? path : `${path}/${id}`), {
    touches: ['users'],
    said: says.ended,
  })
  const write = may('sessions:write')
  return (
    <Panel
      title={says.devices}
      acts={
        write &&
        (query.data?.items.length ?? 0) > 1 && (
          <Button size="xs" variant="default" onClick={() => forget.run(null)}>
            {says.forgetAll}
          </Button>
        )
      }
    >
      <Failed error={forget.error} />
      <Loaded query={query} height={60}>
        {({ items }) =>
          items.length === 0 ? (
            <Text size="sm" c="dimmed">
              {says.devicesNone}
            </Text>
          ) : (
            <Stack gap="sm" component="ul" className="steps">
              {items.map(({ id, passed_at, method, last_used_at, address, user_agent }) => (
                <Group key={id} component="li" justify="space-between" wrap="nowrap" align="flex-start">
                  <div>
                    <Text size="sm" fw={550}>
                      {browserName(user_agent) ?? says.unknownBrowser}
                    </Text>
                    <Text size="xs" c="dimmed">
                      {says.passed} {dayTime(passed_at)} · {overview.methods[method] ?? method}
                      <br />
                      {says.lastUsed} {dayTime(last_used_at)}
                      {address !== null && (
                        <>
                          {' · '}
                          <bdi>{address}</bdi>
                        </>
                      )}
                    </Text>
                  </div>
                  {write && (
                    <Button
                      size="xs"
                      variant="subtle"
                      color="red"
                      aria-label={`${says.forget}: ${browserName(user_agent) ?? says.unknownBrowser}, ${dayTime(passed_at)}`}
                      onClick={() => forget.run(id)}
                    >
                      {says.forget}
                    </Button>
                  )}
                </Group>
              ))}
            </Stack>
          )
        }
      </Loaded>
    </Panel>
  )
}
