import { NativeSelect, Text, TextInput } from '@mantine/core'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { ask } from '../api/client.ts'
import type { NewUser, User } from '../api/shapes.ts'
import { useTexts } from '../texts/language.tsx'
import { FormDialog } from './form-dialog.tsx'
import { useChange } from './use-change.ts'

type Draft = Required<Pick<NewUser, 'username' | 'display_name' | 'kind'>> & {
  email: string
  phone: string
}

const BLANK: Draft = { username: '', display_name: '', email: '', phone: '', kind: 'system' }

/** Makes a user and goes there. */
export function NewUserDialog({ opened, onClose }: { readonly opened: boolean; readonly onClose: () => void }) {
  const { users: says, common } = useTexts()
  const navigate = useNavigate()
  const [draft, setDraft] = useState(BLANK)
  const set = (more: Partial<Draft>): void => setDraft((before) => ({ ...before, ...more }))
  const make = useChange(async (user: NewUser) => (await ask<User>('POST', '/users', { body: user })).body, {
    touches: ['users'],
    said: common.saved,
    done: ({ username }) => {
      setDraft(BLANK)
      void navigate({ to: '/users/$username', params: { username } })
    },
  })
  const { fields } = make
  return (
    <FormDialog
      opened={opened}
      onClose={onClose}
      title={says.new}
      act={says.create}
      busy={make.busy}
      error={make.error}
      onSubmit={() => {
        const { email, phone, display_name, ...rest } = draft
        make.run({
          ...rest,
          ...(display_name ? { display_name } : {}),
          ...(email ? { email } : {}),
          ...(phone ? { phone } : {}),
        })
      }}
    >
      <TextInput
        label={says.username}
        description={says.usernameSays}
        value={draft.username}
        onChange={(event) => set({ username: event.currentTarget.value })}
        error={fields['username']}
        autoComplete="off"
        data-autofocus
        required
      />
      <TextInput
        label={says.displayName}
        value={draft.display_name}
        onChange={(event) => set({ display_name: event.currentTarget.value })}
        error={fields['display_name']}
        autoComplete="off"
      />
      <TextInput
        label={says.email}
        type="email"
        value={draft.email}
        onChange={(event) => set({ email: event.currentTarget.value })}
        error={fields['email']}
        autoComplete="off"
      />
      <TextInput
        label={says.phone}
        description={says.phoneSays}
        type="tel"
        value={draft.phone}
        onChange={(event) => set({ phone: event.currentTarget.value })}
        error={fields['phone']}
        autoComplete="off"
      />
      <NativeSelect
        label={says.kind}
        value={draft.kind}
        onChange={(event) => set({ kind: event.currentTarget.value as Draft['kind'] })}
        data={Object.entries(says.kinds).map(([value, label]) => ({ value, label }))}
      />
      <Text size="sm" c="dimmed">
        {says.passwordSays}
      </Text>
    </FormDialog>
  )
}
