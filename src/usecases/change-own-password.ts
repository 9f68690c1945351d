import { passwordBuckets } from '#challenge/password-throttle.ts'
import type { Secret } from '#domain/secret.ts'
import { canonicalUsername } from '#domain/user.ts'
import { sourceOf } from '#policy/network.ts'
import type { Ports } from '#ports/ports.ts'
import { ownEvent } from './act.ts'
import { checkAccess } from './check-access.ts'
import { noticeTo } from './new-code.ts'
import { endOthers, type OwnOrder, type OwnRefusal, overOwn } from './own-account.ts'
import { checkPassword, type FieldProblem } from './user-input.ts'
import { countWrong, refusedUntil, type WrongPassword } from './wrong-password.ts'

export type ChangeOwnPasswordOutcome =
  | { readonly kind: 'changed' }
  | { readonly kind: 'invalid'; readonly problems: readonly FieldProblem[] }
  | WrongPassword
  | OwnRefusal

/**
 * A user changes their password. It takes the one they have, counted like at a sign-in, and a fresh second factor; every other session
 * ends, no browser is remembered, and they are told by mail.
 */
export async function changeOwnPassword(
  ports: Ports,
  order: OwnOrder & { readonly current: Secret; readonly password: Secret },
): Promise<ChangeOwnPasswordOutcome> {
  const { site, sessionToken, origin } = order
  const access = await checkAccess(ports, { site, sessionToken, application: null, address: origin.address })
  if (access.kind === 'refused') return { kind: 'no-session' }
  const { user, session, file } = access
  const problems = checkPassword(order.password.reveal(), [user.username, file.site.name])
  if (problems.length > 0) return { kind: 'invalid', problems }
  const username = canonicalUsername(user.username)
  const buckets = passwordBuckets(ports.vault.digest(username), sourceOf(origin.address))
  const keys = buckets.map(({ key }) => key)
  const read = () =>
    ports.store.signInFile(site, { username, deviceDigest: null, buckets: keys, now: ports.clock.now() })

  const seen = await read()
  const retryAt = refusedUntil(seen, buckets)
  if (ports.clock.now() < retryAt) return { kind: 'password-throttled', retryAt }
  const verdict = await ports.passwords.verify(order.current, seen.passwordHash ?? undefined)
  if (verdict === 'busy') return { kind: 'busy' }
  if (verdict === 'wrong')
    return countWrong(ports, { site, application: session.application, origin, buckets, user, read })
  const passwordHash = await ports.passwords.hash(order.password)
  return overOwn<{ readonly kind: 'changed' } | OwnRefusal>(ports, order, 'change-password', async (file, now) => {
    // Somebody else has set another one meanwhile: what was shown is no longer the password.
    if (file.user.sessionEpoch !== user.sessionEpoch) return { kind: 'no-session' }
    const others = endOthers(file)
    return {
      changes: [
        { kind: 'set-password', user: user.id, passwordHash },
        ...others.changes,
        ...noticeTo(ports, file, 'password_changed', now),
      ],
      events: [ownEvent(file.user, session.application, 'user.changed', { fields: ['password'] }), ...others.events],
      outcome: { kind: 'changed' },
    }
  })
}
