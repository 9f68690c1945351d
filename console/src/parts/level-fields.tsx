import { Checkbox, NativeSelect, NumberInput, Stack, Switch, Textarea } from '@mantine/core'
import type { Role } from '../api/shapes.ts'
import { useTexts } from '../texts/language.tsx'

// What a role or an application says instead of the site: a value, or null for no opinion.

interface Field<Value> {
  readonly label: string
  readonly value: Value
  readonly onChange: (value: Value) => void
  readonly error: string | undefined
}

export function WholeOrSite({ label, value, onChange, error }: Field<number | null>) {
  const { common } = useTexts()
  return (
    <NumberInput
      label={label}
      placeholder={common.asSite}
      value={value ?? ''}
      onChange={(next) => onChange(next === '' ? null : Number(next))}
      error={error}
      hideControls
      clampBehavior="none"
      allowDecimal={false}
    />
  )
}

export function YesOrSite({ label, value, onChange, error }: Field<boolean | null>) {
  const { common } = useTexts()
  return (
    <NativeSelect
      label={label}
      value={value === null ? '' : String(value)}
      onChange={(event) => onChange(event.currentTarget.value === '' ? null : event.currentTarget.value === 'true')}
      data={[
        { value: '', label: common.asSite },
        { value: 'true', label: common.yes },
        { value: 'false', label: common.no },
      ]}
      error={error}
    />
  )
}

export function Yes({ label, value, onChange, error }: Field<boolean>) {
  return (
    <Switch label={label} checked={value} onChange={(event) => onChange(event.currentTarget.checked)} error={error} />
  )
}

type Methods = Role['methods_allowed']
const METHODS = [
  'app',
  'passkey',
  'recovery',
  'email',
  'sms',
  'hardware',
] as const satisfies readonly NonNullable<Methods>[number][]

export function MethodsOrSite({ label, value, onChange, error }: Field<Methods>) {
  const { common, settings } = useTexts()
  return (
    <Stack gap={8}>
      <Checkbox
        label={`${label}: ${common.asSite}`}
        checked={value === null}
        onChange={(event) => onChange(event.currentTarget.checked ? null : ['app'])}
      />
      {value !== null && (
        <Checkbox.Group
          aria-label={label}
          value={value}
          onChange={(next) => onChange(METHODS.filter((each) => next.includes(each)))}
          error={error}
        >
          <Stack gap={6} ps="md">
            {METHODS.map((each) => (
              <Checkbox key={each} value={each} label={settings.words[each] ?? each} />
            ))}
          </Stack>
        </Checkbox.Group>
      )}
    </Stack>
  )
}

export function NetworksOrSite({ label, value, onChange, error }: Field<readonly string[] | null>) {
  const { roles } = useTexts()
  return (
    <Textarea
      label={label}
      description={roles.networksSays}
      value={(value ?? []).join('\n')}
      onChange={(event) => {
        const text = event.currentTarget.value
        onChange(text === '' ? null : text.split('\n'))
      }}
      error={error}
      autosize
      minRows={2}
    />
  )
}
