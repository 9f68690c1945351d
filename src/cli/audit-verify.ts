import { verifyAudit, type VerifyAuditOutcome } from '#usecases/verify-audit.ts'
import { Failure } from './exit-codes.ts'
import { answer, atSite, type Job, notFound } from './job.ts'

/** How a verification ends: numbers of its own, for whoever watches the log by them. */
export const VERIFY_CODES = { ok: 0, broken: 2, gap: 3, cut: 5, 'unknown-form': 6 } as const

/** Walks the chain of a site; whatever does not fit is said with its place. */
export function verifyAuditLog(job: Job): Promise<void> {
  return atSite(job, async ({ ports, order }) => {
    const outcome = await verifyAudit(ports, order.site)
    if (outcome.kind === 'unknown-site') throw notFound('site', order.site, [])
    const { head, ...others } = outcome.kind === 'ok' ? outcome : { ...outcome, head: null }
    if (outcome.kind === 'ok' || job.json) answer(job, head === null ? others : { ...others, head }, told(outcome))
    if (outcome.kind !== 'ok') throw new Failure(VERIFY_CODES[outcome.kind], told(outcome))
  })
}

function told(outcome: Exclude<VerifyAuditOutcome, { kind: 'unknown-site' }>): string {
  switch (outcome.kind) {
    case 'ok':
      return `The audit log of ${outcome.site} is whole: entries ${outcome.first} to ${outcome.head.seq}.\nhead ${outcome.head.hash}`
    case 'broken':
      return `The audit log of ${outcome.site} was changed at entry ${outcome.seq}.\nexpected ${outcome.expected}\nfound    ${outcome.found}`
    case 'gap':
      return `The audit log of ${outcome.site} has no entry ${outcome.seq}.`
    case 'cut':
      return `The audit log of ${outcome.site} ends at entry ${outcome.found.seq}; it was written up to ${outcome.noted.seq}.`
    case 'unknown-form':
      return `Entry ${outcome.seq} of ${outcome.site} was written by a newer version, which has to verify it.`
  }
}
