import { ANONYMOUS, type AuditEvent, type EventName, type Origin } from '#audit/event.ts'
import { type Bucket, countWrongPassword } from '#challenge/password-throttle.ts'
import type { PasswordThrottle } from '#domain/counters.ts'
import type { User } from '#domain/user.ts'
import type { SiteId } from '#domain/id.ts'
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

/** Counts a wrong password in each of its buckets. What could not be counted is not answered: `busy`. */
export async function countWrong(ports: Ports, attempt: PasswordAttempt): Promise<'counted' | 'busy'> {
  const outcome = await inRounds(async () => {
    const file = await attempt.read()
    const at = ports.clock.now()
    const counted = attempt.buckets.map((bucket) => ({ ...bucket, before: throttleOf(file, bucket.key) }))
    const changes = counted.map(
      ({ key, before }): Change => ({
        kind: 'count-password',
        site: attempt.site,
        throttle: countWrongPassword(key, before, at),
        from: before?.failures ?? null,
      }),
    )
    const blocks = counted.some(({ before, free }) => (before?.failures ?? 0) + 1 === free)
    const events: [AuditEvent, ...AuditEvent[]] = [passwordEvent(attempt, 'auth.password.fail')]
    if (blocks) events.push(passwordEvent(attempt, 'auth.password.throttled'))
    return ports.store.commit({ site: attempt.site, at, origin: attempt.origin, changes, events })
  })
  return outcome === 'busy' ? 'busy' : 'counted'
}

/** The right password takes back what this user's wrong ones from this source counted; the source's own count stays. */
export function forgetWrong(site: SiteId, file: SignInFile, [mine]: readonly [Bucket, ...Bucket[]]): readonly Change[] {
  const before = throttleOf(file, mine.key)
  if (!before || before.failures === 0) return []
  return [{ kind: 'count-password', site, throttle: { ...before, failures: 0 }, from: before.failures }]
}

export function throttleOf(file: SignInFile, key: string): PasswordThrottle | undefined {
  return file.throttles.find(({ bucket }) => bucket === key)
}

function passwordEvent({ user, application }: PasswordAttempt, ev: EventName): AuditEvent {
  return user ? ownEvent(user, application, ev) : { ev, actor: ANONYMOUS, subject: null, application, data: {} }
}
