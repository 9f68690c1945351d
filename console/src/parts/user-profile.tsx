import { Button, Checkbox, Group, NativeSelect, Stack, TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { ask } from '../api/client.ts'
import { roles } from '../api/queries.ts'
import type { User, UserChange } from '../api/shapes.ts'
import { useTexts } from '../texts/language.tsx'
import { Failed } from './failed.tsx'
import { Panel } from './panel.tsx'
import { useChange } from './use-change.ts'
import { useMay } from './use-may.ts'

const EVERYONE = 'All'

/** Who a user is. What is not saved stays in the form, whatever fails. */
export function Profile({ user, etag }: { readonly user: User; readonly etag: string | null }) {
  const { person: says, users: words, common } = useTexts()
  const may = useMay()
  const known = useQuery({ ...roles, enabled: may('settings:read') })
  const [draft, setDraft] = useState<UserChange>({})
  const set = (more: UserChange): void => setDraft((before) => ({ ...before, ...more }))
  const save = useChange(
    (change: UserChange) =>
      ask('PATCH', `/users/${encodeURIComponent(user.username)}`, { body: change, ifMatch: etag ?? undefined }),
    { touches: ['users'], said: common.saved, done: () => setDraft({}) },
  )
  const { fields } = save
  const disabled = !may('users:write')
  const names = (known.data?.items ?? []).map(({ name }) => name).filter((name) => name !== EVERYONE)
  const text = (field: 'display_name' | 'email' | 'phone', label: string, more: object = {}) => (
    <TextInput
      label={label}
      value={draft[field] ?? (draft[field] === null ? '' : (user[field] ?? ''))}
      onChange={(event) => {
        const value = event.currentTarget.value
        set({ [field]: value === '' && field !== 'display_name' ? null : value })
      }}
      error={fields[field]}
      disabled={disabled}
      autoComplete="off"
      {...more}
    />
  )
  return (
    <Panel title={says.profile}>
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault()
          save.run(draft)
        }}
      >
        <Stack gap="md">
          {text('display_name', words.displayName)}
          {text('email', words.email, { type: 'email' })}
          {text('phone', words.phone, { type: 'tel', description: words.phoneSays })}
          <Group grow>
            <NativeSelect
              label={words.kind}
              value={draft.kind ?? user.kind}
              onChange={(event) => set({ kind: event.currentTarget.value as User['kind'] })}
              data={Object.entries(words.kinds).map(([value, label]) => ({ value, label }))}
              disabled={disabled}
              error={fields['kind']}
            />
            <NativeSelect
              label={words.status}
              value={draft.status ?? user.status}
              onChange={(event) => set({ status: event.currentTarget.value as User['status'] })}
              data={Object.entries(words.statuses).map(([value, label]) => ({ value, label }))}
              disabled={disabled}
              error={fields['status']}
            />
          </Group>
          {names.length > 0 && (
            <Checkbox.Group
              label={words.roles}
              value={(draft.roles ?? user.roles).filter((name) => name !== EVERYONE)}
              onChange={(next) => set({ roles: next })}
              error={fields['roles']}
            >
              <Group gap="xs 20px" mt={6}>
                {names.map((name) => (
                  <Checkbox key={name} value={name} label={name} disabled={disabled} />
                ))}
              </Group>
            </Checkbox.Group>
          )}
          <Failed error={save.error} />
          {Object.keys(draft).length > 0 && (
            <Group gap="sm" justify="flex-end">
              <Button
                variant="default"
                onClick={() => {
                  setDraft({})
                  save.reset()
                }}
              >
                {common.cancel}
              </Button>
              <Button type="submit" loading={save.busy}>
                {common.save}
              </Button>
            </Group>
          )}
        </Stack>
      </form>
    </Panel>
  )
}
