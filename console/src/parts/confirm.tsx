import { Button, Group, Modal, Stack, Text, TextInput } from '@mantine/core'
import { type ReactNode, useState } from 'react'
import { useTexts } from '../texts/language.tsx'
import { Failed } from './failed.tsx'
import type { Change } from './use-change.ts'

interface ConfirmProps<Given, Made> {
  readonly opened: boolean
  readonly onClose: () => void
  readonly title: string
  readonly says: ReactNode
  readonly act: string
  readonly change: Change<Given, Made>
  readonly given: Given
  /** What has to be typed first, and how that is asked for. */
  readonly type?: { readonly label: string; readonly text: string }
  readonly children?: ReactNode
}

/** Asks before something that cannot be taken back. */
export function Confirm<Given, Made>(props: ConfirmProps<Given, Made>) {
  const { opened, onClose, title, says, act, change, given, type, children } = props
  const { common } = useTexts()
  const [typed, setTyped] = useState('')
  const close = (): void => {
    setTyped('')
    change.reset()
    onClose()
  }
  return (
    <Modal opened={opened} onClose={close} title={title} closeButtonProps={{ 'aria-label': common.close }}>
      <form
        onSubmit={(event) => {
          event.preventDefault()
          void change.runAsync(given).then(close, () => undefined)
        }}
      >
        <Stack>
          <Text component="div" size="sm">
            {says}
          </Text>
          {children}
          {type && (
            <TextInput
              label={type.label}
              value={typed}
              onChange={(event) => setTyped(event.currentTarget.value)}
              autoComplete="off"
              data-autofocus
            />
          )}
          <Failed error={change.error} />
          <Group justify="flex-end" gap="sm">
            <Button variant="default" onClick={close}>
              {common.cancel}
            </Button>
            <Button
              type="submit"
              color="red"
              loading={change.busy}
              disabled={type !== undefined && typed.trim() !== type.text}
            >
              {act}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  )
}
