import { rfc3339 } from '#domain/time.ts'
import { grantBypass, revokeBypass } from '#usecases/bypass.ts'
import { answer, atSite, type Job, say } from './job.ts'
import { saved } from './users-refused.ts'

export interface BypassFlags {
  readonly reason: string
  readonly note: string
  /** Left out: the proposed 90 days. */
  readonly until?: number | 'never'
}

/** Exempts a user: they sign in with the password alone until then. */
export function bypassUser(job: Job, username: string, { reason, note, until }: BypassFlags): Promise<void> {
  return atSite(job, async ({ ports, file, order }) => {
    const outcome = await grantBypass(ports, {
      ...order,
      username,
      reason,
      note,
      expiresAt: until === 'never' ? null : until,
    })
    const { username: name, bypass } = await saved(ports, file.site, username, outcome)
    const ends = bypass?.expiresAt == null ? null : rfc3339(bypass.expiresAt)
    const term = ends === null ? 'for good' : `until ${ends}`
    answer(job, { username: name, bypass: { reason, note, expires_at: ends } }, `${name} is exempt from 2FA ${term}.`)
    say(job, 'What is done under this name can no longer be traced to one person with the same certainty.')
  })
}

export function endBypass(job: Job, username: string): Promise<void> {
  return atSite(job, async ({ ports, file, order }) => {
    const user = await saved(ports, file.site, username, await revokeBypass(ports, { ...order, username }))
    answer(job, { username: user.username, bypass: null }, `${user.username} is no longer exempt from 2FA.`)
  })
}
