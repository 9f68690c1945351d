import type { Evidence } from './evidence.ts'
import type { ChallengeId, DeviceId, SessionId, SiteId, UserId } from './id.ts'
import type { Instant } from './time.ts'
import { hours, minutes } from './time.ts'

export interface Session {
  readonly id: SessionId
  readonly site: SiteId
  readonly user: UserId
  readonly tokenDigest: string
  readonly application: string
  readonly evidence: readonly Evidence[]
  /** The policy rule that let this sign-in through, e.g. `methods` or `bypass`. */
  readonly rule: string
  readonly challenge: ChallengeId | null
  readonly device: DeviceId | null
  readonly createdAt: Instant
  /** The end as it was set at the sign-in; a shorter `session.duration_hours` bites at once, a longer one does not. */
  readonly endsAt: Instant
  readonly lastSeenAt: Instant
  readonly endedAt: Instant | null
  readonly siteEpoch: number
  readonly userEpoch: number
  readonly address: string | null
  readonly userAgent: string | null
}

export interface SessionLimits {
  readonly durationHours: number
  /** 0: no idle limit. */
  readonly idleMinutes: number
}

/** min(end stored at sign-in, created + current duration), and the idle limit if there is one. */
export function sessionEnd(session: Session, limits: SessionLimits): Instant {
  const fixed = Math.min(session.endsAt, session.createdAt + hours(limits.durationHours))
  return limits.idleMinutes > 0 ? Math.min(fixed, session.lastSeenAt + minutes(limits.idleMinutes)) : fixed
}
