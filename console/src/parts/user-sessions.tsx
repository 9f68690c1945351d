import { Button, Group, Stack, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { ask } from '../api/client.ts'
import { ofUser } from '../api/queries.ts'
import type { Page, SessionRow, User } from '../api/shapes.ts'
import { useMoments, useTexts } from '../texts/language.tsx'
import { browserName } from './browser-name.ts'
import { Failed } from './failed.tsx'
import { Loaded } from './page.tsx'
import { Panel } from './panel.tsx'
import { useChange } from './use-change.ts'
import { useMay } from './use-may.ts'

/** Where a user is signed in, and the end of it: of one session, or of all. */
export function Sessions({ user }: { readonly user: User }) {
  const { person: says } = useTexts()
  const { dayTime } = useMoments()
  const may = useMay()
  const query = useQuery(ofUser<Page<SessionRow>>(user.username, 'sessions'))
  const path = `/users/${encodeURIComponent(user.username)}/sessions`
  const end = useChange((id: string | null) => ask('DELETE', id === null ? path : `${path}/${id}`), {
    touches: ['users'],
    said: says.ended,
  })
  const write = may('sessions:write')
  return (
    <Panel
      title={says.sessions}
      acts={
        write &&
        (query.data?.items.length ?? 0) > 1 && (
          <Button size="xs" variant="default" onClick={() => end.run(null)}>
            {says.endAll}
          </Button>
        )
      }
    >
      <Failed error={end.error} />
      <Loaded query={query} height={60}>
        {({ items }) =>
          items.length === 0 ? (
            <Text size="sm" c="dimmed">
              {says.sessionsNone}
            </Text>
          ) : (
            <Stack gap="sm" component="ul" className="steps">
              {items.map(({ id, created_at, last_seen_at, address, user_agent, application }) => (
                <Group key={id} component="li" justify="space-between" wrap="nowrap" align="flex-start">
                  <div>
                    <Text size="sm" fw={550}>
                      {browserName(user_agent) ?? says.unknownBrowser} · {application}
                    </Text>
                    <Text size="xs" c="dimmed">
                      {says.since} {dayTime(created_at)} · {says.lastSeen} {dayTime(last_seen_at)}
                      {address !== null && <> · {address}</>}
                    </Text>
                  </div>
                  {write && (
                    <Button
                      size="xs"
                      variant="subtle"
                      color="red"
                      aria-label={`${says.end}: ${browserName(user_agent) ?? says.unknownBrowser}, ${dayTime(created_at)}`}
                      onClick={() => end.run(id)}
                    >
                      {says.end}
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
