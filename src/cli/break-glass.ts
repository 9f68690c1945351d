import { rfc3339 } from '#domain/time.ts'
import { breakGlass } from '#usecases/break-glass.ts'
import { answer, atSite, type Job, say } from './job.ts'
import { refusedUser } from './users-refused.ts'

/** A code for somebody who cannot pass the second factor. It is printed this once. */
export function issueBreakGlass(job: Job, { user: username }: { readonly user: string }): Promise<void> {
  return atSite(job, async ({ ports, file, order }) => {
    const outcome = await breakGlass(ports, { ...order, username })
    if (outcome.kind !== 'issued') throw await refusedUser(ports, file.site, username, outcome)
    const { user, expiresAt, lockedUntil } = outcome
    const code = outcome.code.reveal()
    const until = rfc3339(expiresAt)
    const data = { username: user.username, code, expires_at: until }
    answer(job, data, code.replaceAll(/(\d{5})(?=\d)/g, '$1 '))
    say(job, `It stands in for the second factor of ${user.username} once, after the password, until ${until}.`)
    // What a hundred failed codes have disabled is not unlocked but set up anew.
    const opens = Number.isFinite(lockedUntil) ? 'unlock' : 'reset'
    if (lockedUntil > ports.clock.now())
      say(
        job,
        `The second step of ${user.username} is locked and takes no code; "countersign --site ${file.site.name} users ${opens} ${user.username}" opens it.`,
      )
  })
}
