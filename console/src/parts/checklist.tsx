import { Card, Group, Stack, Text } from '@mantine/core'
import type { ComponentProps } from 'react'
import type { Overview, Step } from '../api/shapes.ts'
import { useTexts } from '../texts/language.tsx'
import { Icon } from './icon.tsx'
import { Section } from './page.tsx'
import { To } from './to.tsx'

/** Where each step is taken, in the order in which they are. */
const STEPS: Readonly<Record<Step, Pick<ComponentProps<typeof To>, 'to' | 'search'>>> = {
  channel: { to: '/settings', search: { tab: 'delivery' } },
  administrator: { to: '/users', search: { role: 'Administrator' } },
  nobody_stuck: { to: '/users', search: { standing: 'must_enrol' } },
  switched_on: { to: '/settings', search: { tab: 'system' } },
  first_passed: { to: '/audit', search: { action: 'auth.factor.ok' } },
}

/** What is left to do until the first user has passed a second factor. */
export function Checklist({ overview: { checklist } }: { readonly overview: Overview }) {
  const { overview: says } = useTexts()
  return (
    <Card>
      <Section title={says.checklist} says={says.checklistSays}>
        <Stack gap={10} component="ol" className="steps">
          {(Object.keys(STEPS) as Step[]).map((step) => (
            <Group key={step} gap="sm" component="li" wrap="nowrap">
              <Text component="span" c={checklist[step] ? 'pine' : 'dimmed'} lh={1}>
                <Icon name={checklist[step] ? 'done' : 'open'} size={20} />
              </Text>
              <Text size="sm" fw={checklist[step] ? 400 : 550} c={checklist[step] ? 'dimmed' : undefined}>
                {checklist[step] ? says.steps[step] : <To {...STEPS[step]}>{says.steps[step]}</To>}
                <span className="sr-only"> ({checklist[step] ? says.done : says.open})</span>
              </Text>
            </Group>
          ))}
        </Stack>
      </Section>
    </Card>
  )
}
