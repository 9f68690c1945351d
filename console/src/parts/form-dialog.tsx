import { Button, Group, Modal, Stack } from '@mantine/core'
import type { ReactNode } from 'react'
import { useTexts } from '../texts/language.tsx'
import { Failed } from './failed.tsx'

/** A form in a dialog. What was typed stays until it is saved or given up. */
export function FormDialog({
  opened,
  onClose,
  title,
  act,
  busy,
  error,
  onSubmit,
  children,
}: {
  readonly opened: boolean
  readonly onClose: () => void
  readonly title: string
  readonly act: string
  readonly busy: boolean
  readonly error: unknown
  readonly onSubmit: () => void
  readonly children: ReactNode
}) {
  const { common } = useTexts()
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={title}
      size="md"
      closeOnClickOutside={false}
      closeButtonProps={{ 'aria-label': common.close }}
    >
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault()
          onSubmit()
        }}
      >
        <Stack gap="md">
          {children}
          <Failed error={error} />
          <Group justify="flex-end" gap="sm">
            <Button variant="default" onClick={onClose}>
              {common.cancel}
            </Button>
            <Button type="submit" loading={busy}>
              {act}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  )
}
