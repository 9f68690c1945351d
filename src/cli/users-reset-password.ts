import { rfc3339 } from '#domain/time.ts'
import { mailReset } from '#usecases/mail-reset.ts'
import { EXIT, Failure } from './exit-codes.ts'
import { answer, atSite, type Job } from './job.ts'
import { refusedUser } from './users-refused.ts'

/** For somebody who has no password yet, or has forgotten it, and for whom whoever types this vouches. The running server sends the mail. */
export function resetPassword(job: Job, username: string): Promise<void> {
  return atSite(job, async ({ ports, file, order }) => {
    const outcome = await mailReset(ports, { ...order, username })
    switch (outcome.kind) {
      case 'mailed': {
        const { user, sentTo } = outcome
        const until = rfc3339(outcome.expiresAt)
        const data = { username: user.username, sent_to: sentTo, expires_at: until }
        return answer(
          job,
          data,
          `A link goes to ${sentTo}. ${user.username} chooses a password with it until ${until}.`,
        )
      }
      case 'no-mailbox':
        throw new Failure(
          EXIT.refused,
          `No mail reaches ${username}: that takes an active person, an email address, and email that is set up.`,
        )
      case 'send-limit':
        throw new Failure(EXIT.refused, `The limit on messages to ${username} is reached. Try again later.`)
      default:
        throw await refusedUser(ports, file.site, username, outcome)
    }
  })
}
