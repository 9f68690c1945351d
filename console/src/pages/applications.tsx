import { Button, Code, Group, Text, TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { ask } from '../api/client.ts'
import { applications } from '../api/queries.ts'
import type { Application } from '../api/shapes.ts'
import { DataTable } from '../parts/data-table.tsx'
import { EditDialog } from '../parts/edit-dialog.tsx'
import { Icon } from '../parts/icon.tsx'
import { WholeOrSite, Yes, YesOrSite } from '../parts/level-fields.tsx'
import { Empty, Loaded, Page } from '../parts/page.tsx'
import { RemoveButton } from '../parts/remove-button.tsx'
import { SwitchNow } from '../parts/switch-now.tsx'
import { useMay } from '../parts/use-may.ts'
import { useTexts } from '../texts/language.tsx'

type Editable = Pick<
  Application,
  | 'name'
  | 'title'
  | 'default_for_new_users'
  | 'interval_hours'
  | 'recheck_in_session'
  | 'session_hours'
  | 'session_idle_minutes'
>

const BLANK: Editable = {
  name: '',
  title: '',
  default_for_new_users: false,
  interval_hours: null,
  recheck_in_session: null,
  session_hours: null,
  session_idle_minutes: null,
}
/** What a sign-in is for when nothing is named. */
const BUILT_IN = 'web'

/** What people sign in to, and what each of them says instead of the site. */
export function ApplicationsPage() {
  const { applications: says, shell, common } = useTexts()
  const may = useMay()
  const query = useQuery(applications)
  const [editing, setEditing] = useState<Editable | null>(null)
  const disabled = !may('settings:write')
  return (
    <Page
      title={shell.pages.applications}
      says={says.says}
      acts={
        !disabled && (
          <Button leftSection={<Icon name="plus" />} onClick={() => setEditing(BLANK)}>
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
            keyOf={({ name }) => name}
            empty={<Empty title={says.empty} />}
            columns={[
              {
                title: common.name,
                cell: ({ name, title }) => (
                  <div>
                    <Text size="sm" fw={550}>
                      {title}
                    </Text>
                    <Code>{name}</Code>
                  </div>
                ),
              },
              {
                title: says.forNewUsers,
                cell: ({ name, title, default_for_new_users: on }) => (
                  <SwitchNow
                    label={says.forNewUsersOf(title)}
                    checked={on}
                    disabled={disabled}
                    touches={['applications']}
                    turn={(next) => ask('PATCH', `/applications/${name}`, { body: { default_for_new_users: next } })}
                  />
                ),
              },
              {
                title: says.interval,
                number: true,
                wide: true,
                cell: (each) => <OrSite value={each.interval_hours} />,
              },
              { title: says.session, number: true, wide: true, cell: (each) => <OrSite value={each.session_hours} /> },
              {
                title: <span className="sr-only">{common.actions}</span>,
                cell: (application) =>
                  !disabled && (
                    <Group gap={4} justify="flex-end" wrap="nowrap">
                      <Button
                        size="xs"
                        variant="subtle"
                        aria-label={`${common.edit}: ${application.title}`}
                        onClick={() => setEditing(only(application))}
                      >
                        {common.edit}
                      </Button>
                      {application.name !== BUILT_IN && (
                        <RemoveButton
                          path="/applications"
                          name={application.name}
                          title={says.removeTitle(application.title)}
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
      {editing && <ApplicationDialog application={editing} onClose={() => setEditing(null)} />}
    </Page>
  )
}

function OrSite({ value }: { readonly value: number | null }) {
  const { common } = useTexts()
  return (
    <Text size="sm" c="dimmed">
      {value ?? common.asSite}
    </Text>
  )
}

function only(application: Application): Editable {
  const entries = Object.keys(BLANK).map((key) => [key, application[key as keyof Editable]])
  return Object.fromEntries(entries) as Editable
}

function ApplicationDialog({ application, onClose }: { readonly application: Editable; readonly onClose: () => void }) {
  const { applications: says } = useTexts()
  const isNew = application.name === ''
  return (
    <EditDialog
      title={isNew ? says.new : application.title}
      path="/applications"
      thing={application}
      isNew={isNew}
      onClose={onClose}
    >
      {({ draft, set, fields }) => (
        <>
          {isNew && (
            <TextInput
              label={says.nameField}
              description={says.nameSays}
              value={draft.name}
              onChange={(event) => set({ name: event.currentTarget.value })}
              error={fields['name']}
              data-autofocus
            />
          )}
          <TextInput
            label={says.titleField}
            value={draft.title}
            onChange={(event) => set({ title: event.currentTarget.value })}
            error={fields['title']}
          />
          <Yes
            label={says.forNewUsers}
            value={draft.default_for_new_users}
            onChange={(next) => set({ default_for_new_users: next })}
            error={fields['default_for_new_users']}
          />
          <WholeOrSite
            label={says.interval}
            value={draft.interval_hours}
            onChange={(next) => set({ interval_hours: next })}
            error={fields['interval_hours']}
          />
          <YesOrSite
            label={says.recheck}
            value={draft.recheck_in_session}
            onChange={(next) => set({ recheck_in_session: next })}
            error={fields['recheck_in_session']}
          />
          <WholeOrSite
            label={says.session}
            value={draft.session_hours}
            onChange={(next) => set({ session_hours: next })}
            error={fields['session_hours']}
          />
          <WholeOrSite
            label={says.idle}
            value={draft.session_idle_minutes}
            onChange={(next) => set({ session_idle_minutes: next })}
            error={fields['session_idle_minutes']}
          />
        </>
      )}
    </EditDialog>
  )
}
