import { IDENTITY_CHECKS } from '#domain/recovery-request.ts'
import { rfc3339 } from '#domain/time.ts'
import type { Call } from '#http/call.ts'
import type { Ports } from '#ports/ports.ts'
import {
  approveRecovery,
  bindingCode,
  type BindingCodeOutcome,
  type JudgeRecoveryOutcome,
  refuseRecovery,
} from '#usecases/judge-recovery.ts'
import { listRecoveryRequests, type RecoveryLine } from '#usecases/list-recovery-requests.ts'
import { GivenCode, Help } from './administration-schemas.ts'
import { json } from './answer.ts'
import { type AdministrationHandler, type Entrant, NO_USER, refuseBeyond } from './behind-right.ts'
import { partyOf } from './caller.ts'
import { invalid, readInput } from './input.ts'
import { refusal } from './login.ts'
import { ApproveRecovery, CHECK_NAMES, RecoveryRequestBody, RecoveryRequests } from './recovery-schemas.ts'
import { username } from './users.ts'

/** `GET /recovery-requests`: those that wait for somebody, the oldest first, with the checks that can be ticked. */
export function getRecoveryRequests(ports: Ports): AdministrationHandler {
  return async (call) => {
    const lines = await listRecoveryRequests(ports, call.site.id)
    const checks = CHECK_NAMES.map((name) => ({ name, title: IDENTITY_CHECKS[name] }))
    return json(RecoveryRequests, { items: lines.map(bodyOf), checks })
  }
}

/** `POST /recovery-requests/{username}/approve`: the helper has made sure who is asking. */
export function postApproveRecovery(ports: Ports): AdministrationHandler {
  return async (call, entrant) => {
    const input = await readInput(call, ApproveRecovery)
    if (input.kind === 'refused') return input.response
    const { checks, reason } = input.value
    const beyond = await refuseBeyond(ports, call, entrant, { username: username(call) })
    if (beyond) return beyond
    const outcome = await approveRecovery(ports, { ...orderOf(call, entrant), checks, reason })
    return tell(ports, call, outcome)
  }
}

/** `POST /recovery-requests/{username}/refuse`. */
export function postRefuseRecovery(ports: Ports): AdministrationHandler {
  return async (call, entrant) => {
    const input = await readInput(call, Help)
    if (input.kind === 'refused') return input.response
    const beyond = await refuseBeyond(ports, call, entrant, { username: username(call) })
    if (beyond) return beyond
    const outcome = await refuseRecovery(ports, { ...orderOf(call, entrant), reason: input.value.reason })
    return tell(ports, call, outcome)
  }
}

/** `POST /recovery-requests/{username}/code`: told to the user, good once within ten minutes. It is in this answer and nowhere else. */
export function postBindingCode(ports: Ports): AdministrationHandler {
  return async (call, entrant) => {
    const beyond = await refuseBeyond(ports, call, entrant, { username: username(call) })
    if (beyond) return beyond
    const outcome = await bindingCode(ports, orderOf(call, entrant))
    const refuse = refusal(ports, call)
    switch (outcome.kind) {
      case 'issued':
        return json(GivenCode, { code: outcome.code.reveal(), expires_at: rfc3339(outcome.expiresAt) }, 201)
      case 'not-approved':
        return refuse('conflict', { detail: 'This request has not been approved.' })
      case 'waits':
        return refuse('conflict', { detail: `This request waits until ${rfc3339(outcome.until)}.` })
      default:
        return refuseRequest(ports, call, outcome)
    }
  }
}

function orderOf(call: Call, { caller }: Entrant) {
  return { site: call.site.name, username: username(call), actor: partyOf(caller), origin: call.origin }
}

function tell(ports: Ports, call: Call, outcome: JudgeRecoveryOutcome): Response {
  if (outcome.kind === 'invalid') return invalid(call, [{ pointer: '', detail: outcome.problem }])
  if (outcome.kind !== 'done') return refuseRequest(ports, call, outcome)
  return json(RecoveryRequestBody, bodyOf(outcome))
}

function refuseRequest(
  ports: Ports,
  call: Call,
  outcome: Exclude<
    JudgeRecoveryOutcome | BindingCodeOutcome,
    { kind: 'done' | 'invalid' | 'issued' | 'waits' | 'not-approved' }
  >,
): Response {
  const refuse = refusal(ports, call)
  switch (outcome.kind) {
    case 'own-request':
      return refuse('forbidden', { detail: 'Nobody decides on their own request.' })
    case 'no-request':
      return refuse('not_found', { detail: 'This user has no request that is open.' })
    case 'unknown-site':
    case 'unknown-user':
      return refuse('not_found', { detail: NO_USER })
    case 'busy':
      return refuse('busy')
  }
}

function bodyOf({ request, username: name, usedSince }: RecoveryLine) {
  return {
    username: name,
    state: request.state,
    note: request.note,
    requested_at: rfc3339(request.requestedAt),
    waits_until: rfc3339(request.waitsUntil),
    expires_at: rfc3339(request.expiresAt),
    decided_by: request.decidedBy,
    factor_used_since: usedSince,
  }
}
