import type { DecisionView } from '#domain/decision.ts'
import type { Evidence } from '#domain/evidence.ts'
import type { AuthenticatorId, ChallengeId, SessionId, SiteId, UserId } from '#domain/id.ts'
import type { Channel, Method } from '#domain/method.ts'
import { type Instant, minutes } from '#domain/time.ts'
import type { User } from '#domain/user.ts'

/** One code and all its messages: a resend or another channel brings the same code while it lives. */
export interface SentCode {
  /** The moving factor of RFC 4226; the code itself is stored nowhere. */
  readonly counter: number
  readonly digits: 6 | 7 | 8
  readonly expiresAt: Instant
  readonly over: readonly [Channel, ...Channel[]]
  /** When its last message went over each channel. */
  readonly sentAt: Readonly<Partial<Record<Channel, Instant>>>
}

/** A refused code of an app that belongs to another time: by itself it may be chance. */
export interface StrayCode {
  readonly authenticator: AuthenticatorId
  readonly step: number
  /** Steps ahead of our clock (positive) or behind it (negative). */
  readonly offset: number
}

/** Waiting for a proof. */
export interface Asked {
  readonly kind: 'asked'
  /** What may be answered with, the preferred one first. */
  readonly methods: readonly [Method, ...Method[]]
  /** What the person is looking at. */
  readonly method: Method
  readonly sent: SentCode | null
  /** Messages of this sign-in, over all codes and channels. */
  readonly sends: number
  /** Failed codes of this challenge. */
  readonly failed: number
  /** The last refused code, where it belongs to another time; left out where it belongs to none. */
  readonly stray?: StrayCode | null
  /** A new code was wanted: the backup channel is open. */
  readonly askedAgain: boolean
  /** A channel turned out not to work in this sign-in. */
  readonly undeliverable: readonly Channel[]
}

/** Waiting for an authenticator to be bound: its first right code passes the challenge. */
export interface Enrolling {
  readonly kind: 'enrolling'
  readonly channel: 'screen' | 'email_link' | 'both'
}

export type ChallengeState =
  | Asked
  | Enrolling
  | { readonly kind: 'passed'; readonly evidence: Evidence; readonly at: Instant }
  | { readonly kind: 'closed'; readonly why: 'exhausted' | 'cancelled'; readonly at: Instant }

/**
 * A pending login: the password is proved (by us, or by the application that asks), the second factor is not. Never a session.
 * Only the holder of its token can answer it, and it is over once it is passed, closed or out of time.
 */
export interface Challenge {
  readonly id: ChallengeId
  readonly site: SiteId
  readonly user: UserId
  readonly application: string
  /**
   * `second_factor`: another application has checked the password and is told the result; no session comes of it. `step_up`: a
   * session that is open already is proved anew. `password_reset`: a new password waits for it, and no session comes of it.
   */
  readonly purpose: 'login' | 'second_factor' | 'step_up' | 'password_reset'
  /** The session of a step-up. */
  readonly session: SessionId | null
  readonly tokenDigest: string
  readonly decision: DecisionView
  /** What was proved to get here: a password, or an identity provider's word. */
  readonly firstProof: Evidence
  /** The user's session epoch at that moment: what ends a user's sessions ends their pending logins, too. */
  readonly userEpoch: number
  readonly openedAt: Instant
  readonly expiresAt: Instant
  readonly address: string | null
  readonly userAgent: string | null
  readonly state: ChallengeState
  readonly version: number
}

/** A pending login lives this long after its last message, so that the longest code can run out inside it … */
export const PENDING_LIFE = minutes(15)
/** … and never longer than this in all. */
export const PENDING_LIMIT = minutes(45)

/** `live`: can be answered now. */
export function standing(challenge: Challenge, now: Instant): 'live' | 'passed' | 'closed' | 'expired' {
  if (challenge.state.kind === 'passed' || challenge.state.kind === 'closed') return challenge.state.kind
  return now < challenge.expiresAt ? 'live' : 'expired'
}

/** Whether the first proof still counts: a password that was replaced meanwhile is no proof any more. */
export function stillProved(challenge: Challenge, user: Pick<User, 'status' | 'sessionEpoch'>): boolean {
  return user.status === 'active' && challenge.userEpoch === user.sessionEpoch
}
