import type { Origin } from '#audit/event.ts'
import { passwordBuckets } from '#challenge/password-throttle.ts'
import { type Application, DEFAULT_APPLICATION } from '#domain/application.ts'
import type { SiteId, UserId } from '#domain/id.ts'
import type { Secret } from '#domain/secret.ts'
import type { Instant } from '#domain/time.ts'
import { canonicalUsername } from '#domain/user.ts'
import { sourceOf } from '#policy/network.ts'
import type { Change } from '#ports/changes.ts'
import type { Ports } from '#ports/ports.ts'
import type { PasswordFile, PersonFile, SignInFile } from '#ports/store.ts'
import { ownEvent } from './act.ts'
import { inTurn } from './in-turn.ts'
import { inRounds } from './rounds.ts'
import type { Settled } from './plan.ts'
import { sendNow } from './send-now.ts'
import { settle } from './settle.ts'
import { shownDevice } from './shown-device.ts'
import { countWrong, forgetWrong, refusedUntil } from './wrong-password.ts'

export interface SignIn {
  readonly site: SiteId
  readonly username: string
  readonly password: Secret
  readonly application?: string
  readonly deviceToken?: string | undefined
  /** The token of an emailed enrolment link, where its page asked for the password. */
  readonly link?: string | undefined
  /** `api`: a program speaks. Service accounts never get a browser session; for others it is told in the audit log, and no more. */
  readonly surface: 'form' | 'api'
  readonly origin: Origin
}

export type SignInOutcome =
  | Settled
  /** The same for a wrong password, an unknown and a disabled user. */
  | { readonly kind: 'invalid-credentials' }
  | { readonly kind: 'password-throttled'; readonly retryAt: Instant }
  | { readonly kind: 'unknown-application'; readonly known: readonly string[] }
  /** Too much at once; nothing was decided. */
  | { readonly kind: 'busy' }

/** A person shows a password. What it opens is for the policy to say. */
export async function signIn(ports: Ports, input: SignIn): Promise<SignInOutcome> {
  const { site, origin } = input
  const who = canonicalUsername(input.username)
  const buckets = passwordBuckets(ports.vault.digest(who), sourceOf(origin.address))
  const read = (): Promise<SignInFile> =>
    ports.store.signInFile(site, {
      username: who,
      deviceDigest: input.deviceToken === undefined ? null : ports.vault.digest(input.deviceToken),
      buckets: buckets.map(({ key }) => key),
      now: ports.clock.now(),
    })

  const seen = await ports.store.passwordFile(site, { username: who, buckets: buckets.map(({ key }) => key) })
  const application = seen.applications.find(({ name }) => name === (input.application ?? DEFAULT_APPLICATION))
  if (!application) return { kind: 'unknown-application', known: seen.applications.map(({ name }) => name) }
  const refused = refusedUntil(seen, buckets)
  if (ports.clock.now() < refused) return { kind: 'password-throttled', retryAt: refused }

  const verdict = await ports.passwords.verify(input.password, seen.passwordHash ?? undefined)
  if (verdict === 'busy') return { kind: 'busy' }
  // Of one user in the order they came: guesses at once would each be decided on a count that the others are about to change.
  const key = `password ${site} ${who}`
  if (verdict === 'wrong' || seen.user?.status !== 'active') {
    const attempt = { site, application: application.name, origin, buckets, user: seen.user, read }
    return inTurn(ports.store, key, () => countWrong(ports, attempt))
  }
  const { id, sessionEpoch } = seen.user
  const rehashed = await rehash(ports, seen, id, input.password)

  const round = async (): Promise<SignInOutcome | 'conflict'> => {
    const file = await read()
    const user = file.person?.user
    // Whoever was disabled, removed or given another password meanwhile has not proved the one that counts now.
    if (!file.person || user?.status !== 'active' || user.sessionEpoch !== sessionEpoch) {
      return { kind: 'invalid-credentials' }
    }
    const now = ports.clock.now()
    // Of many guesses at once the right one is worth no more than the wrong ones that were counted while it was looked at.
    const retryAt = refusedUntil(file, buckets)
    if (now < retryAt) return { kind: 'password-throttled', retryAt }
    if (user.kind === 'service' && input.surface === 'form')
      return refuseBrowser(ports, file.person, application, origin)
    const { deviceToken } = input
    const shown = await shownDevice(ports, file.person, { token: deviceToken, application: application.name, now })
    return settle(ports, {
      file: shown.file,
      via: { kind: user.kind === 'service' ? 'api_password' : 'form' },
      evidence: { kind: 'password', at: now },
      application,
      now,
      origin,
      changes: [...forgetWrong(site, file, buckets), ...rehashed, ...shown.changes],
      events: [ownEvent(user, application.name, 'auth.password.ok', { surface: input.surface }), ...shown.events],
      deviceToken,
      linkDigest: input.link === undefined ? null : ports.vault.digest(input.link),
    })
  }
  const settled = await inTurn(ports.store, key, () => inRounds(round))
  if (settled === 'busy') return { kind: 'busy' }
  if (settled.kind === 'pending' && settled.deliver) await sendNow(ports, settled.deliver)
  return settled
}

/** A service account gets no browser session, whatever the site permits on the API. */
async function refuseBrowser(
  ports: Ports,
  { user }: PersonFile,
  application: Application,
  origin: Origin,
): Promise<Settled | 'conflict'> {
  const decision = { outcome: 'deny', rule: 'api_path', reason: 'use_api_key' } as const
  const event = ownEvent(user, application.name, 'auth.denied', decision)
  const at = ports.clock.now()
  const committed = await ports.store.commit({ site: user.site, at, origin, changes: [], events: [event] })
  return committed === 'conflict' ? 'conflict' : { kind: 'use-api-key', decision }
}

/** A right password hashed with older parameters is hashed anew while it is at hand. */
async function rehash(ports: Ports, file: PasswordFile, user: UserId, password: Secret): Promise<readonly Change[]> {
  if (file.passwordHash === null || !ports.passwords.needsRehash(file.passwordHash)) return []
  return [{ kind: 'set-password', user, passwordHash: await ports.passwords.hash(password) }]
}
