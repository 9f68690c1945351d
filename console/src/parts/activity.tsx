import '@mantine/charts/styles.css'
import { BarChart } from '@mantine/charts'
import { Card, Group, SegmentedControl, Stack, Table, Text } from '@mantine/core'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { activity } from '../api/queries.ts'
import type { Activity as Report } from '../api/shapes.ts'
import { useMoments, useTexts } from '../texts/language.tsx'
import { Empty, Loaded, Section } from './page.tsx'
import { Scroll } from './scroll.tsx'

type Day = Report['days'][number]
interface Series {
  readonly name: string
  readonly label: string
  readonly color: string
  readonly of: (day: Day) => number
}

const SPANS = [7, 14, 30, 90]
const METHOD_COLOURS: Readonly<Record<string, string>> = {
  email: 'pine.6',
  sms: 'blue.6',
  app: 'violet.6',
  passkey: 'orange.6',
  recovery: 'yellow.7',
  hardware: 'grape.6',
}

/** Sign-ins and challenges over time: two charts, or the same numbers as a table. */
export default function Activity() {
  const { overview: says } = useTexts()
  const [days, setDays] = useState(14)
  const [view, setView] = useState('chart')
  const report = useQuery({ ...activity(days), placeholderData: keepPreviousData })
  const outcomes: readonly Series[] = [
    { name: 'sign_ins', label: says.signIns, color: 'pine.7', of: (day) => day.sign_ins },
    { name: 'refused', label: says.refused, color: 'orange.6', of: (day) => day.refused_codes },
    { name: 'wrong', label: says.wrongPasswords, color: 'red.6', of: (day) => day.wrong_passwords },
  ]
  const methods = Object.entries(METHOD_COLOURS).map(
    ([name, color]): Series => ({
      name,
      label: says.methods[name] ?? name,
      color,
      of: (day) => day.passed[name as keyof Day['passed']] ?? 0,
    }),
  )
  return (
    <Section
      title={says.activity}
      acts={
        <>
          <SegmentedControl
            size="xs"
            aria-label={says.span}
            value={String(days)}
            onChange={(value) => setDays(Number(value))}
            data={SPANS.map((each) => ({ value: String(each), label: says.days(each) }))}
          />
          <SegmentedControl
            size="xs"
            aria-label={`${says.chart}, ${says.table}`}
            value={view}
            onChange={setView}
            data={[
              { value: 'chart', label: says.chart },
              { value: 'table', label: says.table },
            ]}
          />
        </>
      }
    >
      <Card>
        <Loaded query={report} height={300}>
          {(data) => {
            const used = methods.filter(({ of }) => data.days.some((day) => of(day) > 0))
            const any = [...outcomes, ...used].some(({ of }) => data.days.some((day) => of(day) > 0))
            if (!any) return <Empty title={says.nothingYet} />
            if (view === 'table') return <Numbers days={data.days} series={[...outcomes, ...used]} />
            return (
              <Group align="stretch" gap="xl" grow preventGrowOverflow={false}>
                <Chart title={says.signInsChart} days={data.days} series={outcomes} />
                <Chart title={says.challengesChart} days={data.days} series={used} stacked />
              </Group>
            )
          }}
        </Loaded>
      </Card>
    </Section>
  )
}

function Chart({
  title,
  days,
  series,
  stacked = false,
}: {
  readonly title: string
  readonly days: readonly Day[]
  readonly series: readonly Series[]
  readonly stacked?: boolean
}) {
  const { shortDay } = useMoments()
  const data = days.map((day) => ({
    day: shortDay(`${day.day}T12:00:00Z`),
    ...Object.fromEntries(series.map(({ name, of }) => [name, of(day)])),
  }))
  return (
    <Stack gap="sm" miw={240} flex="1 1 300px" component="figure" m={0}>
      <Text size="sm" c="dimmed" component="figcaption">
        {title}
      </Text>
      <div role="img" aria-label={title} dir="ltr">
        <BarChart
          h={220}
          data={data}
          dataKey="day"
          type={stacked ? 'stacked' : 'default'}
          series={series.map(({ name, label, color }) => ({ name, label, color }))}
          withLegend
          legendProps={{ verticalAlign: 'bottom', height: 36 }}
          gridAxis="y"
          tickLine="none"
          yAxisProps={{ allowDecimals: false, width: 32 }}
          barProps={{ isAnimationActive: false, maxBarSize: 18, radius: 2 }}
          tooltipAnimationDuration={0}
        />
      </div>
    </Stack>
  )
}

function Numbers({ days, series }: { readonly days: readonly Day[]; readonly series: readonly Series[] }) {
  const { overview: says } = useTexts()
  const { shortDay, number } = useMoments()
  return (
    <Scroll label={says.activity}>
      <Table>
        <Table.Caption className="sr-only">{says.activity}</Table.Caption>
        <Table.Thead>
          <Table.Tr>
            <Table.Th scope="col">{says.day}</Table.Th>
            {series.map(({ name, label }) => (
              <Table.Th key={name} scope="col" ta="end">
                {label}
              </Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {days.toReversed().map((day) => (
            <Table.Tr key={day.day}>
              <Table.Th scope="row">{shortDay(`${day.day}T12:00:00Z`)}</Table.Th>
              {series.map(({ name, of }) => (
                <Table.Td key={name} ta="end">
                  {number(of(day))}
                </Table.Td>
              ))}
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Scroll>
  )
}
