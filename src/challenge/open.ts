import type { DecisionView } from '#domain/decision.ts'
import type { Evidence } from '#domain/evidence.ts'
import type { ChallengeId, SessionId, SiteId, UserId } from '#domain/id.ts'
import type { Method } from '#domain/method.ts'
import type { Instant } from '#domain/time.ts'
import { type Asked, type Challenge, type Enrolling, PENDING_LIFE } from './challenge.ts'

interface Opening {
  readonly id: ChallengeId
  readonly site: SiteId
  readonly user: UserId
  readonly application: string
  readonly purpose: Challenge['purpose']
  readonly session?: SessionId
  readonly tokenDigest: string
  readonly decision: DecisionView
  readonly firstProof: Evidence
  readonly userEpoch: number
  readonly now: Instant
  readonly address: string | null
  readonly userAgent: string | null
}

/** A challenge that waits for one of these methods; nothing is sent yet. */
export function openChallenge(opening: Opening, methods: readonly [Method, ...Method[]]): Challenge {
  return open(opening, {
    kind: 'asked',
    methods,
    method: methods[0],
    sent: null,
    sends: 0,
    failed: 0,
    askedAgain: false,
    undeliverable: [],
  })
}

/** A challenge that is passed by binding an authenticator. */
export function openEnrolment(opening: Opening, channel: Enrolling['channel']): Challenge {
  return open(opening, { kind: 'enrolling', channel })
}

function open({ now, session, ...opening }: Opening, state: Asked | Enrolling): Challenge {
  return { ...opening, session: session ?? null, openedAt: now, expiresAt: now + PENDING_LIFE, state, version: 1 }
}
