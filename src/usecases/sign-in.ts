import { ANONYMOUS, type AuditEvent, type Origin } from '#audit/event.ts'
import { blockedUntil, countWrongPassword, passwordBuckets } from '#challenge/password-throttle.ts'
import { type Application, DEFAULT_APPLICATION } from '#domain/application.ts'
import type { PasswordThrottle } from '#domain/counters.ts'
import type { SiteId } from '#domain/id.ts'
import type { Secret } from '#domain/secret.ts'
import type { Instant } from '#domain/time.ts'
import { canonicalUsername } from '#domain/user.ts'
import { sourceOf } from '#policy/network.ts'
import type { Change } from '#ports/changes.ts'
import type { Ports } from '#ports/ports.ts'
import type { SignInFile } from '#ports/store.ts'
import { userParty } from './act.ts'
import { dispatchDelivery } from './dispatch-delivery.ts'
import { inRounds } from './rounds.ts'
import { type Settled, settle } from './settle.ts'

export interface SignIn {
  readonly site: SiteId
  readonly username: string
  readonly password: Secret
  readonly application?: string
  readonly deviceToken?: string | undefined
  /** `api`: a program speaks. It makes a difference for service accounts only: they never get a browser session. */
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
  const who = canonicalUsername(input.username)
  const buckets = passwordBuckets(ports.vault.digest(who), sourceOf(input.origin.address))
  const deviceDigest = input.deviceToken === undefined ? null : ports.vault.digest(input.deviceToken)
  const read = (): Promise<SignInFile> =>
    ports.store.signInFile(input.site, {
      username: who,
      deviceDigest,
      buckets: buckets.map(({ key }) => key),
      now: ports.clock.now(),
    })

  const seen = await read()
  const application = findApplication(seen, input.application)
  if (!application) return { kind: 'unknown-application', known: seen.applications.map(({ name }) => name) }
  const blocked = Math.max(...buckets.map(({ key, free }) => blockedUntil(throttleOf(seen, key), free)))
  if (ports.clock.now() < blocked) return { kind: 'password-throttled', retryAt: blocked }

  const verdict = await ports.passwords.verify(input.password, seen.passwordHash ?? undefined)
  if (verdict === 'busy') return { kind: 'busy' }
  const person = seen.person
  if (verdict === 'wrong' || !person || person.user.status !== 'active') return refusePassword()
  const rehashed = await rehash()
  const epoch = person.user.sessionEpoch

  let first: SignInFile | undefined = seen
  const settled = await inRounds(async () => {
    const file = first ?? (await read())
    first = undefined
    // Whoever was disabled, removed or given another password meanwhile has not proved the one that counts now.
    if (!file.person || file.person.user.status !== 'active' || file.person.user.sessionEpoch !== epoch) {
      return { kind: 'invalid-credentials' } as const
    }
    const now = ports.clock.now()
    const { user } = file.person
    return settle(ports, {
      file: file.person,
      via: { kind: user.kind === 'service' ? 'api_password' : 'form' },
      evidence: { kind: 'password', at: now },
      application,
      now,
      origin: input.origin,
      changes: [...forgetFailures(file), ...rehashed],
      events: [passwordEvent('auth.password.ok', application)],
    })
  })
  if (settled === 'busy') return { kind: 'busy' }
  if (settled.kind === 'pending' && settled.deliver) await dispatchDelivery(ports, settled.deliver)
  return settled

  async function refusePassword(): Promise<SignInOutcome> {
    const refused = await inRounds(async () => {
      const file = await read()
      const now = ports.clock.now()
      const counted = buckets.map((bucket) => ({ ...bucket, before: throttleOf(file, bucket.key) }))
      const changes = counted.map(
        ({ key, before }): Change => ({
          kind: 'count-password',
          site: input.site,
          throttle: countWrongPassword(key, before, now),
          from: before?.failures ?? null,
        }),
      )
      const starts = counted.some(({ before, free }) => (before?.failures ?? 0) + 1 === free)
      const events: [AuditEvent, ...AuditEvent[]] = [passwordEvent('auth.password.fail', application as Application)]
      if (starts) events.push(passwordEvent('auth.password.throttled', application as Application))
      return ports.store.commit({ site: input.site, at: now, origin: input.origin, changes, events })
    })
    // A wrong password that could not be counted is not answered.
    return refused === 'busy' ? { kind: 'busy' } : { kind: 'invalid-credentials' }
  }

  async function rehash(): Promise<readonly Change[]> {
    if (!person || !seen.passwordHash || !ports.passwords.needsRehash(seen.passwordHash)) return []
    return [{ kind: 'set-password', user: person.user.id, passwordHash: await ports.passwords.hash(input.password) }]
  }

  function forgetFailures(file: SignInFile): readonly Change[] {
    const before = throttleOf(file, buckets[0].key)
    if (!before || before.failures === 0) return []
    const throttle = { ...before, failures: 0 }
    return [{ kind: 'count-password', site: input.site, throttle, from: before.failures }]
  }

  function passwordEvent(ev: AuditEvent['ev'], at: Application): AuditEvent {
    const party = seen.person ? userParty(seen.person.user) : null
    return { ev, actor: party ?? ANONYMOUS, subject: party, application: at.name, data: {} }
  }
}

function findApplication(file: SignInFile, name: string | undefined): Application | undefined {
  return file.applications.find((each) => each.name === (name ?? DEFAULT_APPLICATION))
}

function throttleOf(file: SignInFile, key: string): PasswordThrottle | undefined {
  return file.throttles.find(({ bucket }) => bucket === key)
}
