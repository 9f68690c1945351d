import { Text } from '@mantine/core'
import type { AuditRow } from '../api/shapes.ts'
import { useMoments, useTexts } from '../texts/language.tsx'
import { DataTable } from './data-table.tsx'
import { Empty } from './page.tsx'

/** Entries of the audit log in their three columns: User, Action, Time. */
export function AuditRows({ rows, caption }: { readonly rows: readonly AuditRow[]; readonly caption: string }) {
  const { audit } = useTexts()
  const { dayTime } = useMoments()
  return (
    <DataTable
      caption={caption}
      items={rows}
      keyOf={({ seq }) => String(seq)}
      empty={<Empty title={audit.empty} />}
      columns={[
        { title: audit.user, cell: ({ user }) => <bdi>{user}</bdi> },
        {
          title: audit.action,
          cell: ({ action }) => (
            <Text size="sm" lang="en" dir="auto">
              {action}
            </Text>
          ),
        },
        {
          title: audit.time,
          cell: ({ at }) => (
            <Text size="sm" c="dimmed" component="time" dateTime={at} className="moment">
              {dayTime(at)}
            </Text>
          ),
        },
      ]}
    />
  )
}
