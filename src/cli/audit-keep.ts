import { rfc3339 } from '#domain/time.ts'
import { erasePersonal } from '#usecases/erase-personal.ts'
import { purgeAudit } from '#usecases/purge-audit.ts'
import { rotateAuditKey } from '#usecases/rotate-audit-key.ts'
import { sealAudit } from '#usecases/seal-audit.ts'
import { VERIFY_CODES } from './audit-verify.ts'
import { EXIT, Failure } from './exit-codes.ts'
import { answer, atSite, busy, type Job, notFound } from './job.ts'

/** Signs a checkpoint now, and prints it for whoever keeps it elsewhere. */
export function sealAuditLog(job: Job): Promise<void> {
  return atSite(job, async ({ ports, file, order }) => {
    const outcome = await sealAudit(ports, order.site)
    switch (outcome.kind) {
      case 'sealed':
        return answer(job, { size: outcome.size, note: outcome.note }, outcome.note)
      case 'nothing-new': {
        const newest = (await ports.store.auditSeal(file.site.id))?.newest
        return answer(job, { size: newest?.size ?? 0, note: newest?.note ?? null }, newest?.note ?? 'The log is empty.')
      }
      case 'damaged':
        throw new Failure(
          VERIFY_CODES[outcome.fault.kind],
          'The log was changed and is not signed: run "audit verify".',
        )
      case 'unknown-site':
        throw notFound('site', order.site, [])
      case 'busy':
        throw busy()
    }
  })
}

/** Prints the public keys of the site's checkpoints, a line each. */
export function showAuditKeys(job: Job): Promise<void> {
  return atSite(job, async ({ ports, file, order }) => {
    await sealAudit(ports, order.site)
    const keys = (await ports.store.auditSeal(file.site.id))?.keys ?? []
    const shown = keys.map(({ verifier, madeAt, retiredAt }) => ({
      verifier,
      made_at: rfc3339(madeAt),
      retired_at: retiredAt === null ? null : rfc3339(retiredAt),
    }))
    answer(job, shown, keys.map(({ verifier }) => verifier).join('\n'))
  })
}

/** Puts a new key in the place of the one that signs. */
export function changeAuditKey(job: Job): Promise<void> {
  return atSite(job, async ({ ports, order }) => {
    const outcome = await rotateAuditKey(ports, order)
    switch (outcome.kind) {
      case 'rotated':
        return answer(job, { verifier: outcome.verifier, before: outcome.before }, outcome.verifier)
      case 'no-key':
        throw new Failure(EXIT.refused, 'Nothing was signed yet, so there is no key to change.')
      case 'unknown-site':
        throw notFound('site', order.site, [])
      case 'busy':
        throw busy()
    }
  })
}

/** Removes the oldest part of the log. */
export function purgeAuditLog(job: Job, flags: { readonly before?: number }): Promise<void> {
  return atSite(job, async ({ ports, order }) => {
    const before = flags.before === undefined ? {} : { before: flags.before }
    const outcome = await purgeAudit(ports, { ...order, ...before })
    switch (outcome.kind) {
      case 'purged':
        return answer(
          job,
          outcome,
          `Entries ${outcome.from} to ${outcome.to} are gone; what is left verifies as before.`,
        )
      case 'nothing-old':
        return answer(job, outcome, 'No whole part of the log is that old: nothing was removed.')
      case 'damaged':
        throw new Failure(VERIFY_CODES[outcome.fault.kind], 'What is to go was changed, and stays: run "audit verify".')
      case 'unknown-site':
        throw notFound('site', order.site, [])
      case 'busy':
        throw busy()
    }
  })
}

/** Erases what is personal about a deleted user. */
export function erasePersonalValues(job: Job, user: string): Promise<void> {
  return atSite(job, async ({ ports, order }) => {
    if (!user.startsWith('usr_'))
      throw new Failure(EXIT.usage, 'Name the user by the id in the log, like usr_…: the name is what is to be erased.')
    const outcome = await erasePersonal(ports, { ...order, user: user as `usr_${string}` })
    switch (outcome.kind) {
      case 'erased':
        return answer(job, { erased: user }, `Names, addresses and browsers are erased from the entries of ${user}.`)
      case 'still-a-user':
        throw new Failure(EXIT.refused, `${outcome.username} is still a user: delete the user first.`)
      case 'unknown-site':
        throw notFound('site', order.site, [])
      case 'busy':
        throw busy()
    }
  })
}
