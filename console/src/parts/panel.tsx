import { Card } from '@mantine/core'
import type { ComponentProps } from 'react'
import { Section } from './page.tsx'

/** A section in a card of its own. */
export function Panel(props: ComponentProps<typeof Section>) {
  return (
    <Card>
      <Section {...props} />
    </Card>
  )
}
