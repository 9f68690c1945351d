import { Button, Group, Text, TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { ask } from '../api/client.ts'
import { roles } from '../api/queries.ts'
import type { Role } from '../api/shapes.ts'
import { DataTable } from '../parts/data-table.tsx'
import { EditDialog } from '../parts/edit-dialog.tsx'
import { Icon } from '../parts/icon.tsx'
import { MethodsOrSite, NetworksOrSite, WholeOrSite, Yes } from '../parts/level-fields.tsx'
import { Empty, Loaded, Page } from '../parts/page.tsx'
import { RemoveButton } from '../parts/remove-button.tsx'
import { SwitchNow } from '../parts/switch-now.tsx'
import { To } from '../parts/to.tsx'
import { useMay } from '../parts/use-may.ts'
import { useTexts } from '../texts/language.tsx'

const BLANK: Role = {
  name: '',
  two_factor_auth: false,
  bypass_allowed: false,
  fail_open_allowed: false,
  methods_allowed: null,
  interval_hours: null,
  grace_days: null,
  trusted_networks: null,
}
/** Something rests on their names. */
const BUILT_IN = ['All', 'Administrator', 'Helpdesk', 'Auditor']

/** What each role says about the second factor. */
export function RolesPage() {
  const { roles: says, shell, common, settings } = useTexts()
  const may = useMay()
  const query = useQuery(roles)
  const [editing, setEditing] = useState<Role | null>(null)
  const disabled = !may('settings:write')
  const dim = (text: string) => (
    <Text size="sm" c="dimmed">
      {text}
    </Text>
  )
  return (
    <Page
      title={shell.pages.roles}
      says={says.says}
      acts={
        !disabled && (
          <Button leftSection={<Icon name="plus" />} onClick={() => setEditing(BLANK)}>
            {says.new}
          </Button>
        )
      }
    >
      <Loaded query={query} height={320}>
        {({ items }) => (
          <DataTable
            caption={says.title}
            items={items}
            keyOf={({ name }) => name}
            empty={<Empty title={says.empty} />}
            columns={[
              {
                title: common.name,
                cell: ({ name }) => (
                  <div>
                    <Text size="sm" fw={550}>
                      {name}
                    </Text>
                    <Text size="xs" c="dimmed">
                      <To to="/users" search={{ role: name }} label={`${says.showHolders}: ${name}`}>
                        {says.showHolders}
                      </To>
                    </Text>
                  </div>
                ),
              },
              {
                title: says.required,
                cell: ({ name, two_factor_auth: on }) => (
                  <SwitchNow
                    label={says.requiredOf(name)}
                    checked={on}
                    disabled={disabled}
                    touches={['roles', 'users']}
                    turn={(next) =>
                      ask('PATCH', `/roles/${encodeURIComponent(name)}`, { body: { two_factor_auth: next } })
                    }
                  />
                ),
              },
              {
                title: says.methods,
                wide: true,
                cell: ({ methods_allowed: methods }) =>
                  dim(
                    methods === null ? common.asSite : methods.map((each) => settings.words[each] ?? each).join(', '),
                  ),
              },
              {
                title: says.interval,
                number: true,
                wide: true,
                cell: ({ interval_hours: hours }) => dim(hours === null ? common.asSite : String(hours)),
              },
              {
                title: <span className="sr-only">{common.actions}</span>,
                cell: (role) =>
                  !disabled && (
                    <Group gap={4} justify="flex-end" wrap="nowrap">
                      <Button
                        size="xs"
                        variant="subtle"
                        aria-label={`${common.edit}: ${role.name}`}
                        onClick={() => setEditing(role)}
                      >
                        {common.edit}
                      </Button>
                      {!BUILT_IN.includes(role.name) && (
                        <RemoveButton
                          path="/roles"
                          name={role.name}
                          title={says.removeTitle(role.name)}
                          says={says.removeSays}
                        />
                      )}
                    </Group>
                  ),
              },
            ]}
          />
        )}
      </Loaded>
      {editing && <RoleDialog role={editing} onClose={() => setEditing(null)} />}
    </Page>
  )
}

function RoleDialog({ role, onClose }: { readonly role: Role; readonly onClose: () => void }) {
  const { roles: says, common } = useTexts()
  const isNew = role.name === ''
  return (
    <EditDialog title={isNew ? says.new : role.name} path="/roles" thing={role} isNew={isNew} onClose={onClose}>
      {({ draft, set, fields }) => (
        <>
          {isNew && (
            <TextInput
              label={common.name}
              value={draft.name}
              onChange={(event) => set({ name: event.currentTarget.value })}
              error={fields['name']}
              data-autofocus
            />
          )}
          <Yes
            label={says.required}
            value={draft.two_factor_auth}
            onChange={(two_factor_auth) => set({ two_factor_auth })}
            error={fields['two_factor_auth']}
          />
          <Yes
            label={says.bypassAllowed}
            value={draft.bypass_allowed}
            onChange={(bypass_allowed) => set({ bypass_allowed })}
            error={fields['bypass_allowed']}
          />
          <Yes
            label={says.failOpenAllowed}
            value={draft.fail_open_allowed}
            onChange={(fail_open_allowed) => set({ fail_open_allowed })}
            error={fields['fail_open_allowed']}
          />
          <MethodsOrSite
            label={says.methods}
            value={draft.methods_allowed}
            onChange={(methods_allowed) => set({ methods_allowed })}
            error={fields['methods_allowed']}
          />
          <WholeOrSite
            label={says.interval}
            value={draft.interval_hours}
            onChange={(interval_hours) => set({ interval_hours })}
            error={fields['interval_hours']}
          />
          <WholeOrSite
            label={says.grace}
            value={draft.grace_days}
            onChange={(grace_days) => set({ grace_days })}
            error={fields['grace_days']}
          />
          <NetworksOrSite
            label={says.networks}
            value={draft.trusted_networks}
            onChange={(next) => set({ trusted_networks: next && [...next] })}
            error={fields['trusted_networks']}
          />
        </>
      )}
    </EditDialog>
  )
}
