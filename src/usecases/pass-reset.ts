import type { AuditEvent } from '#audit/event.ts'
import type { Challenge } from '#challenge/challenge.ts'
import { type Evidence, secondFactor } from '#domain/evidence.ts'
import type { Instant } from '#domain/time.ts'
import type { Change, NonEmpty } from '#ports/changes.ts'
import type { Ports } from '#ports/ports.ts'
import type { ChallengeFile, PersonFile } from '#ports/store.ts'
import { ownEvent } from './act.ts'
import type { Answer, AnswerOutcome } from './answer-challenge.ts'
import { noticeTo } from './new-code.ts'

/** A second factor is shown for a reset: the password that waited for it counts from now on. */
export async function passReset(
  ports: Ports,
  file: ChallengeFile,
  passed: {
    readonly answer: Answer
    readonly challenge: Challenge
    readonly evidence: Evidence
    readonly changes: readonly Change[]
    readonly events: NonEmpty<AuditEvent>
    readonly now: Instant
  },
): Promise<AnswerOutcome | 'conflict'> {
  const { answer, challenge, evidence, now } = passed
  const reset = await ports.store.passwordResetOf(file.site.id, file.user.id)
  // Another form of the same link was sent meanwhile: its password waits for its own challenge.
  if (reset?.held?.challenge !== challenge.id) return { kind: 'gone' }
  const { tokenDigest, held } = reset
  const set = replacePassword(ports, file, { ...held, tokenDigest, proof: evidence, now })
  const committed = await ports.store.commit({
    site: file.site.id,
    at: now,
    origin: answer.origin,
    changes: [...passed.changes, ...set.changes],
    events: [...passed.events, ...set.events],
  })
  return committed === 'conflict' ? 'conflict' : { kind: 'password-set' }
}

/**
 * The new password, the end of its link, of every session and of every remembered browser, and the notice of it. It opens no session and
 * takes no factor away.
 */
export function replacePassword(
  ports: Pick<Ports, 'random'>,
  file: PersonFile,
  order: {
    readonly tokenDigest: string
    readonly passwordHash: string
    readonly proof: Evidence | null
    readonly now: Instant
  },
): { readonly changes: readonly Change[]; readonly events: NonEmpty<AuditEvent> } {
  const { user } = file
  const method = order.proof === null ? null : (secondFactor([order.proof]) ?? order.proof.kind)
  return {
    changes: [
      { kind: 'spend-reset', user: user.id, tokenDigest: order.tokenDigest, at: order.now },
      { kind: 'set-password', user: user.id, passwordHash: order.passwordHash },
      { kind: 'end-user-sessions', user: user.id, fromEpoch: user.sessionEpoch },
      { kind: 'forget-user-devices', user: user.id, fromEpoch: user.deviceEpoch },
      ...noticeTo(ports, file, 'password_changed', order.now),
    ],
    events: [ownEvent(user, null, 'reset.completed', { method }), ownEvent(user, null, 'session.revoked')],
  }
}
