import { Button, Group, Menu, Stack, Text, TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
// The closed list of events itself: names and nothing that runs.
import { EVENTS } from '../../../src/audit/event.ts'
import { download } from '../api/client.ts'
import { audit } from '../api/queries.ts'
import type { AuditRow } from '../api/shapes.ts'
import { AuditDetails } from '../parts/audit-details.tsx'
import { Choice } from '../parts/choice.tsx'
import { DataTable } from '../parts/data-table.tsx'
import { Icon } from '../parts/icon.tsx'
import { Empty, Loaded, Page } from '../parts/page.tsx'
import { SearchField } from '../parts/search-field.tsx'
import { useFilter } from '../parts/use-filter.ts'
import type { Search } from '../router.tsx'
import { useMoments, useTexts } from '../texts/language.tsx'

/** Everything that was done, the newest first: User, Action, Time, and on demand what lies behind it. */
export function AuditPage() {
  const { audit: says, shell, common } = useTexts()
  const { dayTime } = useMoments()
  const { filter, clear } = useFilter()
  const [shown, setShown] = useState<AuditRow | null>(null)
  const query = useQuery(audit(asked(filter)))
  return (
    <Page title={shell.pages.audit} says={says.chain} acts={<Export filter={filter} />}>
      <Stack gap="sm">
        <Filters />
        <Loaded query={query} height={400}>
          {({ items, next_cursor }) => (
            <DataTable
              caption={says.title}
              items={items}
              keyOf={({ seq }) => String(seq)}
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
              columns={[
                { title: says.user, cell: ({ user }) => <bdi>{user}</bdi> },
                {
                  title: says.action,
                  cell: (row) => (
                    <>
                      <Text size="sm" lang="en" dir="auto">
                        {row.action}
                      </Text>
                      {row.target !== null && row.target.name !== row.user && row.target.name !== null && (
                        <Text size="xs" c="dimmed">
                          <bdi>{row.target.name}</bdi>
                        </Text>
                      )}
                    </>
                  ),
                },
                {
                  title: says.time,
                  cell: ({ at }) => (
                    <Text size="sm" c="dimmed" component="time" dateTime={at} className="moment">
                      {dayTime(at)}
                    </Text>
                  ),
                },
                {
                  title: says.address,
                  wide: true,
                  cell: ({ address }) => (
                    <Text size="sm" c="dimmed">
                      {address ?? '–'}
                    </Text>
                  ),
                },
                {
                  title: <span className="sr-only">{says.details}</span>,
                  cell: (row) => (
                    <Button
                      size="xs"
                      variant="subtle"
                      color="gray"
                      aria-label={`${says.details}: ${row.action}, ${row.seq}`}
                      onClick={() => setShown(row)}
                    >
                      {says.details}
                    </Button>
                  ),
                },
              ]}
            />
          )}
        </Loaded>
      </Stack>
      <AuditDetails row={shown} onClose={() => setShown(null)} />
    </Page>
  )
}

function Filters() {
  const { audit: says } = useTexts()
  return (
    <Group gap="sm" align="flex-end">
      <SearchField name="actor" label={says.by} />
      <SearchField name="target" label={says.about} />
      <Choice name="action" label={says.action} options={[['', says.anyAction], ...Object.entries(EVENTS)]} />
      <Day name="from" label={says.from} />
      <Day name="to" label={says.to} />
    </Group>
  )
}

function Day({ name, label }: { readonly name: string; readonly label: string }) {
  const { filter, narrow } = useFilter()
  return (
    <TextInput
      type="date"
      label={label}
      value={filter[name] ?? ''}
      onChange={(event) => narrow({ [name]: event.currentTarget.value })}
    />
  )
}

function Export({ filter }: { readonly filter: Search }) {
  const { audit: says } = useTexts()
  const { cursor: _, ...rest } = asked(filter)
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <Button variant="default" leftSection={<Icon name="download" />}>
          {says.export}
        </Button>
      </Menu.Target>
      <Menu.Dropdown aria-label={says.export}>
        <Menu.Item component="a" href={download('/audit/export', { ...rest, format: 'csv' })}>
          {says.exportCsv}
        </Menu.Item>
        <Menu.Item component="a" href={download('/audit/export', { ...rest, format: 'jsonl' })}>
          {says.exportJson}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}

/** Days of the address as the moments they begin and end with, by the clock of this device. */
function asked({ actor, action, target, from, to, cursor }: Search): Search {
  const begin = from === undefined ? undefined : new Date(`${from}T00:00:00`).toISOString()
  const end = to === undefined ? undefined : new Date(`${to}T24:00:00`).toISOString()
  return { actor, action, target, from: begin, to: end, cursor }
}
