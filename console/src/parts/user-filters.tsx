import { Group, Stack, Text } from '@mantine/core'
import type { ListedUser } from '../api/shapes.ts'
import type { Search } from '../router.tsx'
import { useTexts } from '../texts/language.tsx'
import { Mark } from './badges.tsx'
import { Choice } from './choice.tsx'
import { SearchField } from './search-field.tsx'
import { To } from './to.tsx'

/** The filter that lists of users share. */
export function UserFilters() {
  const { users: says, standing: words } = useTexts()
  return (
    <Group gap="sm">
      <SearchField label={says.searchFor} />
      <Choice name="standing" label={says.standing} options={[['', says.anyStanding], ...Object.entries(words)]} />
      <Choice name="kind" label={says.kind} options={[['', says.anyKind], ...Object.entries(says.kinds)]} />
      <Choice
        name="show"
        label={says.show}
        options={Object.entries(says.shows).map(([value, shown]) => [value === 'all' ? '' : value, shown] as const)}
      />
    </Group>
  )
}

/** The words of the address as the API takes them. */
export function asked({ search, standing, kind, role, show, cursor }: Search): Search {
  const shown: Search =
    show === 'disabled' ? { status: 'disabled' } : show === 'exempt' || show === 'locked' ? { [show]: 'true' } : {}
  return { search, standing, kind, role, cursor, ...shown }
}

/** Who somebody is, as the first column of a list says it. */
export function NameCell({ user }: { readonly user: ListedUser }) {
  const { users: says } = useTexts()
  return (
    <Stack gap={0}>
      <Group gap={6} wrap="nowrap">
        <Text size="sm" fw={550}>
          <To to="/users/$username" username={user.username}>
            <bdi>{user.display_name || user.username}</bdi>
          </To>
        </Text>
        {user.locked && <Mark says={says.locked} tone="bad" />}
        {user.status === 'disabled' && <Mark says={says.disabled} />}
      </Group>
      <Text size="xs" c="dimmed">
        <bdi>{user.username}</bdi>
      </Text>
    </Stack>
  )
}
