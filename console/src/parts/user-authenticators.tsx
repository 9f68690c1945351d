import { Button, Group, Stack, Text } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { useQuery } from '@tanstack/react-query'
import { ask } from '../api/client.ts'
import { ofUser } from '../api/queries.ts'
import type { Authenticators as Held, User } from '../api/shapes.ts'
import { Told } from './told.tsx'
import { useMoments, useTexts } from '../texts/language.tsx'
import { Confirm } from './confirm.tsx'
import { Failed } from './failed.tsx'
import { Loaded } from './page.tsx'
import { Panel } from './panel.tsx'
import { useChange } from './use-change.ts'
import { useMay } from './use-may.ts'

/** What a user holds, how the second step stands, and the way out for whoever is locked or lost their phone. */
export function Authenticators({ user }: { readonly user: User }) {
  const { person: says } = useTexts()
  const may = useMay()
  const [asking, dialog] = useDisclosure()
  const query = useQuery(ofUser<Held>(user.username, 'authenticators'))
  const path = `/users/${encodeURIComponent(user.username)}`
  const reset = useChange(() => ask('DELETE', `${path}/authenticators`), { touches: ['users'], said: says.resetDone })
  return (
    <Panel
      title={says.authenticators}
      acts={
        may('users:write') &&
        ((query.data?.items.length ?? 0) > 0 || query.data?.disabled === true) && (
          <Button size="xs" variant="default" onClick={dialog.open}>
            {says.reset}
          </Button>
        )
      }
    >
      <Loaded query={query} height={60}>
        {(held) => (
          <Stack gap="sm">
            <Lock user={user} held={held} />
            {held.items.length === 0 && (
              <Text size="sm" c="dimmed">
                {says.authenticatorsNone}
              </Text>
            )}
            {held.items.map((each) => (
              <One key={each.id} held={each} />
            ))}
            {held.enrolling && (
              <Text size="sm" c="dimmed">
                {says.enrolling}
              </Text>
            )}
          </Stack>
        )}
      </Loaded>
      <Confirm
        opened={asking}
        onClose={dialog.close}
        title={says.resetTitle}
        says={says.resetSays}
        act={says.reset}
        change={reset}
        given={undefined}
      />
    </Panel>
  )
}

function One({ held }: { readonly held: Held['items'][number] }) {
  const { person: says } = useTexts()
  const { day, dayTime } = useMoments()
  return (
    <div>
      <Text size="sm" fw={550}>
        {held.label}
      </Text>
      <Text size="xs" c="dimmed">
        {says.added} {day(held.created_at)}
        {held.last_used_at !== null && (
          <>
            {' '}
            · {says.lastUsed} {dayTime(held.last_used_at)}
          </>
        )}
      </Text>
    </div>
  )
}

function Lock({ user, held }: { readonly user: User; readonly held: Held }) {
  const { person: says, common } = useTexts()
  const { dayTime } = useMoments()
  const may = useMay()
  const unlock = useChange(
    () => ask('POST', `/users/${encodeURIComponent(user.username)}/unlock`, { body: { reason: common.none } }),
    { touches: ['users'], said: says.unlocked },
  )
  const locked = held.disabled || held.locked_until !== null
  if (!locked && held.failed_codes === 0) return null
  const sentence = held.disabled
    ? says.lockedForever
    : held.locked_until !== null
      ? says.lockedUntil(dayTime(held.locked_until))
      : says.failedCodes(held.failed_codes)
  return (
    <Told tone={locked ? 'bad' : 'warn'} icon="lock">
      <Group justify="space-between" gap="sm">
        <Text size="sm">{sentence}</Text>
        {may('users:help') && !held.disabled && (
          <Button size="xs" variant="default" loading={unlock.busy} onClick={() => unlock.run(undefined)}>
            {says.unlock}
          </Button>
        )}
      </Group>
      <Failed error={unlock.error} />
    </Told>
  )
}
