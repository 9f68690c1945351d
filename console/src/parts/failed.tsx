import { Anchor, Button, Text } from '@mantine/core'
import { Problem, Unreachable } from '../api/problem.ts'
import { BASE } from '../site.ts'
import { Told } from './told.tsx'
import { useTexts } from '../texts/language.tsx'
import type { Texts } from '../texts/texts.ts'

/** What went wrong, in a sentence that says what to do. */
export function failureSentence({ failure }: Texts, error: unknown): string {
  if (error instanceof Unreachable) return failure.unreachable
  if (!(error instanceof Problem)) return error instanceof Error ? error.message : String(error)
  if (error.code === 'unauthenticated') return failure.signedOut
  if (error.code === 'version_conflict') return failure.conflict
  return (error.code === 'unknown' ? undefined : failure.codes[error.code]) ?? error.message
}

/** Something failed: said where it failed, with a way to go on. */
export function Failed({ error, again }: { readonly error: unknown; readonly again?: () => void }) {
  const texts = useTexts()
  if (error === null || error === undefined) return null
  const signedOut = error instanceof Problem && error.code === 'unauthenticated'
  const request = error instanceof Problem && error.status >= 500 ? error.request : null
  return (
    <Told tone="bad" title={texts.failure.title} alert>
      <Text size="sm">{failureSentence(texts, error)}</Text>
      {request && (
        <Text size="sm" c="dimmed" ff="monospace">
          {texts.failure.request(request)}
        </Text>
      )}
      {signedOut && (
        <Anchor size="sm" href={BASE} target="_blank" rel="noopener">
          {texts.failure.signInTab}
        </Anchor>
      )}
      {again && (
        <Button size="xs" mt="sm" variant="default" onClick={again}>
          {texts.common.tryAgain}
        </Button>
      )}
    </Told>
  )
}
