import { Button, Checkbox, Code, Group, Modal, Stack, Text, TextInput } from '@mantine/core'
import { useState } from 'react'
import { ask } from '../api/client.ts'
import type { CreatedKey, NewKey } from '../api/shapes.ts'
import { useTexts } from '../texts/language.tsx'
import { FormDialog } from './form-dialog.tsx'
import { CopyThis } from './review-dialog.tsx'
import { useChange } from './use-change.ts'

/** Makes a key, and shows it this once. */
export function NewKeyDialog({ onClose }: { readonly onClose: () => void }) {
  const { keys: says, common } = useTexts()
  const [name, setName] = useState('')
  const [scopes, setScopes] = useState<string[]>([])
  const [username, setUsername] = useState('')
  const [until, setUntil] = useState('')
  const [made, setMade] = useState<CreatedKey | null>(null)
  const make = useChange(async (key: NewKey) => (await ask<CreatedKey>('POST', '/api-keys', { body: key })).body, {
    touches: ['api-keys'],
    done: setMade,
  })
  const { fields } = make
  if (made)
    return (
      <Modal
        opened
        onClose={onClose}
        title={says.shown}
        closeOnClickOutside={false}
        closeButtonProps={{ 'aria-label': common.close }}
      >
        <Stack>
          <Text size="sm">{says.shownSays}</Text>
          <Code block dir="ltr" className="long" tabIndex={0}>
            {made.key}
          </Code>
          <Group justify="space-between">
            <CopyThis text={made.key} label={common.copy} />
            <Button onClick={onClose}>{common.close}</Button>
          </Group>
        </Stack>
      </Modal>
    )
  return (
    <FormDialog
      opened
      onClose={onClose}
      title={says.new}
      act={says.new}
      busy={make.busy}
      error={make.error}
      onSubmit={() =>
        make.run({
          name,
          scopes: scopes as NewKey['scopes'],
          ...(username.trim() === '' ? {} : { username: username.trim() }),
          ...(until === '' ? {} : { expires_at: new Date(`${until}T23:59:59`).toISOString() }),
        })
      }
    >
      <TextInput
        label={common.name}
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
        error={fields['name']}
        autoComplete="off"
        data-autofocus
      />
      <Checkbox.Group label={says.scopes} value={scopes} onChange={setScopes} error={fields['scopes']}>
        <Stack gap={8} mt={6}>
          {Object.entries(says.rights).map(([right, label]) => (
            <Checkbox key={right} value={right} label={label} />
          ))}
        </Stack>
      </Checkbox.Group>
      <TextInput
        label={says.actsFor}
        description={says.actsForSays}
        value={username}
        onChange={(event) => setUsername(event.currentTarget.value)}
        error={fields['username']}
        autoComplete="off"
      />
      <TextInput
        label={says.expires}
        description={says.expiresSays}
        type="date"
        value={until}
        onChange={(event) => setUntil(event.currentTarget.value)}
        error={fields['expires_at']}
      />
    </FormDialog>
  )
}
