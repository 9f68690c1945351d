import { resetAuthenticators } from '#usecases/authenticators.ts'
import { answer, atSite, type Job } from './job.ts'
import { saved } from './users-refused.ts'

/** For somebody who has lost what they prove the second factor with. */
export function resetUser(job: Job, username: string, { reason }: { readonly reason?: string }): Promise<void> {
  return atSite(job, async ({ ports, file, order }) => {
    const outcome = await resetAuthenticators(ports, { ...order, username, reason })
    const user = await saved(ports, file.site, username, outcome)
    const text = `${user.username} has no authenticator any more, and is signed out everywhere.`
    answer(job, { username: user.username, reset: true }, text)
  })
}
