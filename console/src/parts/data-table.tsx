import { Box, Button, Card, Group, Table } from '@mantine/core'
import type { ReactNode } from 'react'
import { useTexts } from '../texts/language.tsx'
import { useFilter } from './use-filter.ts'
import { Scroll } from './scroll.tsx'

export interface Column<Item> {
  readonly title: ReactNode
  readonly cell: (item: Item) => ReactNode
  /** Numbers stand under each other at the far side. */
  readonly number?: true
  readonly width?: number | string
  /** Given up first where there is little room. */
  readonly wide?: true
}

interface DataTableProps<Item> {
  readonly caption: string
  readonly columns: readonly Column<Item>[]
  readonly items: readonly Item[]
  readonly keyOf: (item: Item) => string
  readonly empty: ReactNode
  /** What leads to the next page; left out: there are no pages. */
  readonly next?: string | null
}

/** A list as a table, with the pages of the server below it. */
export function DataTable<Item>({ caption, columns, items, keyOf, empty, next }: DataTableProps<Item>) {
  return (
    <Card p={0}>
      {items.length === 0 ? (
        empty
      ) : (
        <Scroll label={caption}>
          <Table>
            <Table.Caption className="sr-only">{caption}</Table.Caption>
            <Table.Thead>
              <Table.Tr>
                {columns.map((column, index) => (
                  <Table.Th
                    // oxlint-disable-next-line react/no-array-index-key -- columns do not move
                    key={index}
                    scope="col"
                    ta={column.number ? 'end' : 'start'}
                    w={column.width}
                    className={column.wide ? 'wide' : undefined}
                  >
                    {column.title}
                  </Table.Th>
                ))}
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {items.map((item) => (
                <Table.Tr key={keyOf(item)}>
                  {columns.map((column, index) => (
                    <Table.Td
                      // oxlint-disable-next-line react/no-array-index-key -- columns do not move
                      key={index}
                      ta={column.number ? 'end' : 'start'}
                      className={column.wide ? 'wide' : undefined}
                    >
                      {column.cell(item)}
                    </Table.Td>
                  ))}
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </Scroll>
      )}
      {next !== undefined && <Pages next={next} />}
    </Card>
  )
}

function Pages({ next }: { readonly next: string | null }) {
  const { common } = useTexts()
  const { filter, narrow } = useFilter()
  const begun = filter['cursor'] !== undefined
  if (!begun && next === null) return null
  return (
    <Box p="sm" className="pages">
      <Group justify="flex-end" gap="sm">
        {begun && (
          <Button variant="default" size="xs" onClick={() => narrow({})}>
            {common.first}
          </Button>
        )}
        {next !== null && (
          <Button variant="default" size="xs" onClick={() => narrow({ cursor: next })}>
            {common.next}
          </Button>
        )}
      </Group>
    </Box>
  )
}
