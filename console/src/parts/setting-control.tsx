import { Checkbox, Group, NativeSelect, NumberInput, Stack, Switch, Textarea, TextInput } from '@mantine/core'
import type { Setting } from '../api/shapes.ts'
import { useTexts } from '../texts/language.tsx'
import { ContactEditor } from './contact-editor.tsx'

/** The part of a JSON schema that decides how a value is put in. */
interface Form {
  readonly type?: string
  readonly enum?: readonly (string | number)[]
  readonly const?: string | number
  readonly anyOf?: readonly Form[]
  readonly minimum?: number
  readonly maximum?: number
  readonly maxLength?: number
  readonly items?: Form & { readonly title?: string }
}

interface ControlProps {
  readonly setting: Setting
  readonly value: unknown
  readonly onChange: (value: unknown) => void
  readonly error: string | undefined
  readonly disabled: boolean
  readonly label: string
  readonly describedBy: string
}

/** What a setting is changed with, made from its schema: a new setting needs no code here. */
export function SettingControl(props: ControlProps) {
  const { setting, value, onChange, error, disabled, label, describedBy } = props
  const form = setting.schema as Form
  const aria = { 'aria-label': label, 'aria-describedby': describedBy, disabled }
  if (setting.key === 'contact.persons')
    return <ContactEditor value={value} onChange={onChange} disabled={disabled} error={error} />
  if (form.type === 'boolean')
    return (
      <Switch
        {...aria}
        checked={value === true}
        onChange={(event) => onChange(event.currentTarget.checked)}
        error={error}
        size="md"
      />
    )
  if (form.anyOf) return <NumberOrNever {...props} form={form} />
  if (form.enum) return <Picked {...props} form={form} />
  if (form.type === 'integer') return <Whole {...props} form={form} />
  if (form.type === 'array') return form.items?.enum ? <Several {...props} form={form} /> : <Lines {...props} />
  return (
    <TextInput
      {...aria}
      value={typeof value === 'string' ? value : ''}
      onChange={(event) => onChange(event.currentTarget.value)}
      error={error}
      w={260}
      maw="100%"
    />
  )
}

type WithForm = ControlProps & { readonly form: Form }

function Picked({ value, onChange, error, disabled, label, describedBy, form }: WithForm) {
  const { settings } = useTexts()
  const options = form.enum ?? []
  return (
    <NativeSelect
      aria-label={label}
      aria-describedby={describedBy}
      disabled={disabled}
      value={String(value)}
      onChange={(event) => onChange(options.find((each) => String(each) === event.currentTarget.value))}
      data={options.map((each) => ({ value: String(each), label: settings.words[String(each)] ?? String(each) }))}
      error={error}
      w={260}
      maw="100%"
    />
  )
}

function Whole({ value, onChange, error, disabled, label, describedBy, form }: WithForm) {
  return (
    <NumberInput
      aria-label={label}
      aria-describedby={describedBy}
      disabled={disabled}
      value={typeof value === 'number' ? value : ''}
      onChange={onChange}
      {...(form.minimum === undefined ? {} : { min: form.minimum })}
      {...(form.maximum === undefined ? {} : { max: form.maximum })}
      // What is out of range is refused with a sentence, and never bent into it.
      clampBehavior="none"
      allowDecimal={false}
      thousandSeparator=" "
      error={error}
      hideControls
      w={140}
    />
  )
}

function NumberOrNever(props: WithForm) {
  const { settings } = useTexts()
  const { value, onChange, disabled, label, form, setting } = props
  const number = form.anyOf?.find(({ type }) => type === 'integer') ?? {}
  const word = form.anyOf?.find((each) => each.const !== undefined)?.const
  const off = value === word
  const first = typeof setting.default === 'number' ? setting.default : (number.minimum ?? 0)
  return (
    <Group gap="sm">
      <Checkbox
        checked={off}
        disabled={disabled}
        aria-label={`${label}: ${settings.never}`}
        label={settings.never}
        onChange={(event) => onChange(event.currentTarget.checked ? word : first)}
      />
      {!off && <Whole {...props} form={number} />}
    </Group>
  )
}

function Several({ value, onChange, error, disabled, label, describedBy, form }: WithForm) {
  const { settings } = useTexts()
  const chosen = Array.isArray(value) ? value.map(String) : []
  return (
    <Checkbox.Group
      aria-label={label}
      aria-describedby={describedBy}
      value={chosen}
      // In the order of the list, so that ticking and unticking is no change.
      onChange={(next) => onChange((form.items?.enum ?? []).filter((each) => next.includes(String(each))))}
      error={error}
    >
      <Stack gap={8}>
        {(form.items?.enum ?? []).map((each) => (
          <Checkbox
            key={each}
            value={String(each)}
            disabled={disabled}
            label={
              <>
                {settings.words[String(each)] ?? String(each)}
                {each === 'app' && <span className="recommended"> · {settings.recommended}</span>}
              </>
            }
          />
        ))}
      </Stack>
    </Checkbox.Group>
  )
}

function Lines({ value, onChange, error, disabled, label, describedBy }: ControlProps) {
  const { settings } = useTexts()
  return (
    <Textarea
      aria-label={label}
      aria-describedby={describedBy}
      disabled={disabled}
      description={settings.oneALine}
      inputWrapperOrder={['label', 'input', 'description', 'error']}
      value={Array.isArray(value) ? value.join('\n') : ''}
      onChange={(event) => onChange(event.currentTarget.value.split('\n').map((line) => line.trimStart()))}
      error={error}
      autosize
      minRows={2}
      w={300}
      maw="100%"
    />
  )
}
