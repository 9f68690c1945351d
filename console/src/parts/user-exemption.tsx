import { Button, Checkbox, Group, Radio, Stack, Text, Textarea, TextInput } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { useState } from 'react'
import { ask } from '../api/client.ts'
import type { GrantBypass, User } from '../api/shapes.ts'
import { Told } from './told.tsx'
import { useMoments, useTexts } from '../texts/language.tsx'
import { FormDialog } from './form-dialog.tsx'
import { Panel } from './panel.tsx'
import { Failed } from './failed.tsx'
import { useChange } from './use-change.ts'
import { useMay } from './use-may.ts'

/** The exemption of a user: why, by whom, until when, and what it costs. */
export function Exemption({ user }: { readonly user: User }) {
  const { person: says } = useTexts()
  const { day, dayTime } = useMoments()
  const may = useMay()
  const [open, dialog] = useDisclosure()
  const revoke = useChange(() => ask('DELETE', `/users/${encodeURIComponent(user.username)}/bypass`), {
    touches: ['users'],
    said: says.exemptionEnded,
  })
  const { bypass } = user
  const write = may('users:write')
  return (
    <Panel title={says.exemption}>
      {bypass ? (
        <Stack gap={4}>
          <Text fw={550}>{says.exemptionReasons[bypass.reason]}</Text>
          {bypass.note !== '' && <Text size="sm">{bypass.note}</Text>}
          <Text size="sm" c="dimmed">
            {says.exemptionBy(bypass.set_by, day(bypass.set_at))}.{' '}
            {bypass.expires_at === null ? says.exemptionForever : says.exemptionEnds(dayTime(bypass.expires_at))}.
          </Text>
        </Stack>
      ) : (
        <Text size="sm" c="dimmed">
          {says.exemptionNone}
        </Text>
      )}
      <Told tone="warn">{says.exemptionCost}</Told>
      <Failed error={revoke.error} />
      {write && (
        <Group>
          {bypass ? (
            <Button size="xs" variant="default" loading={revoke.busy} onClick={() => revoke.run(undefined)}>
              {says.exemptionEnd}
            </Button>
          ) : (
            <Button size="xs" variant="default" onClick={dialog.open}>
              {says.exemptionGrant}
            </Button>
          )}
        </Group>
      )}
      <GrantDialog user={user} opened={open} onClose={dialog.close} />
    </Panel>
  )
}

const DAYS = 90

function GrantDialog({
  user,
  opened,
  onClose,
}: {
  readonly user: User
  readonly opened: boolean
  readonly onClose: () => void
}) {
  const { person: says, common } = useTexts()
  const [reason, setReason] = useState<GrantBypass['reason']>('shared_workstation')
  const [note, setNote] = useState('')
  const [until, setUntil] = useState(() => new Date(Date.now() + DAYS * 86_400_000).toISOString().slice(0, 10))
  const [forever, setForever] = useState(false)
  const grant = useChange(
    () =>
      ask('PUT', `/users/${encodeURIComponent(user.username)}/bypass`, {
        body: {
          reason,
          note,
          expires_at: forever || until === '' ? null : new Date(`${until}T23:59:59`).toISOString(),
        } satisfies GrantBypass,
      }),
    { touches: ['users'], said: common.saved, done: onClose },
  )
  return (
    <FormDialog
      opened={opened}
      onClose={onClose}
      title={says.exemptionGrant}
      act={says.exemptionGrant}
      busy={grant.busy}
      error={grant.error}
      onSubmit={() => grant.run(undefined)}
    >
      <Told tone="warn">{says.exemptionCost}</Told>
      <Radio.Group
        label={common.reason}
        value={reason}
        onChange={(next) => setReason(next)}
        error={grant.fields['reason']}
      >
        <Stack gap={8} mt={6}>
          {Object.entries(says.exemptionReasons).map(([value, label]) => (
            <Radio key={value} value={value} label={label} />
          ))}
        </Stack>
      </Radio.Group>
      <Textarea
        label={says.exemptionNote}
        value={note}
        onChange={(event) => setNote(event.currentTarget.value)}
        error={grant.fields['note']}
        autosize
        minRows={2}
      />
      <TextInput
        label={says.exemptionUntil}
        type="date"
        value={until}
        onChange={(event) => setUntil(event.currentTarget.value)}
        disabled={forever}
        error={grant.fields['expires_at']}
      />
      <Checkbox
        label={says.exemptionForever}
        checked={forever}
        onChange={(event) => setForever(event.currentTarget.checked)}
      />
    </FormDialog>
  )
}
