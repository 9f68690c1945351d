import type { Instant } from '#domain/time.ts'
import { repairSteps } from '#usecases/repair-steps.ts'
import { answer, atSite, type Job } from './job.ts'
import { saved } from './users-refused.ts'

/** For somebody whose app is refused because the clock was ahead when they signed in last. */
export function repairUser(
  job: Job,
  username: string,
  { reason, time }: { readonly reason: string; readonly time: Instant },
): Promise<void> {
  return atSite(job, async ({ ports, file, order }) => {
    const outcome = await repairSteps(ports, { ...order, username, reason, time })
    if (outcome.kind === 'nothing-ahead') {
      return answer(job, { username, repaired: false }, `No code of ${username} was used while the clock was ahead.`)
    }
    const user = await saved(ports, file.site, username, outcome)
    const text = `Codes of ${user.username} are accepted again within four minutes.`
    answer(job, { username: user.username, repaired: true }, text)
  })
}
