import type { AuditEvent, EventName } from '#audit/event.ts'
import { type AttemptTerms, countFailure } from '#challenge/attempts.ts'
import { offeredChannels } from '#challenge/offers.ts'
import { step } from '#challenge/step.ts'
import { type Instant, rfc3339 } from '#domain/time.ts'
import type { Settings } from '#policy/settings.ts'
import type { Ports } from '#ports/ports.ts'
import type { ChallengeFile } from '#ports/store.ts'
import { ownEvent } from './act.ts'
import type { Answer, Refused } from './answer-challenge.ts'
import { noticeTo } from './new-code.ts'
import { offerTerms } from './pending-view.ts'
import type { CodeVerdict } from './verify-code.ts'

/** One refused code: counted for the user and the challenge, and told only once that has held. */
export async function refuseCode(
  ports: Ports,
  file: ChallengeFile,
  answer: Answer,
  verdict: Exclude<CodeVerdict, { kind: 'right' }>,
  now: Instant,
): Promise<Refused | 'conflict'> {
  const { settings } = file
  const { counters, reached } = countFailure(file.counters, attemptTerms(settings), now)
  const maxAttempts = settings['code.max_attempts']
  const challenge = step(file.challenge, { kind: 'fail', maxAttempts }, now)
  const about = (ev: EventName, data: AuditEvent['data']): AuditEvent =>
    ownEvent(file.user, challenge.application, ev, data)
  const failed_codes = counters.consecutive
  const refused = verdict.kind === 'replayed' ? 'auth.challenge.replayed' : 'auth.challenge.fail'
  const events: [AuditEvent, ...AuditEvent[]] = [
    about(refused, { challenge: challenge.id, reason: verdict.kind, failed_codes }),
  ]
  if (reached.includes('audit_threshold')) events.push(about('auth.challenge.failures', { failed_codes }))
  if (reached.includes('locked')) events.push(about('factor.locked', { until: rfc3339(counters.lockedUntil) }))
  if (reached.includes('disabled')) events.push(about('factor.disabled', { reason: 'nist_cap' }))
  const shutOut = reached.includes('locked') || reached.includes('disabled')
  const committed = await ports.store.commit({
    site: file.site.id,
    at: now,
    origin: answer.origin,
    changes: [
      { kind: 'set-counters', counters, from: file.counters.version },
      { kind: 'move-challenge', challenge, from: file.challenge.version },
      ...(shutOut ? noticeTo(ports, file, 'factor_locked', now) : []),
    ],
    events,
  })
  if (committed === 'conflict') return 'conflict'
  const state = challenge.state
  return {
    kind: 'refused',
    reason: verdict.kind === 'expired' ? 'expired' : 'invalid',
    failedCodes: counters.consecutive,
    attemptsLeft: state.kind === 'asked' ? maxAttempts - state.failed : 0,
    contacts: counters.consecutive >= settings['contact.show_after'] ? settings['contact.persons'] : [],
    channelsOffered: state.kind === 'asked' ? offeredChannels(state, offerTerms(settings)) : [],
  }
}

function attemptTerms(settings: Settings): AttemptTerms {
  return {
    auditAt: settings['audit.failed_codes_at'],
    lockAfter: settings['lock.after'],
    lockWindowSeconds: settings['lock.window_seconds'],
    lockSeconds: settings['lock.seconds'],
  }
}
