import { Code, Modal, Stack, Table, Text } from '@mantine/core'
import type { AuditRow } from '../api/shapes.ts'
import { useMoments, useTexts } from '../texts/language.tsx'

interface Difference {
  readonly key: string
  readonly from: unknown
  readonly to: unknown
}

/** One entry whole: before and after, where it came from, and its place in the chain. */
export function AuditDetails({ row, onClose }: { readonly row: AuditRow | null; readonly onClose: () => void }) {
  const { audit: says, common } = useTexts()
  const { dayTime } = useMoments()
  return (
    <Modal
      opened={row !== null}
      onClose={onClose}
      title={row?.action}
      size="lg"
      closeButtonProps={{ 'aria-label': common.close }}
    >
      {row && (
        <Stack>
          <Differences of={differences(row.data)} />
          <Table withRowBorders={false} verticalSpacing={4}>
            <Table.Tbody>
              {(
                [
                  [says.time, dayTime(row.at)],
                  [says.user, row.user],
                  [
                    says.object,
                    row.target === null ? null : `${row.target.name ?? row.target.id} (${row.target.type})`,
                  ],
                  [says.application, row.application],
                  [says.address, row.address],
                  [says.browser, row.user_agent],
                  [says.request, row.request],
                  [says.number, String(row.seq)],
                  [says.hash, row.hash],
                ] as const
              ).map(
                ([name, value]) =>
                  value !== null &&
                  value !== '' && (
                    <Table.Tr key={name}>
                      <Table.Th scope="row" w={120}>
                        {name}
                      </Table.Th>
                      <Table.Td>
                        <Text size="sm" className="long">
                          <bdi>{value}</bdi>
                        </Text>
                      </Table.Td>
                    </Table.Tr>
                  ),
              )}
            </Table.Tbody>
          </Table>
          <Code block tabIndex={0} aria-label={says.details} dir="ltr">
            {JSON.stringify(row.data, null, 2)}
          </Code>
        </Stack>
      )}
    </Modal>
  )
}

function Differences({ of }: { readonly of: readonly Difference[] }) {
  const { audit: says, settings } = useTexts()
  if (of.length === 0) return null
  return (
    <Table>
      <Table.Thead>
        <Table.Tr>
          <Table.Th scope="col">{says.object}</Table.Th>
          <Table.Th scope="col">{says.before}</Table.Th>
          <Table.Th scope="col">{says.after}</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {of.map(({ key, from, to }) => (
          <Table.Tr key={key}>
            <Table.Th scope="row">{settings.names[key] ?? key}</Table.Th>
            <Table.Td>{plain(from)}</Table.Td>
            <Table.Td>
              <strong>{plain(to)}</strong>
            </Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  )
}

/** Changes are written down as a list with keys, or as an object of fields; everything else has no before and after. */
function differences(data: AuditRow['data']): readonly Difference[] {
  const listed = Array.isArray(data['changes']) ? (data['changes'] as readonly unknown[]) : []
  const named = Object.entries(data).map(([key, value]) => ({ ...(value as object), key }))
  return [...listed, ...named].filter(
    (each): each is Difference =>
      typeof each === 'object' && each !== null && 'key' in each && 'from' in each && 'to' in each,
  )
}

function plain(value: unknown): string {
  return typeof value === 'string' ? value : value === null || value === undefined ? '–' : JSON.stringify(value)
}
