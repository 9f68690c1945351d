import { Button, CopyButton, Group, Modal, Stack, Table, Text, TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { ask } from '../api/client.ts'
import { Problem } from '../api/problem.ts'
import type { Previewed, Setting } from '../api/shapes.ts'
import { Told } from './told.tsx'
import { useLanguage, useTexts } from '../texts/language.tsx'
import { asCall, asCommands } from './as-command.ts'
import { Failed } from './failed.tsx'
import { Loaded } from './page.tsx'
import { PreviewedPeople } from './previewed-people.tsx'
import { valueText } from './setting-value.ts'
import { Scroll } from './scroll.tsx'
import type { Change } from './use-change.ts'
import type { Save } from './use-save-settings.ts'
import type { SettingPatch } from './use-setting-draft.ts'

/** Who changes this says why: it decides over doors that open without a factor, and every administrator is told. */
const NEEDS_A_REASON = 'delivery.when_unconfigured'

/** What a change of settings does, before it does it: whom it newly asks, and who could not pass. */
export function ReviewDialog({
  patch,
  settings,
  save,
  onClose,
}: {
  /** null: nothing is to be looked at. */
  readonly patch: SettingPatch | null
  readonly settings: readonly Setting[]
  readonly save: Change<Save, unknown>
  readonly onClose: () => void
}) {
  const { settings: says, common } = useTexts()
  const preview = useQuery({
    queryKey: ['preview', patch],
    queryFn: async () => (await ask<Previewed>('POST', '/settings/preview', { body: patch })).body,
    enabled: patch !== null,
    staleTime: 0,
    gcTime: 0,
  })
  const [reason, setReason] = useState('')
  const asksWhy = preview.data?.changes.some(({ key }) => key === NEEDS_A_REASON) ?? false
  const said = reason.trim()
  const unproved = save.error instanceof Problem && save.error.code === 'channel_unproved' ? save.error : null
  return (
    <Modal
      opened={patch !== null}
      onClose={onClose}
      title={says.reviewTitle}
      size="xl"
      closeButtonProps={{ 'aria-label': common.close }}
    >
      <Loaded query={preview}>
        {(seen) => (
          <Stack>
            <Differences seen={seen} settings={settings} />
            {seen.roles_flagged.length > 0 && <Told tone="note">{says.flagged(seen.roles_flagged.join(', '))}</Told>}
            <PreviewedPeople seen={seen} />
            {asksWhy && (
              <TextInput
                label={says.whyFailMode}
                description={says.whyFailModeMeans}
                maxLength={200}
                required
                value={reason}
                onChange={(event) => setReason(event.currentTarget.value)}
              />
            )}
            <Failed error={save.error} />
            {unproved && unproved.users.length > 0 && <Text size="sm">{says.couldBeLockedOut(unproved.users)}</Text>}
            <Group justify="space-between">
              <Group gap="xs">
                <CopyThis text={asCommands(patch ?? {}, asksWhy ? said : undefined)} label={common.asCommand} />
                <CopyThis text={asCall(patch ?? {}, asksWhy ? said : undefined)} label={common.asCall} />
              </Group>
              <Group gap="sm">
                <Button variant="default" onClick={onClose}>
                  {common.cancel}
                </Button>
                <Button
                  loading={save.busy}
                  disabled={asksWhy && said === ''}
                  onClick={() =>
                    save.run({ seen, acknowledge: unproved ? true : undefined, reason: asksWhy ? said : undefined })
                  }
                  data-autofocus
                >
                  {unproved !== null || seen.cannot_pass.some(({ already }) => !already)
                    ? says.saveAnyway
                    : says.saveThese}
                </Button>
              </Group>
            </Group>
          </Stack>
        )}
      </Loaded>
    </Modal>
  )
}

function Differences({ seen, settings }: { readonly seen: Previewed; readonly settings: readonly Setting[] }) {
  const { texts, moments } = useLanguage()
  const { settings: says } = texts
  const known = new Set(settings.map(({ key }) => key))
  return (
    <Scroll label={says.reviewTitle}>
      <Table>
        <Table.Caption className="sr-only">{says.reviewTitle}</Table.Caption>
        <Table.Thead>
          <Table.Tr>
            <Table.Th scope="col">{says.setting}</Table.Th>
            <Table.Th scope="col">{says.from}</Table.Th>
            <Table.Th scope="col">{says.to}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {seen.changes.map(({ key, from, to }) => (
            <Table.Tr key={key}>
              <Table.Th scope="row">
                <Text size="sm" fw={550}>
                  {known.has(key) ? (says.names[key] ?? key) : key}
                </Text>
              </Table.Th>
              <Table.Td>{valueText(texts, moments, from)}</Table.Td>
              <Table.Td>
                <strong>{valueText(texts, moments, to)}</strong>
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Scroll>
  )
}

export function CopyThis({ text, label }: { readonly text: string; readonly label: string }) {
  const { common } = useTexts()
  return (
    <CopyButton value={text}>
      {({ copied, copy }) => (
        <Button size="xs" variant="subtle" color="gray" onClick={copy}>
          {copied ? common.copied : label}
        </Button>
      )}
    </CopyButton>
  )
}
