import type { AuditEvent, EventName } from '#audit/event.ts'
import { type AttemptTerms, type Counted, countFailure } from '#challenge/attempts.ts'
import { referenceOf } from '#challenge/reference.ts'
import { type Instant, rfc3339 } from '#domain/time.ts'
import type { Settings } from '#policy/settings.ts'
import type { Change } from '#ports/changes.ts'
import type { Ports } from '#ports/ports.ts'
import type { ChallengeFile } from '#ports/store.ts'
import { ownEvent } from './act.ts'
import { noticeTo } from './new-code.ts'
import { tellAdministrators } from './tell-administrators.ts'

export interface FailedCode {
  /** In a row, with this one. */
  readonly failedCodes: number
  /** By which the helpdesk finds this very sign-in; null before it is time to say whom to turn to. */
  readonly reference: string | null
  readonly changes: readonly Change[]
  readonly events: readonly [AuditEvent, ...AuditEvent[]]
}

/**
 * What a failed code means for its user, whatever it was to prove: it is counted, and whoever fails too often is shut out and told. Of a
 * second factor that is disabled the administrators are told too, who alone can help.
 */
export async function failedCode(
  ports: Pick<Ports, 'random' | 'store'>,
  file: ChallengeFile,
  { ev, reason }: { readonly ev: EventName; readonly reason: string },
  now: Instant,
): Promise<FailedCode> {
  const { challenge, user, settings } = file
  const { counters, reached } = countFailure(file.counters, attemptTerms(settings), now)
  const about = (name: EventName, data: AuditEvent['data']): AuditEvent =>
    ownEvent(user, challenge.application, name, data)
  const failed_codes = counters.consecutive
  const reference = failed_codes >= settings['contact.show_after'] ? referenceOf(challenge.id) : null
  const named = reference === null ? {} : { reference }
  const events: [AuditEvent, ...AuditEvent[]] = [about(ev, { challenge: challenge.id, reason, failed_codes, ...named })]
  if (reached.includes('audit_threshold')) events.push(about('auth.challenge.failures', { failed_codes, ...named }))
  if (reached.includes('locked')) events.push(about('factor.locked', { until: rfc3339(counters.lockedUntil) }))
  if (reached.includes('disabled')) events.push(about('factor.disabled', { reason: 'nist_cap' }))
  return {
    failedCodes: counters.consecutive,
    reference,
    changes: [
      { kind: 'set-counters', counters, from: file.counters.version },
      ...(await notices(ports, file, reached, now)),
    ],
    events,
  }
}

async function notices(
  ports: Pick<Ports, 'random' | 'store'>,
  file: ChallengeFile,
  reached: Counted['reached'],
  now: Instant,
): Promise<readonly Change[]> {
  if (!reached.includes('disabled'))
    return reached.includes('locked') ? noticeTo(ports, file, 'factor_locked', now) : []
  const about = { name: file.user.username, until: now }
  const told = await tellAdministrators(ports, file, { notice: 'user_factor_disabled', about }, now)
  return [...noticeTo(ports, file, 'factor_disabled', now), ...told]
}

function attemptTerms(settings: Settings): AttemptTerms {
  return {
    auditAt: settings['audit.failed_codes_at'],
    lockAfter: settings['lock.after'],
    lockWindowSeconds: settings['lock.window_seconds'],
    lockSeconds: settings['lock.seconds'],
  }
}
