import { type AuditEvent, type EventName, SYSTEM } from '#audit/event.ts'
import { spentAhead } from '#authenticators/spent-ahead.ts'
import { offeredChannels } from '#challenge/offers.ts'
import { step } from '#challenge/step.ts'
import type { Instant } from '#domain/time.ts'
import type { Ports } from '#ports/ports.ts'
import type { ChallengeFile } from '#ports/store.ts'
import { ownEvent } from './act.ts'
import type { Answer, Refused } from './answer-challenge.ts'
import type { Strayed } from './clock-trouble.ts'
import { failedCode } from './failed-code.ts'
import { clocksOf } from './held.ts'
import { offerTerms } from './pending-view.ts'
import type { CodeVerdict } from './verify-code.ts'
import { COUNTER_WENT_BACK } from './verify-passkey.ts'

/** One refused code: counted for the user and the challenge, and told only once that has held. */
export async function refuseCode(
  ports: Ports,
  file: ChallengeFile,
  answer: Answer,
  verdict: Exclude<CodeVerdict, { kind: 'right' }>,
  { stray, trouble }: Strayed,
  now: Instant,
): Promise<Refused | 'conflict'> {
  const { settings } = file
  const maxAttempts = settings['code.max_attempts']
  const challenge = step(file.challenge, { kind: 'fail', maxAttempts, stray }, now)
  const ev = refusedAs(file, verdict)
  const said = { ev, reason: (verdict.kind === 'wrong' && verdict.why) || verdict.kind }
  const { failedCodes, reference, changes, events } = await failedCode(ports, file, said, now)
  const spends = verdict.kind === 'wrong' ? (verdict.spends ?? []) : []
  // A copy of a passkey leaves a mark: its counter is behind the one that was seen.
  const copied =
    said.reason === COUNTER_WENT_BACK ? [ownEvent(file.user, challenge.application, 'factor.counter', {})] : []
  const committed = await ports.store.commit({
    site: file.site.id,
    at: now,
    origin: answer.origin,
    changes: [...changes, ...spends, { kind: 'move-challenge', challenge, from: file.challenge.version }],
    events: [...events, ...copied, ...(verdict.kind === 'replayed' ? jumps(file, now) : [])],
  })
  if (committed === 'conflict') return 'conflict'
  const { state } = challenge
  return {
    kind: 'refused',
    reason: verdict.kind === 'expired' ? 'expired' : 'invalid',
    failedCodes,
    attemptsLeft: state.kind === 'asked' ? maxAttempts - state.failed : 0,
    contacts: failedCodes >= settings['contact.show_after'] ? settings['contact.persons'] : [],
    reference,
    clock: trouble,
    channelsOffered: state.kind === 'asked' ? offeredChannels(state, offerTerms(settings)) : [],
  }
}

/** Nobody has used a code of the future: who shows the right one of now and is refused tells of a clock that was wrong, or is (CK-02). */
function jumps({ user, challenge, apps, hardware }: ChallengeFile, now: Instant): readonly AuditEvent[] {
  return clocksOf({ apps, hardware }).flatMap(({ id, of, period, last }) => {
    const until = spentAhead(last, period, now)
    const data = { authenticator: id, method: of, ahead_seconds: until === null ? 0 : Math.round((until - now) / 1000) }
    return until === null
      ? []
      : [{ ...ownEvent(user, challenge.application, 'system.clock_jump', data), actor: SYSTEM }]
  })
}

/** Inside a session it is told apart: whoever guesses there sits in somebody's session already. */
function refusedAs({ challenge }: ChallengeFile, { kind }: CodeVerdict): EventName {
  if (challenge.purpose === 'step_up') return 'auth.stepup.fail'
  return kind === 'replayed' ? 'auth.challenge.replayed' : 'auth.challenge.fail'
}
