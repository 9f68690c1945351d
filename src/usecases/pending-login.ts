import { type Challenge, standing, stillProved } from '#challenge/challenge.ts'
import type { SiteId } from '#domain/id.ts'
import type { Instant } from '#domain/time.ts'
import type { Ports } from '#ports/ports.ts'
import { boundMeanwhile } from './new-enrolment.ts'
import { type ChallengeView, type EnrolmentView, type PendingFile, viewPending } from './pending-view.ts'
import { rememberHours } from './remember-hours.ts'

export interface PendingLogin {
  readonly challenge: Challenge
  readonly view: ChallengeView | EnrolmentView
  readonly file: PendingFile
  readonly now: Instant
}

/** What the holder of a pending login sees now; null when there is none, or it is over. It changes nothing. */
export async function pendingLogin(
  ports: Ports,
  query: { site: SiteId; pendingToken: string },
): Promise<PendingLogin | null> {
  const now = ports.clock.now()
  const file = await ports.store.challengeFile(query.site, ports.vault.digest(query.pendingToken), now)
  return file && pendingSeen(file, now)
}

/** The same of what was read or written a moment ago. */
export function pendingSeen(file: PendingFile, now: Instant): PendingLogin | null {
  if (!stillProved(file.challenge, file.user) || boundMeanwhile(file)) return null
  if (standing(file.challenge, now) !== 'live') return null
  const remembering = ['step_up', 'password_reset'].includes(file.challenge.purpose)
    ? 0
    : rememberHours(file, file.challenge, now)
  const view = viewPending(file, remembering, now)
  return view && { challenge: file.challenge, view, file, now }
}
