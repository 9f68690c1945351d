import type { AuditEvent, EventName, Origin, Party } from '#audit/event.ts'
import type { Challenge } from '#challenge/challenge.ts'
import type { Application } from '#domain/application.ts'
import type { DecisionView } from '#domain/decision.ts'
import type { Evidence } from '#domain/evidence.ts'
import { type DeliveryId, newId, newToken } from '#domain/id.ts'
import type { Instant } from '#domain/time.ts'
import type { Via } from '#policy/facts.ts'
import type { ContactPerson } from '#policy/settings.ts'
import type { Change, NonEmpty } from '#ports/changes.ts'
import type { Ports } from '#ports/ports.ts'
import type { PersonFile } from '#ports/store.ts'
import type { PendingFile } from './pending-view.ts'
import { ownEvent } from './act.ts'

/** A first proof that was accepted: a password, or an identity provider's word. */
export interface Proof {
  readonly file: PersonFile
  readonly via: Via
  readonly evidence: Evidence
  readonly application: Application
  readonly now: Instant
  readonly origin: Origin
  /** What comes with the proof: the account of it, and changes that belong to it. */
  readonly events: NonEmpty<AuditEvent>
  readonly changes: readonly Change[]
  /** Digest of the emailed link that the password was asked for by; null: it was no link. */
  readonly linkDigest: string | null
  /** The token of a remembered device, as it was shown. */
  readonly deviceToken?: string | undefined
  /** Left out: a sign-in here. See `Challenge`. */
  readonly purpose?: Exclude<Challenge['purpose'], 'step_up'>
  /** Who it was given by, where that is not the user. */
  readonly by?: Party
}

/** What of a first proof the asking for a second one rests on. */
export type Shown = Omit<Proof, 'via' | 'events' | 'changes' | 'linkDigest' | 'deviceToken'>

/** A pending login's token, for its owner alone, and what it stands for. */
export interface Pending {
  readonly token: string
  readonly challenge: Challenge
}

export type Settled =
  | {
      readonly kind: 'signed-in'
      readonly token: string
      readonly expiresAt: Instant
      readonly decision: DecisionView
      /** What the remembered device holds from now on; null: what it held before. */
      readonly deviceToken: string | null
    }
  | {
      readonly kind: 'pending'
      readonly pending: Pending
      readonly deliver: DeliveryId | null
      readonly decision: DecisionView
      /** What its holder sees, once the changes have held, where that is known without reading anew: no message goes out with it. */
      readonly seen?: PendingFile
    }
  | { readonly kind: 'password-again'; readonly decision: DecisionView }
  | { readonly kind: 'denied'; readonly decision: DecisionView; readonly contacts: readonly ContactPerson[] }
  | { readonly kind: 'use-api-key'; readonly decision: DecisionView }
  | { readonly kind: 'code-locked'; readonly retryAt: Instant }

/** What a decision comes to: what is told once the changes have held, and the account of them. */
export interface Plan {
  readonly settled: Settled
  readonly changes: readonly Change[]
  readonly events: NonEmpty<AuditEvent>
}

/** What every pending login has in common, and the token that only its owner gets. */
export function pendingFor({ random, vault }: Ports, proof: Shown, decision: DecisionView) {
  const token = `pt_${newToken(random.bytes(32))}`
  const opening = {
    id: newId('chl', random.bytes(16)),
    site: proof.file.site.id,
    user: proof.file.user.id,
    application: proof.application.name,
    purpose: proof.purpose ?? 'login',
    tokenDigest: vault.digest(token),
    decision,
    firstProof: proof.evidence,
    userEpoch: proof.file.user.sessionEpoch,
    now: proof.now,
    address: proof.origin.address,
    userAgent: proof.origin.userAgent,
  } as const
  return { token, opening }
}

/** An event of whoever has given the proof. */
export function said(proof: Shown, ev: EventName, data: AuditEvent['data']): AuditEvent {
  const event = ownEvent(proof.file.user, proof.application.name, ev, data)
  return proof.by === undefined ? event : { ...event, actor: proof.by }
}

/** The lock closes the second step; nothing is sent or shown into it. Who has 100 failures behind them is let out by an administrator. */
export function planLocked(proof: Shown): Plan {
  const { counters } = proof.file
  const retryAt = counters.disabled ? Number.POSITIVE_INFINITY : counters.lockedUntil
  return { settled: { kind: 'code-locked', retryAt }, changes: [], events: [said(proof, 'auth.challenge.locked', {})] }
}
