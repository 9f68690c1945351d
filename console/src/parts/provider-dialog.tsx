import { NativeSelect, Textarea, TextInput } from '@mantine/core'
import { useState } from 'react'
import { ask } from '../api/client.ts'
import type { NewProvider, Provider } from '../api/shapes.ts'
import { useTexts } from '../texts/language.tsx'
import { FormDialog } from './form-dialog.tsx'
import { useChange } from './use-change.ts'

type Draft = Pick<Provider, 'name' | 'title' | 'second_factor'> & {
  readonly entityId: string
  readonly ssoUrl: string
  readonly certificates: string
  readonly attribute: string
  readonly contexts: string
}

/** Makes an identity provider, or changes one. Nothing in it is secret. */
export function ProviderDialog({
  provider,
  onClose,
}: {
  readonly provider: Provider | null
  readonly onClose: () => void
}) {
  const { providers: says, common } = useTexts()
  const [draft, setDraft] = useState(() => draftOf(provider))
  const save = useChange(
    () =>
      provider === null
        ? ask('POST', '/identity-providers', { body: bodyOf(draft) })
        : ask('PATCH', `/identity-providers/${provider.name}`, { body: { ...bodyOf(draft), name: undefined } }),
    { touches: ['identity-providers'], said: common.saved, done: onClose },
  )
  const { fields } = save
  const line = (field: keyof Draft, label: string, error: string | undefined, description?: string) => (
    <TextInput
      label={label}
      description={description}
      value={draft[field]}
      onChange={(event) => {
        const value = event.currentTarget.value
        setDraft((before) => ({ ...before, [field]: value }))
      }}
      error={error}
      autoComplete="off"
    />
  )
  const area = (field: keyof Draft, label: string, description: string, error: string | undefined) => (
    <Textarea
      label={label}
      description={description}
      value={draft[field]}
      onChange={(event) => {
        const value = event.currentTarget.value
        setDraft((before) => ({ ...before, [field]: value }))
      }}
      error={error}
      autosize
      minRows={2}
      maxRows={10}
      dir="ltr"
    />
  )
  return (
    <FormDialog
      opened
      onClose={onClose}
      title={provider === null ? says.new : provider.title || provider.name}
      act={common.save}
      busy={save.busy}
      error={save.error}
      onSubmit={() => save.run(undefined)}
    >
      {provider === null && line('name', says.nameField, fields['name'], says.nameSays)}
      {line('title', says.titleField, fields['title'])}
      {line('entityId', says.entityId, fields['config/entity_id'])}
      {line('ssoUrl', says.ssoUrl, fields['config/sso_url'])}
      {area(
        'certificates',
        says.certificates,
        says.certificatesSays,
        fields['config/certificates'] ?? fields['config/certificates/0'],
      )}
      {line('attribute', says.attribute, fields['config/username_attribute'], says.attributeSays)}
      {area('contexts', says.contexts, says.contextsSays, fields['config/multi_factor_contexts'])}
      <NativeSelect
        label={says.secondFactor}
        value={draft.second_factor}
        onChange={(event) => {
          const value = event.currentTarget.value as Draft['second_factor']
          setDraft((before) => ({ ...before, second_factor: value }))
        }}
        data={Object.entries(says.secondFactors).map(([value, label]) => ({ value, label }))}
        error={fields['second_factor']}
      />
    </FormDialog>
  )
}

function draftOf(provider: Provider | null): Draft {
  return {
    name: provider?.name ?? '',
    title: provider?.title ?? '',
    second_factor: provider?.second_factor ?? 'require',
    entityId: provider?.config.entity_id ?? '',
    ssoUrl: provider?.config.sso_url ?? '',
    certificates: provider?.config.certificates.join('\n') ?? '',
    attribute: provider?.config.username_attribute ?? '',
    contexts: provider?.config.multi_factor_contexts.join('\n') ?? '',
  }
}

function bodyOf(draft: Draft): NewProvider {
  const end = '-----END CERTIFICATE-----'
  const certificates = draft.certificates.split(end).map((each) => each.trim())
  return {
    name: draft.name,
    ...(draft.title === '' ? {} : { title: draft.title }),
    second_factor: draft.second_factor,
    config: {
      entity_id: draft.entityId.trim(),
      sso_url: draft.ssoUrl.trim(),
      certificates: certificates.filter((each) => each !== '').map((each) => `${each}\n${end}\n`),
      username_attribute: draft.attribute.trim() === '' ? null : draft.attribute.trim(),
      multi_factor_contexts: draft.contexts.split('\n').filter((each) => each.trim() !== ''),
    },
  }
}
