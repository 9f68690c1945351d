import { Group, Text, Tooltip } from '@mantine/core'
import type { TwoFactorUser } from '../api/shapes.ts'
import { useTexts } from '../texts/language.tsx'
import { Icon } from './icon.tsx'

/** What keeps codes from reaching a user. */
export function Warnings({ of }: { readonly of: TwoFactorUser['warnings'] }) {
  const { twoFactor: says } = useTexts()
  if (of.length === 0) return <span className="sr-only">{says.fine}</span>
  const text = of.map((each) => says.warnings[each]).join('. ')
  return (
    <Tooltip label={text} multiline maw={280}>
      <Group tabIndex={0} gap={4} wrap="nowrap" className="warned" role="img" aria-label={text}>
        <Icon name="warning" />
        {of.length > 1 && (
          <Text size="xs" fw={600}>
            {of.length}
          </Text>
        )}
      </Group>
    </Tooltip>
  )
}
