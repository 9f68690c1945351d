import { Box, Text } from '@mantine/core'
import type { ReactNode } from 'react'
import { Icon, type IconName } from './icon.tsx'

/** How much something matters: its colour, never its only sign. */
export type Tone = 'good' | 'note' | 'warn' | 'bad' | 'calm'

const ICONS: Readonly<Record<Tone, IconName>> = {
  good: 'done',
  note: 'info',
  warn: 'warning',
  bad: 'warning',
  calm: 'info',
}

/** A sentence that has to be read, in a box of its own. */
export function Told({
  tone,
  title,
  icon = ICONS[tone],
  alert = false,
  children,
}: {
  readonly tone: Tone
  readonly title?: string
  readonly icon?: IconName
  /** Something has just gone wrong: it is read out at once. */
  readonly alert?: boolean
  readonly children?: ReactNode
}) {
  return (
    <div className="told" data-tone={tone} role={alert ? 'alert' : undefined}>
      <Icon name={icon} size={20} />
      <Box flex={1} miw={0}>
        {title && (
          <Text fw={600} size="sm">
            {title}
          </Text>
        )}
        <Text component="div" size="sm">
          {children}
        </Text>
      </Box>
    </div>
  )
}
