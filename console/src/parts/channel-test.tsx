import { Button, Group, Modal, Stack, Text, TextInput } from '@mantine/core'
import { useState } from 'react'
import { ask } from '../api/client.ts'
import type { Channel, Proved, Tested } from '../api/shapes.ts'
import { useTexts } from '../texts/language.tsx'
import { Failed } from './failed.tsx'
import { Icon } from './icon.tsx'
import { Told } from './told.tsx'
import { useChange } from './use-change.ts'

/** The closed loop: a message goes out step by step, and its code comes back by hand. */
export function ChannelTest({ channel, onClose }: { readonly channel: Channel; readonly onClose: () => void }) {
  const { delivery: says, common } = useTexts()
  const [to, setTo] = useState('')
  const [code, setCode] = useState('')
  const [tested, setTested] = useState<Tested | null>(null)
  const send = useChange(
    async () => (await ask<Tested>('POST', '/delivery/test', { body: { channel, to: to.trim() } })).body,
    { touches: ['delivery'], done: setTested },
  )
  const confirm = useChange(
    async () => (await ask<Proved>('POST', '/delivery/test/confirm', { body: { code } })).body,
    { touches: ['delivery'], said: says.confirmed, done: onClose },
  )
  return (
    <Modal
      opened
      onClose={onClose}
      title={says.testOf(says.channel[channel])}
      size="lg"
      closeOnClickOutside={false}
      closeButtonProps={{ 'aria-label': common.close }}
    >
      <Stack>
        <Text size="sm" c="dimmed">
          {says.testSays}
        </Text>
        <form
          noValidate
          onSubmit={(event) => {
            event.preventDefault()
            send.run(undefined)
          }}
        >
          <Group align="flex-end" gap="sm">
            <TextInput
              label={says.to[channel]}
              value={to}
              onChange={(event) => setTo(event.currentTarget.value)}
              error={send.fields['to']}
              flex={1}
              data-autofocus
            />
            <Button type="submit" loading={send.busy}>
              {says.send}
            </Button>
          </Group>
        </form>
        <Failed error={send.error} />
        {tested && <Steps tested={tested} />}
        {tested?.status === 'sent' && (
          <form
            noValidate
            onSubmit={(event) => {
              event.preventDefault()
              confirm.run(undefined)
            }}
          >
            <Group align="flex-end" gap="sm">
              <TextInput
                label={says.code}
                inputMode="numeric"
                autoComplete="one-time-code"
                value={code}
                onChange={(event) => setCode(event.currentTarget.value)}
                error={confirm.fields['code']}
                flex={1}
              />
              <Button type="submit" loading={confirm.busy}>
                {says.confirm}
              </Button>
            </Group>
            <Failed error={confirm.error} />
          </form>
        )}
      </Stack>
    </Modal>
  )
}

function Steps({ tested: { status, steps, error, reference } }: { readonly tested: Tested }) {
  const { delivery: says } = useTexts()
  return (
    <Stack gap={6} component="ol" className="steps" aria-live="polite">
      {steps.map(({ step, ok, milliseconds, says: words }) => (
        <Group key={step} component="li" gap="sm" wrap="nowrap" align="flex-start">
          <span className="step" data-tone={ok ? 'good' : 'bad'}>
            <Icon name={ok ? 'done' : 'warning'} size={20} />
          </span>
          <div>
            <Text size="sm" fw={550}>
              {says.steps[step]} <span className="sr-only">({ok ? says.stepOk : says.stepFailed})</span>
              <Text span size="xs" c="dimmed" fw={400}>
                {says.milliseconds(milliseconds)}
              </Text>
            </Text>
            <Text size="xs" c="dimmed" ff="monospace" className="long" dir="ltr">
              {words}
            </Text>
          </div>
        </Group>
      ))}
      {status === 'sent' && (
        <li>
          <Told tone="good" title={says.sent}>
            {reference !== null && <bdi className="long">{says.reference(reference)}</bdi>}
          </Told>
        </li>
      )}
      {error !== null && (
        <li>
          <Told tone="bad" title={says.failed} alert>
            <bdi>{error}</bdi>
          </Told>
        </li>
      )}
    </Stack>
  )
}
