import { maskEmail } from '#domain/delivery.ts'
import { VOUCHED_LIFE } from '#domain/password-reset.ts'
import { type Instant, rfc3339 } from '#domain/time.ts'
import type { User } from '#domain/user.ts'
import type { Ports } from '#ports/ports.ts'
import type { PersonFile } from '#ports/store.ts'
import { type Act, isOwnAct, userParty } from './act.ts'
import { reachableChannels } from './facts.ts'
import { newReset } from './new-reset.ts'
import { inRounds } from './rounds.ts'
import { messageLimit } from './send-limit.ts'

export type MailResetOutcome =
  /** `sentTo` is masked: who may not read the address learns none by this. */
  | { readonly kind: 'mailed'; readonly user: User; readonly sentTo: string; readonly expiresAt: Instant }
  /** No active person with an address that a mail reaches now. */
  | { readonly kind: 'no-mailbox' }
  | { readonly kind: 'send-limit'; readonly retryAt: Instant | null }
  | { readonly kind: 'unknown-user' }
  | { readonly kind: 'unknown-site' }
  | { readonly kind: 'busy' }

/**
 * An administrator mails a person a link by which they choose a password, the first one or another. Nobody but the owner of the mailbox
 * sees or chooses it. It is good once, for `VOUCHED_LIFE`, and stands beside the mailbox as a proof of its own: an
 * administrator has said that the mailbox is this person's. Nobody says that of their own.
 */
export async function mailReset(
  ports: Ports,
  order: Act & { readonly site: string; readonly username: string },
): Promise<MailResetOutcome> {
  const site = await ports.store.site(order.site)
  if (!site) return { kind: 'unknown-site' }
  const outcome = await inRounds<MailResetOutcome>(async () => {
    const now = ports.clock.now()
    const file = await ports.store.personFile(site.id, order.username, now)
    if (!file) return { kind: 'unknown-user' }
    const email = mailboxOf(file)
    if (email === null) return { kind: 'no-mailbox' }
    const limit = messageLimit(file, 'email', now)
    if (limit !== null) return { kind: 'send-limit', retryAt: limit.until }
    const { user } = file
    const expiresAt = now + VOUCHED_LIFE
    const vouched = !isOwnAct(order, user)
    const link = { email, requestedAt: now, expiresAt, vouched, noneSince: now, byAdministrator: true }
    const { actor, origin } = order
    const committed = await ports.store.commit({
      site: site.id,
      at: now,
      origin,
      changes: newReset(ports, file, link),
      events: [
        {
          ev: 'reset.mailed',
          actor,
          subject: userParty(user),
          application: null,
          data: { until: rfc3339(expiresAt), vouched },
        },
      ],
    })
    return committed === 'conflict' ? 'conflict' : { kind: 'mailed', user, sentTo: maskEmail(email), expiresAt }
  })
  return outcome === 'busy' ? { kind: 'busy' } : outcome
}

function mailboxOf(file: PersonFile): string | null {
  const { status, kind, email } = file.user
  if (status !== 'active' || kind === 'service') return null
  return reachableChannels(file).includes('email') ? email : null
}
