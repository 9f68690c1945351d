import { Button, Group, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { ask } from '../api/client.ts'
import { providers } from '../api/queries.ts'
import type { Provider } from '../api/shapes.ts'
import { DataTable } from '../parts/data-table.tsx'
import { Icon } from '../parts/icon.tsx'
import { Empty, Loaded, Page } from '../parts/page.tsx'
import { ProviderDialog } from '../parts/provider-dialog.tsx'
import { RemoveButton } from '../parts/remove-button.tsx'
import { SwitchNow } from '../parts/switch-now.tsx'
import { useMay } from '../parts/use-may.ts'
import { useTexts } from '../texts/language.tsx'

/** Whose word for a person counts at this site, and what their sign-ins are spared. */
export function ProvidersPage() {
  const { providers: says, common } = useTexts()
  const may = useMay()
  const query = useQuery(providers)
  const [editing, setEditing] = useState<Provider | 'new' | null>(null)
  const disabled = !may('settings:write')
  return (
    <Page
      title={says.title}
      says={says.says}
      acts={
        !disabled && (
          <Button leftSection={<Icon name="plus" />} onClick={() => setEditing('new')}>
            {says.new}
          </Button>
        )
      }
    >
      <Loaded query={query} height={200}>
        {({ items }) => (
          <DataTable
            caption={says.title}
            items={items}
            keyOf={({ name }) => name}
            empty={<Empty title={says.empty} next={says.emptyNext} />}
            columns={[
              {
                title: common.name,
                cell: ({ name, title, config }) => (
                  <div>
                    <Text size="sm" fw={550}>
                      {title || name}
                    </Text>
                    <Text size="xs" c="dimmed" className="long">
                      <bdi>{config.entity_id}</bdi>
                    </Text>
                  </div>
                ),
              },
              {
                title: says.secondFactor,
                wide: true,
                cell: ({ second_factor: factor }) => (
                  <Text size="sm" c="dimmed">
                    {says.secondFactors[factor]}
                  </Text>
                ),
              },
              {
                title: says.enabled,
                cell: ({ name, title, enabled }) => (
                  <SwitchNow
                    label={says.enabledOf(title || name)}
                    checked={enabled}
                    disabled={disabled}
                    touches={['identity-providers']}
                    turn={(next) => ask('PATCH', `/identity-providers/${name}`, { body: { enabled: next } })}
                  />
                ),
              },
              {
                title: <span className="sr-only">{common.actions}</span>,
                cell: (provider) =>
                  !disabled && (
                    <Group gap={4} justify="flex-end" wrap="nowrap">
                      <Button
                        size="xs"
                        variant="subtle"
                        aria-label={`${common.edit}: ${provider.title || provider.name}`}
                        onClick={() => setEditing(provider)}
                      >
                        {common.edit}
                      </Button>
                      <RemoveButton
                        path="/identity-providers"
                        name={provider.name}
                        title={says.removeTitle(provider.title || provider.name)}
                        says={says.removeSays}
                      />
                    </Group>
                  ),
              },
            ]}
          />
        )}
      </Loaded>
      {editing && <ProviderDialog provider={editing === 'new' ? null : editing} onClose={() => setEditing(null)} />}
    </Page>
  )
}
