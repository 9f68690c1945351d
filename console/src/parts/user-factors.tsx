import { Button, Divider, Group, NumberInput, Stack, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { ask } from '../api/client.ts'
import { applications } from '../api/queries.ts'
import type { User, UserChange } from '../api/shapes.ts'
import { useTexts } from '../texts/language.tsx'
import { Failed } from './failed.tsx'
import { Panel } from './panel.tsx'
import { SwitchNow } from './switch-now.tsx'
import { useChange } from './use-change.ts'
import { useMay } from './use-may.ts'

/** The switches of a user: methods, and the second factor at each application. */
export function Factors({ user }: { readonly user: User }) {
  const { person: says, twoFactor: words, settings } = useTexts()
  const may = useMay()
  const known = useQuery({ ...applications, enabled: may('settings:read') })
  const disabled = !may('users:write')
  const path = `/users/${encodeURIComponent(user.username)}`
  const flag = (field: 'two_factor_app' | 'two_factor_email' | 'two_factor_sms', label: string) => (
    <SwitchNow
      label={label}
      shown={label}
      checked={user[field]}
      disabled={disabled}
      touches={['users']}
      turn={(on) => ask('PATCH', path, { body: { [field]: on } satisfies UserChange })}
    />
  )
  const titles = new Map((known.data?.items ?? []).map(({ name, title }) => [name, title]))
  return (
    <Panel title={says.factors} says={says.methodsSays}>
      <Stack gap="sm">
        {flag('two_factor_app', `${says.app} (${settings.recommended})`)}
        {flag('two_factor_email', says.emailCode)}
        {flag('two_factor_sms', says.smsCode)}
      </Stack>
      <Divider />
      <div>
        <Text size="sm" fw={550}>
          {says.applications}
        </Text>
        <Text size="sm" c="dimmed">
          {says.applicationsSays}
        </Text>
      </div>
      <Stack gap="sm">
        {Object.entries(user.applications).map(([name, { two_factor: on }]) => (
          <SwitchNow
            key={name}
            label={words.switchOf(user.username, titles.get(name) ?? name)}
            shown={titles.get(name) ?? name}
            checked={on}
            disabled={disabled}
            touches={['users']}
            turn={(next) => ask('PUT', `${path}/applications/${name}`, { body: { two_factor: next } })}
          />
        ))}
      </Stack>
      <Divider />
      <Interval user={user} path={path} disabled={disabled} />
    </Panel>
  )
}

function Interval({
  user,
  path,
  disabled,
}: {
  readonly user: User
  readonly path: string
  readonly disabled: boolean
}) {
  const { person: says, common } = useTexts()
  const stored = user.interval_hours ?? ''
  const [typed, setTyped] = useState<number | string>(stored)
  const save = useChange(
    (hours: number | string) =>
      ask('PATCH', path, { body: { interval_hours: hours === '' ? null : Number(hours) } satisfies UserChange }),
    { touches: ['users'], said: common.saved },
  )
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        save.run(typed)
      }}
    >
      <Group align="flex-end" gap="sm">
        <NumberInput
          label={says.interval}
          description={says.intervalSays}
          value={typed}
          onChange={setTyped}
          error={save.fields['interval_hours']}
          disabled={disabled}
          hideControls
          clampBehavior="none"
          allowDecimal={false}
          flex="1 1 180px"
        />
        {typed !== stored && (
          <Button type="submit" variant="default" loading={save.busy}>
            {common.save}
          </Button>
        )}
      </Group>
      <Failed error={save.error} />
    </form>
  )
}
