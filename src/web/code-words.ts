import type { Instant } from '#domain/time.ts'
import { fromTime } from './moments.ts'
import type { Texts, Word } from './texts/texts.ts'

/** Until when no code is accepted; without an end only an administrator can help. */
export function lockedWords(
  texts: Pick<Texts, 'code' | 'clock' | 'moment' | 'span'>,
  retryAt: Instant,
  now: Instant,
): Word {
  return Number.isFinite(retryAt) ? texts.code.locked(fromTime(texts, retryAt, now)) : texts.code.lockedForGood
}
