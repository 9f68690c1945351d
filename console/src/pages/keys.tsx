import { Button, Text } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { ask } from '../api/client.ts'
import { keys } from '../api/queries.ts'
import type { Key } from '../api/shapes.ts'
import { Mark } from '../parts/badges.tsx'
import { Confirm } from '../parts/confirm.tsx'
import { DataTable } from '../parts/data-table.tsx'
import { Icon } from '../parts/icon.tsx'
import { NewKeyDialog } from '../parts/new-key-dialog.tsx'
import { Empty, Loaded, Page } from '../parts/page.tsx'
import { useChange } from '../parts/use-change.ts'
import { useMay } from '../parts/use-may.ts'
import { useMoments, useTexts } from '../texts/language.tsx'

/** The keys of programs: what each may do, until when, and when it was last used. */
export function KeysPage() {
  const { keys: says, shell, common } = useTexts()
  const { day, dayTime } = useMoments()
  const may = useMay()
  const query = useQuery(keys)
  const [making, dialog] = useDisclosure()
  const [revoking, setRevoking] = useState<Key | null>(null)
  const revoke = useChange((id: string) => ask('DELETE', `/api-keys/${id}`), {
    touches: ['api-keys'],
    said: common.saved,
  })
  const write = may('keys:write')
  return (
    <Page
      title={shell.pages.keys}
      says={says.says}
      acts={
        write && (
          <Button leftSection={<Icon name="plus" />} onClick={dialog.open}>
            {says.new}
          </Button>
        )
      }
    >
      <Loaded query={query} height={240}>
        {({ items }) => (
          <DataTable
            caption={says.title}
            items={items}
            keyOf={({ id }) => id}
            empty={<Empty title={says.empty} next={says.emptyNext} />}
            columns={[
              {
                title: common.name,
                cell: (key) => (
                  <div>
                    <Text size="sm" fw={550}>
                      {key.name}
                    </Text>
                    {key.username !== null && (
                      <Text size="xs" c="dimmed">
                        {says.actsFor} {key.username}
                      </Text>
                    )}
                  </div>
                ),
              },
              {
                title: says.scopes,
                wide: true,
                cell: ({ scopes }) => (
                  <Text size="sm" c="dimmed" maw={360}>
                    {scopes.map((scope) => says.rights[scope] ?? scope).join(', ')}
                  </Text>
                ),
              },
              {
                title: says.expires,
                wide: true,
                cell: ({ expires_at: at }) => (
                  <Text size="sm" c="dimmed">
                    {at === null ? common.never : day(at)}
                  </Text>
                ),
              },
              {
                title: says.lastUsed,
                cell: ({ last_used_at: at }) => (
                  <Text size="sm" c="dimmed">
                    {at === null ? common.never : dayTime(at)}
                  </Text>
                ),
              },
              {
                title: <span className="sr-only">{common.actions}</span>,
                cell: (key) =>
                  key.revoked_at !== null ? (
                    <Mark says={says.revoked} />
                  ) : (
                    write && (
                      <Button
                        size="xs"
                        variant="subtle"
                        color="red"
                        aria-label={`${says.revoke}: ${key.name}`}
                        onClick={() => setRevoking(key)}
                      >
                        {says.revoke}
                      </Button>
                    )
                  ),
              },
            ]}
          />
        )}
      </Loaded>
      {making && <NewKeyDialog onClose={dialog.close} />}
      <Confirm
        opened={revoking !== null}
        onClose={() => setRevoking(null)}
        title={says.revokeTitle(revoking?.name ?? '')}
        says={says.revokeSays}
        act={says.revoke}
        change={revoke}
        given={revoking?.id ?? ''}
      />
    </Page>
  )
}
