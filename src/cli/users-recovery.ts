import { IDENTITY_CHECKS, type IdentityCheck } from '#domain/recovery-request.ts'
import { rfc3339 } from '#domain/time.ts'
import {
  approveRecovery,
  bindingCode,
  type BindingCodeOutcome,
  type JudgeRecoveryOutcome,
  refuseRecovery,
} from '#usecases/judge-recovery.ts'
import { listRecoveryRequests } from '#usecases/list-recovery-requests.ts'
import type { Ports } from '#ports/ports.ts'
import type { Site } from '#domain/site.ts'
import { EXIT, Failure } from './exit-codes.ts'
import { answer, atSite, busy, type Job, say } from './job.ts'
import { table } from './output.ts'
import { noSuchUser } from './users-refused.ts'

/** Who has lost everything and waits for somebody. */
export function listRequests(job: Job): Promise<void> {
  return atSite(job, async ({ ports, file }) => {
    const lines = await listRecoveryRequests(ports, file.site.id)
    const rows = lines.map(({ request, username, usedSince }) => ({
      username,
      state: request.state,
      requested_at: rfc3339(request.requestedAt),
      waits_until: rfc3339(request.waitsUntil),
      factor_used_since: usedSince,
      note: request.note,
    }))
    const cells = rows.map((row) => [
      row.username,
      row.state,
      row.requested_at,
      row.waits_until,
      row.factor_used_since ? 'USED SINCE' : '',
      row.note,
    ])
    const heads = ['user', 'state', 'asked', 'waits until', 'what was lost', 'note']
    answer(job, rows, rows.length === 0 ? 'Nobody has asked to begin anew.' : table(heads, cells))
  })
}

export function approveRequest(
  job: Job,
  username: string,
  { check, reason }: { readonly check: readonly string[]; readonly reason: string },
): Promise<void> {
  return atSite(job, async ({ ports, file, order }) => {
    const checks = check.map(knownCheck)
    const outcome = await approveRecovery(ports, { ...order, username, checks, reason })
    if (outcome.kind !== 'done') throw await refused(ports, file.site, username, outcome)
    const until = rfc3339(outcome.request.waitsUntil)
    answer(job, { username, state: 'approved', waits_until: until }, `The request of ${username} is approved.`)
    if (outcome.usedSince) say(job, 'Something that is said to be lost has signed in since: is it really gone?')
    say(job, `From ${until} on, "users recovery-code ${username}" makes the code to tell them.`)
  })
}

export function refuseRequest(job: Job, username: string, { reason }: { readonly reason: string }): Promise<void> {
  return atSite(job, async ({ ports, file, order }) => {
    const outcome = await refuseRecovery(ports, { ...order, username, reason })
    if (outcome.kind !== 'done') throw await refused(ports, file.site, username, outcome)
    answer(job, { username, state: 'refused' }, `The request of ${username} is refused.`)
  })
}

export function giveBindingCode(job: Job, username: string): Promise<void> {
  return atSite(job, async ({ ports, file, order }) => {
    const outcome = await bindingCode(ports, { ...order, username })
    if (outcome.kind !== 'issued') throw await refused(ports, file.site, username, outcome)
    const code = outcome.code.reveal()
    const until = rfc3339(outcome.expiresAt)
    answer(job, { username, code, expires_at: until }, code)
    say(job, `Tell it to ${username} and write it nowhere: it is good once, until ${until}, after the password.`)
  })
}

function knownCheck(name: string): IdentityCheck {
  if (name in IDENTITY_CHECKS) return name as IdentityCheck
  const known = Object.entries(IDENTITY_CHECKS).map(([key, title]) => `${key} (${title})`)
  throw new Failure(EXIT.usage, `There is no check "${name}". There are: ${known.join(', ')}.`)
}

async function refused(
  ports: Ports,
  site: Site,
  username: string,
  outcome: Exclude<JudgeRecoveryOutcome | BindingCodeOutcome, { kind: 'done' | 'issued' }>,
): Promise<Failure> {
  switch (outcome.kind) {
    case 'invalid':
      return new Failure(EXIT.refused, `An approval ${outcome.problem}.`)
    case 'own-request':
      return new Failure(EXIT.refused, 'Nobody decides on their own request.')
    case 'no-request':
      return new Failure(EXIT.notFound, `${username} has no request that is open.`)
    case 'not-approved':
      return new Failure(EXIT.refused, `The request of ${username} has not been approved.`)
    case 'waits':
      return new Failure(EXIT.refused, `The request of ${username} waits until ${rfc3339(outcome.until)}.`)
    case 'unknown-user':
    case 'unknown-site':
      return noSuchUser(ports, site, username)
    case 'busy':
      return busy()
  }
}
