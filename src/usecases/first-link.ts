import { newToken } from '#domain/id.ts'
import { type PasswordReset, VOUCHED_LIFE } from '#domain/password-reset.ts'
import { Secret } from '#domain/secret.ts'
import { addressOfSite } from '#domain/site-address.ts'
import { type Instant, rfc3339 } from '#domain/time.ts'
import type { User } from '#domain/user.ts'
import type { Ports } from '#ports/ports.ts'
import { type Act, userParty } from './act.ts'
import { inRounds } from './rounds.ts'

export type FirstLinkOutcome =
  /** The address of the page on which the password is chosen; it is told here once, and kept nowhere. */
  | { readonly kind: 'made'; readonly user: User; readonly link: Secret; readonly expiresAt: Instant }
  /** Who has a password is mailed a link, or given an emergency code: a link in other hands would take the account from them. */
  | { readonly kind: 'has-password' }
  /** Disabled, or a service account. */
  | { readonly kind: 'no-person' }
  | { readonly kind: 'unknown-user' }
  | { readonly kind: 'unknown-site' }
  | { readonly kind: 'busy' }

/**
 * A link by which somebody who has no password yet chooses the first one, for whoever sits at the server: so the first administrator comes
 * to be where no mail goes yet, and nobody else ever knew a password of theirs (OWASP ASVS 6.3.2). It is good once, for
 * `VOUCHED_LIFE`, and the next one ends it.
 */
export async function firstLink(
  ports: Ports,
  order: Act & { readonly site: string; readonly username: string },
): Promise<FirstLinkOutcome> {
  const site = await ports.store.site(order.site)
  if (!site) return { kind: 'unknown-site' }
  const token = newToken(ports.random.bytes(32))
  const outcome = await inRounds<FirstLinkOutcome>(async () => {
    const now = ports.clock.now()
    const query = { username: order.username, deviceDigest: null, buckets: [], now }
    const { person, passwordHash } = await ports.store.signInFile(site.id, query)
    if (!person) return { kind: 'unknown-user' }
    const { user } = person
    if (passwordHash !== null) return { kind: 'has-password' }
    if (user.status !== 'active' || user.kind === 'service') return { kind: 'no-person' }
    const expiresAt = now + VOUCHED_LIFE
    const reset: PasswordReset = {
      site: site.id,
      user: user.id,
      tokenDigest: ports.vault.digest(token),
      userEpoch: user.sessionEpoch,
      requestedAt: now,
      expiresAt,
      spentAt: null,
      vouched: true,
      held: null,
    }
    const committed = await ports.store.commit({
      site: site.id,
      at: now,
      origin: order.origin,
      changes: [{ kind: 'request-reset', reset, noneSince: now }],
      events: [
        {
          ev: 'reset.printed',
          actor: order.actor,
          subject: userParty(user),
          application: null,
          data: { until: rfc3339(expiresAt) },
        },
      ],
    })
    const link = new Secret(`${addressOfSite(ports, site.name)}/reset/${token}`)
    return committed === 'conflict' ? 'conflict' : { kind: 'made', user, link, expiresAt }
  })
  return outcome === 'busy' ? { kind: 'busy' } : outcome
}
