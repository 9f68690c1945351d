import { Button, Group, Stack, Text } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { useQuery } from '@tanstack/react-query'
import { download } from '../api/client.ts'
import { users } from '../api/queries.ts'
import type { ListedUser } from '../api/shapes.ts'
import { StandingBadge } from '../parts/badges.tsx'
import { type Column, DataTable } from '../parts/data-table.tsx'
import { Icon } from '../parts/icon.tsx'
import { NewUserDialog } from '../parts/new-user-dialog.tsx'
import { Empty, Loaded, Page } from '../parts/page.tsx'
import { useFilter } from '../parts/use-filter.ts'
import { useMay } from '../parts/use-may.ts'
import { asked, NameCell, UserFilters } from '../parts/user-filters.tsx'
import { useMoments, useTexts } from '../texts/language.tsx'

/** Everybody at the site, a page at a time; what is looked for stands in the address. */
export function UsersPage() {
  const { shell, users: says, common } = useTexts()
  const may = useMay()
  const [making, dialog] = useDisclosure()
  const { filter, clear } = useFilter()
  const query = useQuery(users(asked(filter)))
  const columns = useColumns()
  return (
    <Page
      title={shell.pages.users}
      acts={
        <>
          <Button
            component="a"
            href={download('/reports/adoption', { format: 'csv' })}
            variant="default"
            leftSection={<Icon name="download" />}
          >
            {common.export}
          </Button>
          {may('users:write') && (
            <Button leftSection={<Icon name="plus" />} onClick={dialog.open}>
              {says.new}
            </Button>
          )}
        </>
      }
    >
      <Stack gap="sm">
        <UserFilters />
        <Loaded query={query} height={400}>
          {({ items, next_cursor }) => (
            <DataTable
              caption={says.title}
              items={items}
              keyOf={({ username }) => username}
              columns={columns}
              next={next_cursor}
              empty={
                <Empty
                  title={says.empty}
                  next={
                    <Group gap="sm" justify="center">
                      {says.emptyNext}
                      <Button size="xs" variant="default" onClick={clear}>
                        {common.clear}
                      </Button>
                    </Group>
                  }
                />
              }
            />
          )}
        </Loaded>
      </Stack>
      <NewUserDialog opened={making} onClose={dialog.close} />
    </Page>
  )
}

function useColumns(): readonly Column<ListedUser>[] {
  const { users: says, common } = useTexts()
  const { dayTime } = useMoments()
  const small = (text: string) => (
    <Text size="sm" c="dimmed">
      {text}
    </Text>
  )
  return [
    { title: common.name, cell: (user) => <NameCell user={user} /> },
    { title: says.standing, cell: ({ standing }) => <StandingBadge standing={standing} /> },
    { title: says.kind, cell: ({ kind }) => small(says.kinds[kind]), wide: true },
    { title: says.roles, cell: ({ roles }) => small(roles.join(', ') || '–'), wide: true },
    {
      title: says.lastSignIn,
      cell: ({ last_sign_in_at: at }) => small(at === null ? says.neverSignedIn : dayTime(at)),
      wide: true,
    },
  ]
}
