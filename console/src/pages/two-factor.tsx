import { ActionIcon, Group, Stack, Text, Tooltip } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { useQuery } from '@tanstack/react-query'
import { lazy, Suspense } from 'react'
import { ask } from '../api/client.ts'
import { applications, twoFactorUsers } from '../api/queries.ts'
import type { Application, TwoFactorUser } from '../api/shapes.ts'
import { StandingBadge } from '../parts/badges.tsx'
import { type Column, DataTable } from '../parts/data-table.tsx'
import { Icon } from '../parts/icon.tsx'
import { Empty, Loaded, Page } from '../parts/page.tsx'
import { SwitchNow } from '../parts/switch-now.tsx'
import { To } from '../parts/to.tsx'
import { useFilter } from '../parts/use-filter.ts'
import { useMay } from '../parts/use-may.ts'
import { asked, NameCell, UserFilters } from '../parts/user-filters.tsx'
import { Warnings } from '../parts/warnings.tsx'
import { useMoments, useTexts } from '../texts/language.tsx'

const TwoFactorDialog = lazy(() => import('../parts/two-factor-dialog.tsx'))

/** Everybody at a glance: warnings, a switch for each application, what was sent, and behind the symbol the settings. */
export function TwoFactorPage() {
  const { twoFactor: says, users: words } = useTexts()
  const may = useMay()
  const [open, dialog] = useDisclosure()
  const { filter } = useFilter()
  const query = useQuery(twoFactorUsers(asked(filter)))
  const known = useQuery({ ...applications, enabled: may('settings:read') })
  const columns = useColumns(known.data?.items ?? [])
  return (
    <Page
      title={says.title}
      says={says.says}
      acts={
        may('settings:write') && (
          <Tooltip label={says.settings}>
            <ActionIcon variant="default" size="xl" aria-label={says.settings} onClick={dialog.open}>
              <Icon name="settings" size={22} />
            </ActionIcon>
          </Tooltip>
        )
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
              empty={<Empty title={words.empty} next={words.emptyNext} />}
            />
          )}
        </Loaded>
      </Stack>
      {open && (
        <Suspense>
          <TwoFactorDialog onClose={dialog.close} />
        </Suspense>
      )}
    </Page>
  )
}

function useColumns(known: readonly Application[]): readonly Column<TwoFactorUser>[] {
  const { twoFactor: says, users: words, common } = useTexts()
  const { number } = useMoments()
  const may = useMay()
  const counts = (channel: 'email' | 'sms', title: string): Column<TwoFactorUser> => ({
    title: (
      <>
        {title}
        <Text size="xs" c="dimmed" fw={400}>
          {says.thisMonth} / {says.lastMonth}
        </Text>
      </>
    ),
    number: true,
    wide: true,
    cell: ({ this_month, last_month }) => (
      <Text size="sm" component="span">
        {number(this_month[channel])}{' '}
        <Text span c="dimmed">
          / {number(last_month[channel])}
        </Text>
      </Text>
    ),
  })
  return [
    { title: says.warning, width: 64, cell: (user) => <Warnings of={user.warnings} /> },
    { title: common.name, cell: (user) => <NameCell user={user} /> },
    { title: words.standing, cell: ({ standing }) => <StandingBadge standing={standing} />, wide: true },
    ...known.map(
      ({ name, title }): Column<TwoFactorUser> => ({
        title,
        cell: (user) => (
          <SwitchNow
            label={says.switchOf(user.username, title)}
            checked={user.applications[name]?.two_factor ?? false}
            disabled={!may('users:write')}
            touches={['users']}
            turn={(on) =>
              ask('PUT', `/users/${encodeURIComponent(user.username)}/applications/${name}`, {
                body: { two_factor: on },
              })
            }
          />
        ),
      }),
    ),
    counts('sms', says.sms),
    counts('email', says.email),
    {
      title: <span className="sr-only">{says.profile}</span>,
      cell: ({ username }) => (
        <Group justify="flex-end">
          <Text size="sm">
            <To to="/users/$username" username={username} label={says.openProfile(username)}>
              {says.profile}
            </To>
          </Text>
        </Group>
      ),
      wide: true,
    },
  ]
}
