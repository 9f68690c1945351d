import { Group, Stack, Text } from '@mantine/core'
import type { ReactNode } from 'react'
import type { Overview } from '../api/shapes.ts'
import { Told } from './told.tsx'
import { useMoments, useTexts } from '../texts/language.tsx'
import { GoTo } from './to.tsx'

/** What somebody has to look at now, the worst first. Without any of it nothing is shown. */
export function Troubles({ overview }: { readonly overview: Overview }) {
  const { overview: says } = useTexts()
  const { percent } = useMoments()
  const { unreadable, channels, exempt, standing } = overview
  const all = (['email', 'sms'] as const).map((name) => ({ name, ...channels[name] }))
  const failing = all.filter(({ failed }) => failed > 0)
  // A channel that nobody needs is missed by nobody.
  const missed = overview.enabled && standing.let_in + standing.refused > 0
  const missing = all.filter(({ state }) => missed && state === 'unconfigured')
  return (
    <Stack gap="sm">
      {unreadable.length > 0 && (
        <Trouble
          tone="bad"
          title={says.unreadable}
          act={
            <GoTo to="/settings" size="xs">
              {says.look}
            </GoTo>
          }
        >
          {says.unreadableSays(unreadable.join(', '))}
        </Trouble>
      )}
      {standing.let_in > 0 && (
        <Trouble
          tone="bad"
          title={says.letIn(standing.let_in)}
          act={
            <GoTo to="/users" search={{ standing: 'let_in' }} size="xs">
              {says.look}
            </GoTo>
          }
        >
          {says.letInSays}
        </Trouble>
      )}
      {missing.map(({ name }) => (
        <Trouble
          key={name}
          tone="bad"
          title={says.notConfigured[name]}
          act={
            <GoTo to="/settings" search={{ tab: 'delivery' }} size="xs">
              {says.look}
            </GoTo>
          }
        >
          {says.notConfiguredSays}
        </Trouble>
      ))}
      {failing.map(({ name, failed, accepted }) => (
        <Trouble
          key={name}
          tone="bad"
          title={says.failing[name]}
          act={
            <GoTo to="/audit" search={{ action: 'delivery.failed' }} size="xs">
              {says.look}
            </GoTo>
          }
        >
          {says.failingSays(failed, failed + accepted)}
        </Trouble>
      ))}
      {exempt.notice !== null && (
        <Trouble
          tone="warn"
          title={says.exempt}
          act={
            <GoTo to="/users" search={{ show: 'exempt' }} size="xs">
              {says.look}
            </GoTo>
          }
        >
          {says.exemptNotice(exempt.count, overview.users, percent(exempt.share))}
        </Trouble>
      )}
    </Stack>
  )
}

function Trouble({
  tone,
  title,
  act,
  children,
}: {
  readonly tone: 'bad' | 'warn'
  readonly title: string
  readonly act: ReactNode
  readonly children: ReactNode
}) {
  return (
    <Told tone={tone} title={title}>
      <Group justify="space-between" gap="sm" align="flex-end">
        <Text size="sm" flex="1 1 260px">
          {children}
        </Text>
        {act}
      </Group>
    </Told>
  )
}
