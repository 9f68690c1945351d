import { Button, Group, NativeSelect, Text, TextInput } from '@mantine/core'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { ask } from '../api/client.ts'
import { applications } from '../api/queries.ts'
import { Problem } from '../api/problem.ts'
import type { Explained, User } from '../api/shapes.ts'
import { useTexts } from '../texts/language.tsx'
import { Failed } from './failed.tsx'
import { Panel } from './panel.tsx'
import { useMay } from './use-may.ts'

interface Supposed {
  readonly application: string
  readonly address: string
  readonly at: string
}

/** Why a user is asked or not: every rule in its order, the one that decides at the end; and what if it were otherwise. */
export function Why({ user }: { readonly user: User }) {
  const { person: says } = useTexts()
  const may = useMay()
  const known = useQuery({ ...applications, enabled: may('settings:read') })
  const [draft, setDraft] = useState<Supposed>({ application: 'web', address: '', at: '' })
  const [supposed, setSupposed] = useState(draft)
  const answer = useQuery({
    // The user is part of the key: what is changed on this page is explained anew.
    queryKey: ['users', 'why', user, supposed],
    queryFn: async () => (await ask<Explained>('POST', '/explain', { body: question(user.username, supposed) })).body,
    placeholderData: keepPreviousData,
    retry: false,
  })
  const fields = answer.error instanceof Problem ? answer.error.fields : {}
  const set = (more: Partial<Supposed>): void => setDraft((before) => ({ ...before, ...more }))
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    setSupposed(draft)
  }
  const titles = known.data?.items ?? [{ name: 'web', title: 'Web' }]
  return (
    <Panel title={says.why} says={says.whySays}>
      {answer.data && <Trail explained={answer.data} />}
      {Object.keys(fields).length === 0 && <Failed error={answer.error} />}
      <form onSubmit={submit} aria-label={says.whatIf} noValidate>
        <Group align="flex-end" gap="sm">
          <NativeSelect
            label={says.application}
            value={draft.application}
            onChange={(event) => set({ application: event.currentTarget.value })}
            data={titles.map(({ name, title }) => ({ value: name, label: title }))}
            flex="1 1 100px"
          />
          <TextInput
            label={says.address}
            placeholder="203.0.113.9"
            value={draft.address}
            onChange={(event) => set({ address: event.currentTarget.value })}
            error={fields['address']}
            flex="1 1 120px"
          />
          <TextInput
            label={says.at}
            type="datetime-local"
            value={draft.at}
            onChange={(event) => set({ at: event.currentTarget.value })}
            error={fields['at']}
            flex="1 1 195px"
          />
          <Button type="submit" variant="default" loading={answer.isFetching}>
            {says.whatIf}
          </Button>
        </Group>
      </form>
    </Panel>
  )
}

function Trail({ explained: { decision, rules } }: { readonly explained: Explained }) {
  const { person: says, settings } = useTexts()
  return (
    <ol className="trail" aria-live="polite">
      {rules.map(({ rule, applied, sentence }) => (
        <li key={rule} data-decides={applied || undefined}>
          {applied ? (
            <>
              <Text fw={620}>{says.outcomes[decision.outcome]}</Text>
              <Text size="sm" lang="en" dir="auto">
                {sentence}
              </Text>
              <Text size="xs" c="dimmed">
                {says.decides}
                {decision.setting !== undefined && (
                  <> · {says.by(settings.names[decision.setting] ?? decision.setting)}</>
                )}
              </Text>
            </>
          ) : (
            <Text size="sm" lang="en" dir="auto">
              {sentence}
            </Text>
          )}
        </li>
      ))}
    </ol>
  )
}

function question(username: string, { application, address, at }: Supposed) {
  return {
    username,
    application,
    ...(address.trim() === '' ? {} : { address: address.trim() }),
    ...(at === '' ? {} : { at: new Date(at).toISOString() }),
  }
}
