import type { AuditEvent } from '#audit/event.ts'
import type { Challenge } from '#challenge/challenge.ts'
import { acr, amr, type Evidence, secondFactor } from '#domain/evidence.ts'
import type { Instant } from '#domain/time.ts'
import type { Change, NonEmpty } from '#ports/changes.ts'
import type { Ports } from '#ports/ports.ts'
import type { ChallengeFile } from '#ports/store.ts'
import type { Answer, AnswerOutcome } from './answer-challenge.ts'
import { rememberDevice } from './remember-device.ts'
import { rememberHours } from './remember-hours.ts'
import { roomForDevice } from './room-for-device.ts'

export interface ProvedFactor {
  readonly answer: Answer
  readonly challenge: Challenge
  readonly evidence: readonly Evidence[]
  readonly changes: readonly Change[]
  readonly events: NonEmpty<AuditEvent>
  readonly now: Instant
}

/** A second factor that another application has asked for is passed: it is told so, and nothing is opened here. */
export async function commitProved(
  ports: Ports,
  file: ChallengeFile,
  { answer, challenge, evidence, changes, events, now }: ProvedFactor,
): Promise<AnswerOutcome | 'conflict'> {
  const method = secondFactor(evidence)
  const { application } = challenge
  const wanted = answer.remember && method !== undefined && rememberHours(file, challenge, now) > 0
  const remembered = wanted
    ? rememberDevice(ports, file, { method, application, rotates: false, now, origin: answer.origin })
    : null
  const room = await roomForDevice(ports, file, { wanted, application, now })
  const committed = await ports.store.commit({
    site: file.site.id,
    at: now,
    origin: answer.origin,
    changes: [...changes, ...room.changes, ...(remembered?.changes ?? [])],
    events: [...events, ...room.events, ...(remembered?.events ?? [])],
  })
  if (committed === 'conflict') return 'conflict'
  return {
    kind: 'proved',
    acr: acr(evidence),
    amr: amr(evidence),
    deviceToken: remembered?.token ?? null,
    challenge,
  }
}
