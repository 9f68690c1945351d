import type { Site } from '#domain/site.ts'
import { rfc3339 } from '#domain/time.ts'
import type { Ports } from '#ports/ports.ts'
import type { Act } from '#usecases/act.ts'
import { firstLink } from '#usecases/first-link.ts'
import { EXIT, Failure } from './exit-codes.ts'
import { answer, atSite, type Job, say } from './job.ts'
import { refusedUser } from './users-refused.ts'

/** For a user without a password, where no mail goes yet. The link is printed this once. */
export function printFirstLink(job: Job, username: string): Promise<void> {
  return atSite(job, async ({ ports, file, order }) => {
    const { link, until } = await makeFirstLink(ports, file.site, { ...order, username })
    answer(job, { username, link, expires_at: until }, link)
    say(job, `${username} chooses a password with it, once, until ${until}.`)
  })
}

/** The link in plain text and until when it is good, or the failure that says why there is none. */
export async function makeFirstLink(
  ports: Ports,
  site: Site,
  order: Act & { readonly site: string; readonly username: string },
): Promise<{ readonly link: string; readonly until: string }> {
  const { username } = order
  const outcome = await firstLink(ports, order)
  switch (outcome.kind) {
    case 'made':
      return { link: outcome.link.reveal(), until: rfc3339(outcome.expiresAt) }
    case 'has-password':
      throw new Failure(
        EXIT.refused,
        `${username} has a password already. "countersign --site ${site.name} users reset-password ${username}" mails a link for another one; "break-glass" stands in for the second factor.`,
      )
    case 'no-person':
      throw new Failure(EXIT.refused, `${username} is disabled or a service account, and chooses no password.`)
    default:
      throw await refusedUser(ports, site, username, outcome)
  }
}
