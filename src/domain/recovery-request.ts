import type { SiteId, UserId } from './id.ts'
import { days, type Instant, minutes } from './time.ts'

/** A request that nobody has decided on, or that was approved and never used, is over after this time. */
export const RECOVERY_REQUEST_LIFE = days(3)
/** The code that a helper tells the person whom they have looked at (NIST SP 800-63B-4 4.1.2.2: ten minutes). */
export const BINDING_CODE_LIFE = minutes(10)
/** Of the checks below so many at least make an identity (NIST SP 800-63B-4 4.2.2). */
export const CHECKS_NEEDED = 2

/** What a helper can have done to be sure who is asking. A closed list: it is written down word by word. */
export const IDENTITY_CHECKS = {
  called_back: 'Called back on a number that was known before',
  seen: 'Seen in person or on video, by somebody who knows them',
  superior: 'A superior has confirmed it',
  document: 'Identity card or staff badge looked at',
} as const
export type IdentityCheck = keyof typeof IDENTITY_CHECKS

export const RECOVERY_STATES = ['asked', 'approved', 'refused', 'cancelled', 'finished'] as const

/** Somebody with the right password has lost everything else, and asks to begin anew. A user has one request at a time. */
export interface RecoveryRequest {
  readonly site: SiteId
  readonly user: UserId
  /** The user's session epoch when it was asked: another password ends the request, too. */
  readonly userEpoch: number
  readonly requestedAt: Instant
  /** Nothing is given out before: so long the owner has, who did not ask, to take it back. */
  readonly waitsUntil: Instant
  readonly expiresAt: Instant
  /** In the words of whoever asked. */
  readonly note: string
  /** Of the mailed link that takes it back. */
  readonly cancelDigest: string
  readonly state: (typeof RECOVERY_STATES)[number]
  /** The name of whoever approved or refused it. */
  readonly decidedBy: string | null
  /** The binding code that was told last. */
  readonly code: { readonly digest: string; readonly expiresAt: Instant } | null
  readonly version: number
}

/** Whether it can still come to something. */
export function isOpenRequest(
  { state, expiresAt, userEpoch }: Pick<RecoveryRequest, 'state' | 'expiresAt' | 'userEpoch'>,
  user: { readonly status: string; readonly sessionEpoch: number },
  now: Instant,
): boolean {
  const undecided = state === 'asked' || state === 'approved'
  return undecided && now < expiresAt && user.status === 'active' && user.sessionEpoch === userEpoch
}
