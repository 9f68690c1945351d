import type { AuditEvent } from '#audit/event.ts'
import { clearFailures } from '#challenge/attempts.ts'
import type { Challenge } from '#challenge/challenge.ts'
import { step } from '#challenge/step.ts'
import { amr, type Evidence, secondFactor } from '#domain/evidence.ts'
import type { Instant } from '#domain/time.ts'
import type { Change, NonEmpty } from '#ports/changes.ts'
import type { Ports } from '#ports/ports.ts'
import type { ChallengeFile } from '#ports/store.ts'
import { ownEvent } from './act.ts'
import type { Answer, AnswerOutcome } from './answer-challenge.ts'
import { commitProved } from './commit-proved.ts'
import { recoveryLeft } from './facts.ts'
import { completeLogin } from './complete-login.ts'
import { passReset } from './pass-reset.ts'
import { renewSession } from './renew-session.ts'
import { roomForDevice } from './room-for-device.ts'
import { rememberHours } from './remember-hours.ts'
import type { CodeVerdict } from './verify-code.ts'

/** One right code: the proof is spent, the challenge passed and the session made in one commit, or none of it. */
export async function passChallenge(
  ports: Ports,
  file: ChallengeFile,
  answer: Answer,
  verdict: Extract<CodeVerdict, { kind: 'right' }>,
  now: Instant,
): Promise<AnswerOutcome | 'conflict'> {
  const { counters } = file
  const challenge = step(file.challenge, { kind: 'pass', evidence: verdict.evidence }, now)
  const cleared: Change[] =
    counters.consecutive > 0 || counters.inWindow > 0
      ? [{ kind: 'set-counters', counters: clearFailures(counters), from: counters.version }]
      : []
  const changes: Change[] = [
    ...verdict.spends,
    { kind: 'move-challenge', challenge, from: file.challenge.version },
    ...cleared,
  ]
  if (challenge.purpose === 'step_up') return passStepUp(ports, file, answer, verdict, challenge, changes, now)
  const evidence: Evidence[] = [challenge.firstProof, verdict.evidence]
  // What was shown now: beside the link of a reset, the mailbox is no answer to this challenge.
  const method = secondFactor([verdict.evidence]) ?? null
  const said = { challenge: challenge.id, method, amr: amr(evidence) }
  const ok: NonEmpty<AuditEvent> = [
    ownEvent(file.user, challenge.application, 'auth.factor.ok', said),
    ...usedCode(file, verdict.evidence),
  ]
  if (challenge.purpose === 'password_reset')
    return passReset(ports, file, { answer, challenge, evidence: verdict.evidence, changes, events: ok, now })
  if (challenge.purpose === 'second_factor') {
    return commitProved(ports, file, { answer, challenge, evidence, changes, events: ok, now })
  }
  const { application } = challenge
  const remember = answer.remember && rememberHours(file, challenge, now) > 0
  const room = await roomForDevice(ports, file, { wanted: remember, application, now })
  const login = completeLogin(ports, {
    file,
    application,
    evidence,
    decision: challenge.decision,
    challenge: challenge.id,
    remember,
    onPage: answer.onPage,
    now,
    origin: answer.origin,
  })
  const committed = await ports.store.commit({
    site: file.site.id,
    at: now,
    origin: answer.origin,
    changes: [...changes, ...room.changes, ...login.changes],
    events: [...ok, ...room.events, ...login.events],
  })
  if (committed === 'conflict') return 'conflict'
  const { token, deviceToken, session } = login
  return { kind: 'signed-in', token, expiresAt: session.endsAt, deviceToken, challenge }
}

/** The session goes on under another token; nothing is opened, and no browser is remembered. */
async function passStepUp(
  ports: Ports,
  file: ChallengeFile,
  answer: Answer,
  { evidence }: Extract<CodeVerdict, { kind: 'right' }>,
  challenge: Challenge,
  changes: readonly Change[],
  now: Instant,
): Promise<AnswerOutcome | 'conflict'> {
  const { session, user } = file
  if (!session) return { kind: 'gone' }
  const renewed = renewSession(ports, file, session, evidence, now)
  const said = { challenge: challenge.id, session: session.id, method: secondFactor([evidence]) ?? null }
  const committed = await ports.store.commit({
    site: file.site.id,
    at: now,
    origin: answer.origin,
    changes: [...changes, renewed.change],
    events: [ownEvent(user, challenge.application, 'auth.stepup.ok', said), ...usedCode(file, evidence)],
  })
  if (committed === 'conflict') return 'conflict'
  return { kind: 'signed-in', token: renewed.token, expiresAt: renewed.expiresAt, deviceToken: null, challenge }
}

/** A code that was given by hand, or made to be kept, has a row of its own when it is used. */
function usedCode(file: ChallengeFile, proof: Evidence): readonly AuditEvent[] {
  const { user, challenge } = file
  if (proof.kind === 'recovery') {
    const data = { challenge: challenge.id, left: recoveryLeft(file) - 1 }
    return [ownEvent(user, challenge.application, 'recovery.used', data)]
  }
  if (proof.kind !== 'break_glass') return []
  const ev = proof.by === 'operator' ? 'breakglass.used' : 'helpdesk.code.used'
  return [ownEvent(user, challenge.application, ev, { challenge: challenge.id })]
}
