import type { Origin } from '#audit/event.ts'
import { isLocked } from '#challenge/attempts.ts'
import { normaliseCode } from '#authenticators/code-input.ts'
import type { SiteId } from '#domain/id.ts'
import { isOpenRequest, type RecoveryRequest } from '#domain/recovery-request.ts'
import { Secret } from '#domain/secret.ts'
import type { Instant } from '#domain/time.ts'
import type { Ports } from '#ports/ports.ts'
import type { ChallengeFile } from '#ports/store.ts'
import { ownEvent, userParty } from './act.ts'
import { lostFile } from './ask-recovery.ts'
import { everythingAway } from './authenticators.ts'
import { failedCode } from './failed-code.ts'
import { bindingDigest, ISSUED_CODE_DIGITS } from './issued-code.ts'
import { usedAfter } from './list-recovery-requests.ts'
import { inRounds } from './rounds.ts'

export interface FinishRecovery {
  readonly site: SiteId
  readonly pendingToken: string
  /** As it was typed. */
  readonly code: unknown
  readonly origin: Origin
}

export type FinishRecoveryOutcome =
  /** Nothing is bound any more: the next sign-in sets up a new authenticator. */
  | { readonly kind: 'begun-anew' }
  | { readonly kind: 'refused' }
  | { readonly kind: 'malformed'; readonly digits: number }
  | { readonly kind: 'code-locked'; readonly retryAt: Instant }
  | { readonly kind: 'gone' }
  | { readonly kind: 'busy' }

/**
 * The person whom a helper has looked at types the code that they were told. With the password of this sign-in, the wait and the approval it
 * takes away what was lost, and opens no session. A wrong code counts like every wrong code.
 */
export async function finishRecovery(ports: Ports, order: FinishRecovery): Promise<FinishRecoveryOutcome> {
  const code = normaliseCode(order.code, ISSUED_CODE_DIGITS)
  if (code === undefined) return { kind: 'malformed', digits: ISSUED_CODE_DIGITS }
  const outcome = await inRounds<FinishRecoveryOutcome>(async () => {
    const now = ports.clock.now()
    const file = await lostFile(ports, order, now)
    if (!file) return { kind: 'gone' }
    if (isLocked(file.counters, now)) {
      const retryAt = file.counters.disabled ? Number.POSITIVE_INFINITY : file.counters.lockedUntil
      return { kind: 'code-locked', retryAt }
    }
    const request = await ports.store.recoveryRequest(file.site.id, file.user.id)
    const why = request === null ? 'no_request' : whyNot(ports, file, request, new Secret(code), now)
    if (request === null || why !== null) return refuse(ports, file, order, why ?? 'no_request', now)
    return finish(ports, file, request, order, now)
  })
  return outcome === 'busy' ? { kind: 'busy' } : outcome
}

/** Why this code ends nothing; null: it does. */
function whyNot(
  ports: Pick<Ports, 'vault'>,
  file: ChallengeFile,
  request: RecoveryRequest,
  code: Secret,
  now: Instant,
): string | null {
  if (!isOpenRequest(request, file.user, now)) return 'no_request'
  if (request.state !== 'approved' || request.code === null) return 'not_approved'
  if (now < request.waitsUntil) return 'waits'
  if (now >= request.code.expiresAt) return 'expired'
  if (bindingDigest(ports, file.user.id, code) !== request.code.digest) return 'wrong'
  // Whoever proves something that is said to be lost has not lost it: then somebody else is asking.
  return usedAfter(file, request.requestedAt) ? 'factor_used_since' : null
}

async function finish(
  ports: Ports,
  file: ChallengeFile,
  request: RecoveryRequest,
  { origin }: FinishRecovery,
  at: Instant,
): Promise<FinishRecoveryOutcome | 'conflict'> {
  const { user, site, challenge } = file
  const act = { actor: userParty(user), origin }
  const away = everythingAway(
    ports,
    { ...act, reason: `lost everything; approved by ${request.decidedBy ?? ''}` },
    file,
    at,
  )
  const done = ownEvent(user, challenge.application, 'recovery.completed', { approved_by: request.decidedBy })
  const next: RecoveryRequest = { ...request, state: 'finished', code: null, version: request.version + 1 }
  const committed = await ports.store.commit({
    site: site.id,
    at,
    origin,
    changes: [{ kind: 'change-recovery-request', request: next, from: request.version }, ...away.changes],
    events: [done, ...away.events],
  })
  return committed === 'conflict' ? 'conflict' : { kind: 'begun-anew' }
}

async function refuse(
  ports: Ports,
  file: ChallengeFile,
  { origin }: FinishRecovery,
  reason: string,
  at: Instant,
): Promise<FinishRecoveryOutcome | 'conflict'> {
  const failed = await failedCode(ports, file, { ev: 'recovery.fail', reason }, at)
  const { changes, events } = failed
  const committed = await ports.store.commit({ site: file.site.id, at, origin, changes, events })
  return committed === 'conflict' ? 'conflict' : { kind: 'refused' }
}
