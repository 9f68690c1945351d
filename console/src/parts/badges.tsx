import { Tooltip } from '@mantine/core'
import type { Standing } from '../api/shapes.ts'
import { useTexts } from '../texts/language.tsx'
import type { Tone } from './told.tsx'

const TONES: Readonly<Record<Standing, Tone>> = {
  not_required: 'calm',
  exempt: 'warn',
  ready: 'good',
  grace: 'note',
  let_in: 'bad',
  must_enrol: 'warn',
  refused: 'bad',
}

/** Where a user stands with the second factor; the sentence behind it comes when asked for. */
export function StandingBadge({ standing }: { readonly standing: Standing }) {
  const texts = useTexts()
  return (
    <Tooltip label={texts.standingMeans[standing]} multiline maw={280}>
      <span className="badge" data-tone={TONES[standing]}>
        {texts.standing[standing]}
      </span>
    </Tooltip>
  )
}

export function Mark({ says, tone = 'calm' }: { readonly says: string; readonly tone?: Tone }) {
  return (
    <span className="badge" data-tone={tone}>
      {says}
    </span>
  )
}
