import { ANONYMOUS, type AuditEvent, type EventName, type Origin } from '#audit/event.ts'
import { blockedUntil, type Bucket, countWrongPassword, freeFailures } from '#challenge/password-throttle.ts'
import type { PasswordThrottle } from '#domain/counters.ts'
import type { User } from '#domain/user.ts'
import type { SiteId } from '#domain/id.ts'
import type { Instant } from '#domain/time.ts'
import type { Change } from '#ports/changes.ts'
import type { Ports } from '#ports/ports.ts'
import type { SignInFile } from '#ports/store.ts'
import { ownEvent } from './act.ts'
import { inRounds } from './rounds.ts'

export interface PasswordAttempt {
  readonly site: SiteId
  readonly application: string
  readonly origin: Origin
  readonly buckets: readonly Bucket[]
  /** Whose name was typed; null: nobody's. */
  readonly user: User | null
  readonly read: () => Promise<SignInFile>
}

export type WrongPassword =
  | { readonly kind: 'invalid-credentials' }
  | { readonly kind: 'password-throttled'; readonly retryAt: Instant }
  /** It could not be counted, and so it is not answered. */
  | { readonly kind: 'busy' }

/** Counts a wrong password in each of its buckets, unless others that came at the same time have filled one meanwhile. */
export async function countWrong(ports: Ports, attempt: PasswordAttempt): Promise<WrongPassword> {
  const outcome = await inRounds<WrongPassword>(async () => {
    const file = await attempt.read()
    const at = ports.clock.now()
    const retryAt = refusedUntil(file, attempt.buckets)
    if (at < retryAt) return { kind: 'password-throttled', retryAt }
    const counted = attempt.buckets.map((bucket) => ({ bucket, before: throttleOf(file, bucket.key) }))
    const changes = counted.map(
      ({ bucket, before }): Change => ({
        kind: 'count-password',
        site: attempt.site,
        throttle: countWrongPassword(bucket, before, at),
        from: before?.failures ?? null,
      }),
    )
    const blocks = counted.some(({ bucket, before }) => (before?.failures ?? 0) + 1 === freeFailures(bucket))
    const events: [AuditEvent, ...AuditEvent[]] = [passwordEvent(attempt, 'auth.password.fail')]
    if (blocks) events.push(passwordEvent(attempt, 'auth.password.throttled'))
    const committed = await ports.store.commit({ site: attempt.site, at, origin: attempt.origin, changes, events })
    return committed === 'conflict' ? 'conflict' : { kind: 'invalid-credentials' }
  })
  return outcome === 'busy' ? { kind: 'busy' } : outcome
}

/** From when on a password is looked at again; 0: at once. */
export function refusedUntil(file: Pick<SignInFile, 'throttles'>, buckets: readonly Bucket[]): Instant {
  return Math.max(0, ...buckets.map((bucket) => blockedUntil(throttleOf(file, bucket.key), bucket)))
}

/** The right password takes back what this user's wrong ones from this source counted; the source's own count stays. */
export function forgetWrong(site: SiteId, file: SignInFile, [mine]: readonly [Bucket, ...Bucket[]]): readonly Change[] {
  const before = throttleOf(file, mine.key)
  if (!before || before.failures === 0) return []
  return [{ kind: 'count-password', site, throttle: { ...before, failures: 0 }, from: before.failures }]
}

function throttleOf(file: Pick<SignInFile, 'throttles'>, key: string): PasswordThrottle | undefined {
  return file.throttles.find(({ bucket }) => bucket === key)
}

function passwordEvent({ user, application }: PasswordAttempt, ev: EventName): AuditEvent {
  return user ? ownEvent(user, application, ev) : { ev, actor: ANONYMOUS, subject: null, application, data: {} }
}
