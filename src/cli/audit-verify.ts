import { verifyAudit, type VerifyAuditOutcome } from '#usecases/verify-audit.ts'
import { ownTrust } from '#usecases/seal-audit.ts'
import { readBundle } from './audit-bundle.ts'
import { readAnchors, readVerifiers, type TrustFlags } from './audit-trust.ts'
import { Failure } from './exit-codes.ts'
import { answer, atSite, type Job, notFound } from './job.ts'

/** How a verification ends: numbers of its own, for whoever watches the log by them. */
export const VERIFY_CODES = {
  ok: 0,
  broken: 2,
  gap: 3,
  unsigned: 4,
  cut: 5,
  truncated: 5,
  forked: 5,
  'unknown-form': 6,
  backwards: 7,
} as const

export interface VerifyFlags extends TrustFlags {
  readonly bundle?: string
}

/** Walks the log of a site, or an exported one without any database; whatever does not fit is said with its place. */
export async function verifyAuditLog(job: Job, { bundle, pubkey, anchor }: VerifyFlags): Promise<void> {
  const keys = pubkey === undefined ? undefined : await readVerifiers(pubkey)
  if (bundle !== undefined) return tell(job, await readBundle(bundle, { keys, anchor }))
  await atSite(job, async ({ ports, order, file }) => {
    const seal = await ports.store.auditSeal(file.site.id)
    const verifiers = keys ?? (seal ? ownTrust(seal).verifiers : [])
    const anchors = anchor === undefined ? [] : await readAnchors(anchor, verifiers)
    const outcome = await verifyAudit(ports, { site: order.site, verifiers, anchors })
    if (outcome.kind === 'unknown-site') throw notFound('site', order.site, [])
    tell(job, outcome)
  })
}

type Told = Exclude<VerifyAuditOutcome, { kind: 'unknown-site' }>

function tell(job: Job, outcome: Told): void {
  if (outcome.kind === 'ok' || job.json) answer(job, outcome, sentence(outcome))
  if (outcome.kind !== 'ok') throw new Failure(VERIFY_CODES[outcome.kind], sentence(outcome))
  if (outcome.backwards !== null)
    throw new Failure(
      VERIFY_CODES.backwards,
      `Nothing was changed, but entry ${outcome.backwards} is dated before the one it follows: a clock was set back.`,
    )
}

function sentence(outcome: Told): string {
  const log = `The audit log of ${outcome.site}`
  switch (outcome.kind) {
    case 'ok': {
      const { first, head, checkpoints, sealed } = outcome
      const signed =
        checkpoints === 0
          ? 'no checkpoint was met'
          : `${checkpoints} checkpoints hold, the newest up to entry ${sealed}`
      return `${log} is whole: entries ${first} to ${head.seq}; ${signed}.\nhead ${head.hash}`
    }
    case 'broken':
      return `${log} was changed at entry ${outcome.seq}.\nexpected ${outcome.expected}\nfound    ${outcome.found}`
    case 'gap':
      return `${log} has no entry ${outcome.seq}.`
    case 'unsigned':
      return `The checkpoint of ${outcome.site} at entry ${outcome.seq} is missing, or no key that counts here has signed it.`
    case 'forked':
      return `${log} was rewritten: a signed checkpoint says otherwise about its first ${outcome.seq} entries.`
    case 'truncated':
      return `${log} ends at entry ${outcome.seq}; a signed checkpoint counts ${outcome.noted}.`
    case 'cut':
      return `${log} ends at entry ${outcome.found.seq}; it was written up to ${outcome.noted.seq}.`
    case 'unknown-form':
      return `Entry ${outcome.seq} of ${outcome.site} was written by a newer version, which has to verify it.`
  }
}
