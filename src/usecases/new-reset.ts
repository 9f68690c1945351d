import type { Delivery } from '#domain/delivery.ts'
import { newId, newToken } from '#domain/id.ts'
import type { PasswordReset } from '#domain/password-reset.ts'
import type { Instant } from '#domain/time.ts'
import type { Change } from '#ports/changes.ts'
import type { Ports } from '#ports/ports.ts'
import type { PersonFile } from '#ports/store.ts'
import { addWithinCaps } from './within-caps.ts'

/**
 * A link that replaces the password of this user, on its way to this address; in place of the one before, which was asked for no later than
 * `noneSince`. The token is stored nowhere but in the message, sealed.
 */
export function newReset(
  { random, vault }: Pick<Ports, 'random' | 'vault'>,
  file: PersonFile,
  link: Pick<PasswordReset, 'requestedAt' | 'expiresAt' | 'vouched'> & {
    readonly email: string
    readonly noneSince: Instant
    readonly byAdministrator: boolean
  },
): readonly Change[] {
  const { user } = file
  const { requestedAt, expiresAt, vouched } = link
  const token = newToken(random.bytes(32))
  const id = newId('dlv', random.bytes(16))
  const reset: PasswordReset = {
    site: user.site,
    user: user.id,
    tokenDigest: vault.digest(token),
    userEpoch: user.sessionEpoch,
    requestedAt,
    expiresAt,
    vouched,
    spentAt: null,
    held: null,
  }
  const sealedToken = vault.seal(Buffer.from(token), id)
  const delivery: Delivery = {
    id,
    site: user.site,
    user: user.id,
    challenge: null,
    channel: 'email',
    recipient: link.email,
    content: { kind: 'reset_link', sealedToken, ...(link.byAdministrator ? { byAdministrator: true } : {}) },
    state: { kind: 'queued' },
    createdAt: requestedAt,
    expiresAt,
    // For the pump at once: whoever waited for the mail would tell users from strangers by the time it takes.
    claimedUntil: requestedAt,
    version: 1,
  }
  return [{ kind: 'request-reset', reset, noneSince: link.noneSince }, ...addWithinCaps(file, delivery)]
}
