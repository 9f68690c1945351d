import type { AuditEvent } from '#audit/event.ts'
import type { Secret } from '#domain/secret.ts'
import {
  BINDING_CODE_LIFE,
  CHECKS_NEEDED,
  type IdentityCheck,
  isOpenRequest,
  type RecoveryRequest,
} from '#domain/recovery-request.ts'
import { type Instant, rfc3339 } from '#domain/time.ts'
import type { Change } from '#ports/changes.ts'
import type { Ports } from '#ports/ports.ts'
import type { PersonFile } from '#ports/store.ts'
import { type Act, isOwnAct, userParty } from './act.ts'
import { bindingDigest, newIssuedCode } from './issued-code.ts'
import { type RecoveryLine, usedAfter } from './list-recovery-requests.ts'
import { noticeOver } from './new-code.ts'
import { inRounds } from './rounds.ts'

export interface RecoveryOrder extends Act {
  readonly site: string
  readonly username: string
}

export type JudgeRecoveryOutcome =
  | ({ readonly kind: 'done' } & RecoveryLine)
  | { readonly kind: 'invalid'; readonly problem: string }
  /** Nobody judges their own. */
  | { readonly kind: 'own-request' }
  | { readonly kind: 'no-request' }
  | { readonly kind: 'unknown-site' }
  | { readonly kind: 'unknown-user' }
  | { readonly kind: 'busy' }

export type BindingCodeOutcome =
  | { readonly kind: 'issued'; readonly code: Secret; readonly expiresAt: Instant }
  /** Somebody has to be sure who is asking first. */
  | { readonly kind: 'not-approved' }
  | { readonly kind: 'waits'; readonly until: Instant }
  | Exclude<JudgeRecoveryOutcome, { kind: 'done' | 'invalid' }>

/** A helper has made sure who is asking, by two checks at least, and says so with their name. It gives nothing out yet. */
export async function approveRecovery(
  ports: Ports,
  order: RecoveryOrder & { readonly checks: readonly IdentityCheck[]; readonly reason: string },
): Promise<JudgeRecoveryOutcome> {
  const checks = [...new Set(order.checks)]
  if (checks.length < CHECKS_NEEDED)
    return { kind: 'invalid', problem: `takes at least ${CHECKS_NEEDED} different checks of who is asking` }
  const problem = wrongReason(order.reason)
  if (problem !== null) return { kind: 'invalid', problem }
  return judge(ports, order, { state: 'approved', ev: 'recovery.approved', data: { checks, reason: order.reason } })
}

/** A helper is not sure who is asking. */
export async function refuseRecovery(
  ports: Ports,
  order: RecoveryOrder & { readonly reason: string },
): Promise<JudgeRecoveryOutcome> {
  const problem = wrongReason(order.reason)
  if (problem !== null) return { kind: 'invalid', problem }
  return judge(ports, order, { state: 'refused', ev: 'recovery.refused', data: { reason: order.reason } })
}

/**
 * The code that binds the end of an approved request to the person whom the helper has looked at: told to them and sent nowhere, good
 * once, for ten minutes, together with the password. One that was made before is worth nothing any more.
 */
export async function bindingCode(ports: Ports, order: RecoveryOrder): Promise<BindingCodeOutcome> {
  const code = newIssuedCode(ports.random)
  let expiresAt = 0
  const outcome = await overRequest<BindingCodeOutcome>(ports, order, async ({ file, request, at }) => {
    if (request.state !== 'approved') return { kind: 'not-approved' }
    if (at < request.waitsUntil) return { kind: 'waits', until: request.waitsUntil }
    expiresAt = at + BINDING_CODE_LIFE
    const given = { digest: bindingDigest(ports, file.user.id, code), expiresAt }
    const data = { until: rfc3339(expiresAt) }
    const next = { ...request, code: given, version: request.version + 1 }
    const committed = await commit(ports, order, { file, request, next, ev: 'recovery.code.issued', data, at })
    return committed === 'conflict' ? 'conflict' : { kind: 'issued', code, expiresAt }
  })
  return outcome
}

async function judge(
  ports: Ports,
  order: RecoveryOrder,
  verdict: {
    readonly state: 'approved' | 'refused'
    readonly ev: AuditEvent['ev']
    readonly data: AuditEvent['data']
  },
): Promise<JudgeRecoveryOutcome> {
  return overRequest<JudgeRecoveryOutcome>(ports, order, async ({ file, request, at }) => {
    const decidedBy = order.actor.name ?? order.actor.id
    const next = { ...request, state: verdict.state, decidedBy, code: null, version: request.version + 1 }
    const { ev, data } = verdict
    const committed = await commit(ports, order, { file, request, next, ev, data, at })
    if (committed === 'conflict') return 'conflict'
    const usedSince = usedAfter(file, request.requestedAt)
    return { kind: 'done', request: next, username: file.user.username, usedSince }
  })
}

interface Over {
  readonly file: PersonFile
  readonly request: RecoveryRequest
  readonly at: Instant
}

async function overRequest<Outcome>(
  ports: Ports,
  order: RecoveryOrder,
  work: (over: Over) => Promise<Outcome | 'conflict'>,
): Promise<
  | Outcome
  | Extract<JudgeRecoveryOutcome, { kind: 'own-request' | 'no-request' | 'unknown-site' | 'unknown-user' | 'busy' }>
> {
  const outcome = await inRounds(async () => {
    const at = ports.clock.now()
    const site = await ports.store.site(order.site)
    if (!site) return { kind: 'unknown-site' } as const
    const file = await ports.store.personFile(site.id, order.username, at)
    if (!file) return { kind: 'unknown-user' } as const
    if (isOwnAct(order, file.user)) return { kind: 'own-request' } as const
    const request = await ports.store.recoveryRequest(site.id, file.user.id)
    if (!request || !isOpenRequest(request, file.user, at)) return { kind: 'no-request' } as const
    return work({ file, request, at })
  })
  return outcome === 'busy' ? { kind: 'busy' } : outcome
}

async function commit(
  ports: Ports,
  { actor, origin }: Act,
  written: Over & {
    readonly next: RecoveryRequest
    readonly ev: AuditEvent['ev']
    readonly data: AuditEvent['data']
  },
): Promise<'committed' | 'conflict'> {
  const { file, request, next, ev, data, at } = written
  const notice = next.state === 'approved' && ev === 'recovery.approved'
  const told = notice
    ? (['email', 'sms'] as const).flatMap((channel) =>
        noticeOver(ports, file, channel, { kind: 'notice', notice: 'recovery_approved' }, at),
      )
    : []
  const change: Change = { kind: 'change-recovery-request', request: next, from: request.version }
  const event: AuditEvent = { ev, actor, subject: userParty(file.user), application: null, data }
  return ports.store.commit({ site: file.site.id, at, origin, changes: [change, ...told], events: [event] })
}

function wrongReason(reason: string): string | null {
  const line = reason.trim()
  if (line === '') return 'needs a reason: say in a few words how you were sure'
  return line.length > 200 || /\p{Cc}/u.test(line) ? 'takes a reason of one line of at most 200 characters' : null
}
