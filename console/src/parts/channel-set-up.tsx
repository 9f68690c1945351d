import { Group, NativeSelect, NumberInput, PasswordInput, Text, Textarea, TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { ask } from '../api/client.ts'
import { channels } from '../api/queries.ts'
import type { Channel, ChannelView } from '../api/shapes.ts'
import { useTexts } from '../texts/language.tsx'
import { FormDialog } from './form-dialog.tsx'
import { useChange } from './use-change.ts'

type Config = Readonly<Record<string, unknown>>

/** Sets a channel of the site up. Secrets go in and never come out: what is left empty stays. */
export function ChannelSetUp({ channel, onClose }: { readonly channel: Channel; readonly onClose: () => void }) {
  const query = useQuery(channels)
  const view = query.data?.items.find((each) => each.channel === channel)
  if (!view) return null
  return channel === 'email' ? <MailServer view={view} onClose={onClose} /> : <Gateway view={view} onClose={onClose} />
}

function useSave(channel: Channel, onClose: () => void) {
  const { common } = useTexts()
  return useChange((config: Config) => ask('PUT', `/delivery/channels/${channel}`, { body: config }), {
    touches: ['delivery'],
    said: common.saved,
    done: onClose,
  })
}

interface SetUpProps {
  readonly view: ChannelView
  readonly onClose: () => void
}

const MAIL: Config = { kind: 'smtp', host: '', port: 587, tls: 'required', user: '', from: '' }

function MailServer({ view, onClose }: SetUpProps) {
  const { delivery: says, common } = useTexts()
  const stored = view.config?.['kind'] === 'smtp' ? view.config : {}
  const [draft, setDraft] = useState<Config>({ ...MAIL, ...stored })
  const [password, setPassword] = useState('')
  const save = useSave('email', onClose)
  const set = (more: Config): void => setDraft((before) => ({ ...before, ...more }))
  const text = (field: string) => (typeof draft[field] === 'string' ? draft[field] : '')
  const line = (field: string, label: string, more: object = {}) => (
    <TextInput
      label={label}
      value={text(field)}
      onChange={(event) => set({ [field]: event.currentTarget.value })}
      error={save.fields[field]}
      autoComplete="off"
      {...more}
    />
  )
  return (
    <FormDialog
      opened
      onClose={onClose}
      title={says.setUpOf(says.channel.email)}
      act={common.save}
      busy={save.busy}
      error={save.error}
      onSubmit={() => save.run({ ...given(draft), ...(password === '' ? {} : { password }) })}
    >
      {line('host', says.host, { 'data-autofocus': true, placeholder: 'mail.example.com' })}
      <Group grow align="flex-start">
        <NumberInput
          label={says.port}
          value={typeof draft['port'] === 'number' ? draft['port'] : ''}
          onChange={(next) => set({ port: next === '' ? undefined : Number(next) })}
          error={save.fields['port']}
          hideControls
          clampBehavior="none"
        />
        <NativeSelect
          label={says.tls}
          value={text('tls')}
          onChange={(event) => set({ tls: event.currentTarget.value })}
          data={Object.entries(says.tlsKinds).map(([value, label]) => ({ value, label }))}
          error={save.fields['tls']}
        />
      </Group>
      {line('user', says.user)}
      <PasswordInput
        label={says.password}
        description={view.secrets_set.includes('password') ? says.passwordKept : undefined}
        value={password}
        onChange={(event) => setPassword(event.currentTarget.value)}
        error={save.fields['password']}
        autoComplete="new-password"
      />
      {line('from', says.from, { placeholder: 'login@example.com' })}
    </FormDialog>
  )
}

const GATEWAY = { kind: 'http', url: 'https://', method: 'POST', message_parameter: 'text', receiver_parameter: 'to' }

function Gateway({ view, onClose }: SetUpProps) {
  const { delivery: says, common } = useTexts()
  const [typed, setTyped] = useState(JSON.stringify(view.config ?? GATEWAY, null, 2))
  const [broken, setBroken] = useState(false)
  const save = useSave('sms', onClose)
  const submit = (): void => {
    const config = read(typed)
    setBroken(config === null)
    if (config !== null) save.run(config)
  }
  const problems = Object.entries(save.fields).map(([field, problem]) => `${field}: ${problem}`)
  return (
    <FormDialog
      opened
      onClose={onClose}
      title={says.setUpOf(says.channel.sms)}
      act={common.save}
      busy={save.busy}
      error={save.error}
      onSubmit={submit}
    >
      <Textarea
        label={says.sms}
        description={says.smsSays}
        value={typed}
        onChange={(event) => setTyped(event.currentTarget.value)}
        error={broken ? says.notJson : problems.length > 0 ? problems.join('; ') : null}
        autosize
        minRows={8}
        dir="ltr"
        spellCheck={false}
        styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)', fontSize: 13 } }}
        data-autofocus
      />
      {view.secrets_set.length > 0 && (
        <Text size="xs" c="dimmed">
          {says.passwordKept} ({view.secrets_set.join(', ')})
        </Text>
      )}
    </FormDialog>
  )
}

function given(draft: Config): Config {
  return Object.fromEntries(Object.entries(draft).filter(([, value]) => value !== '' && value !== undefined))
}

function read(text: string): Config | null {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Config) : null
  } catch {
    return null
  }
}
