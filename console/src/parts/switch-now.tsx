import { Switch, Text, Tooltip } from '@mantine/core'
import { useTexts } from '../texts/language.tsx'
import { failureSentence } from './failed.tsx'
import { useChange } from './use-change.ts'

/** A switch that acts at once; while it does, and when it could not, it says so. */
export function SwitchNow({
  label,
  shown,
  checked,
  disabled,
  turn,
  touches,
}: {
  /** What a screen reader says; `shown` is what stands beside it. */
  readonly label: string
  readonly shown?: string
  readonly checked: boolean
  readonly disabled: boolean
  readonly turn: (on: boolean) => Promise<unknown>
  readonly touches: readonly string[]
}) {
  const texts = useTexts()
  const change = useChange(turn, { touches, said: texts.common.saved })
  const failed = change.error !== null || Object.keys(change.fields).length > 0
  const why = Object.values(change.fields)[0] ?? failureSentence(texts, change.error)
  return (
    <>
      <Tooltip label={why} disabled={!failed} multiline maw={280}>
        <Switch
          aria-label={label}
          label={shown}
          checked={change.busy ? !checked : checked}
          disabled={disabled}
          aria-busy={change.busy}
          onChange={(event) => change.run(event.currentTarget.checked)}
        />
      </Tooltip>
      {failed && (
        <Text size="xs" c="var(--tone-bad)" role="alert" maw={260}>
          {why}
        </Text>
      )}
    </>
  )
}
