import { passwordBuckets } from '#challenge/password-throttle.ts'
import type { Secret } from '#domain/secret.ts'
import type { Instant } from '#domain/time.ts'
import { canonicalUsername } from '#domain/user.ts'
import { sourceOf } from '#policy/network.ts'
import type { Ports } from '#ports/ports.ts'
import { ownEvent } from './act.ts'
import { checkAccess } from './check-access.ts'
import { factorAskedOf } from './fresh-proof.ts'
import { renewSession } from './renew-session.ts'
import { inRounds } from './rounds.ts'
import type { StartStepUp } from './step-up.ts'
import { countWrong, forgetWrong, refusedUntil, type WrongPassword } from './wrong-password.ts'

export type ConfirmPasswordOutcome =
  /** The session goes on under this token. */
  | { readonly kind: 'renewed'; readonly token: string; readonly expiresAt: Instant }
  | WrongPassword
  /** A password is not enough for this user: `startStepUp` asks for the second factor. */
  | { readonly kind: 'factor-required' }
  | { readonly kind: 'no-session' }

/** Step-up for whoever is not asked for a second factor: the password again, counted like at a sign-in. */
export async function confirmPassword(
  ports: Ports,
  input: StartStepUp & { readonly password: Secret },
): Promise<ConfirmPasswordOutcome> {
  const { site, sessionToken, origin } = input
  const check = () => checkAccess(ports, { site, sessionToken, application: null, address: origin.address })
  const access = await check()
  if (access.kind === 'refused') return { kind: 'no-session' }
  const { user, session } = access
  if (factorAskedOf(access.file, ports.clock.now())) return { kind: 'factor-required' }
  const username = canonicalUsername(user.username)
  const buckets = passwordBuckets(ports.vault.digest(username), sourceOf(origin.address))
  const keys = buckets.map(({ key }) => key)
  const read = () =>
    ports.store.signInFile(site, { username, deviceDigest: null, buckets: keys, now: ports.clock.now() })

  const seen = await read()
  const refused = refusedUntil(seen, buckets)
  if (ports.clock.now() < refused) return { kind: 'password-throttled', retryAt: refused }
  const verdict = await ports.passwords.verify(input.password, seen.passwordHash ?? undefined)
  if (verdict === 'busy') return { kind: 'busy' }
  if (verdict === 'wrong')
    return countWrong(ports, { site, application: session.application, origin, buckets, user, read })

  const outcome = await inRounds<ConfirmPasswordOutcome>(async () => {
    const now = ports.clock.now()
    const file = await read()
    const still = await check()
    // Another password ends every session: one that is still open rests on the password that was just shown.
    if (still.kind === 'refused') return { kind: 'no-session' }
    const retryAt = refusedUntil(file, buckets)
    if (now < retryAt) return { kind: 'password-throttled', retryAt }
    const renewed = renewSession(ports, still.file, still.session, { kind: 'password', at: now }, now)
    const said = { session: session.id, method: 'password' }
    const committed = await ports.store.commit({
      site,
      at: now,
      origin,
      changes: [...forgetWrong(site, file, buckets), renewed.change],
      events: [ownEvent(user, session.application, 'auth.stepup.ok', said)],
    })
    if (committed === 'conflict') return 'conflict'
    return { kind: 'renewed', token: renewed.token, expiresAt: renewed.expiresAt }
  })
  return outcome === 'busy' ? { kind: 'busy' } : outcome
}
