import { Box, Group, Skeleton, Stack, Text, Title } from '@mantine/core'
import type { UseQueryResult } from '@tanstack/react-query'
import { type ReactNode, useEffect } from 'react'
import { SITE } from '../site.ts'
import { Failed } from './failed.tsx'

interface PageProps {
  readonly title: string
  readonly says?: ReactNode
  /** What can be done with the whole page, at the top on the far side. */
  readonly acts?: ReactNode
  readonly children: ReactNode
}

/** A page: its name, a sentence about it, and what is on it. */
export function Page({ title, says, acts, children }: PageProps) {
  useEffect(() => {
    document.title = `${title} · ${SITE.title}`
  }, [title])
  return (
    <Stack gap="lg">
      <Group justify="space-between" align="flex-start" gap="md">
        <Box flex="1 1 320px">
          <Title order={1}>{title}</Title>
          {says && (
            <Text c="dimmed" mt={4} maw={680}>
              {says}
            </Text>
          )}
        </Box>
        {acts && <Group gap="sm">{acts}</Group>}
      </Group>
      {children}
    </Stack>
  )
}

/** What was asked for, once it is there. */
export function Loaded<Data>({
  query,
  children,
  height = 180,
}: {
  readonly query: UseQueryResult<Data>
  readonly children: (data: Data) => ReactNode
  readonly height?: number
}) {
  const { data, error, refetch } = query
  if (data !== undefined)
    return (
      <>
        {error !== null && <Failed error={error} again={() => void refetch()} />}
        {children(data)}
      </>
    )
  if (error !== null) return <Failed error={error} again={() => void refetch()} />
  return <Skeleton height={height} radius="lg" />
}

/** Nothing is here, and what to do about it. */
export function Empty({ title, next }: { readonly title: string; readonly next?: ReactNode }) {
  return (
    <Stack align="center" gap={6} py={40} px="md" ta="center">
      <Text fw={600}>{title}</Text>
      {next && (
        <Text component="div" size="sm" c="dimmed">
          {next}
        </Text>
      )}
    </Stack>
  )
}

/** A part of a page under its own heading. */
export function Section({
  title,
  says,
  acts,
  children,
}: {
  readonly title: string
  readonly says?: ReactNode
  readonly acts?: ReactNode
  readonly children?: ReactNode
}) {
  return (
    <Stack gap="sm" component="section">
      <Group justify="space-between" align="flex-start" gap="sm">
        <Box flex="1 1 240px">
          <Title order={2}>{title}</Title>
          {says && (
            <Text size="sm" c="dimmed" mt={2}>
              {says}
            </Text>
          )}
        </Box>
        {acts && <Group gap="xs">{acts}</Group>}
      </Group>
      {children}
    </Stack>
  )
}
