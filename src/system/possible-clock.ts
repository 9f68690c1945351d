import type { Instant } from '#domain/time.ts'
import { ClockUnsafe, type WatchedClock } from './watched-clock.ts'

/** Zones and slow clocks of whoever makes a release: a day before it is still believed. */
const A_DAY_MS = 86_400_000

/**
 * What is wrong with a time before this version existed, in one sentence with what to do, or null. A machine without a battery starts in
 * 1970, and every session and code would be judged by that. `made` is the day of this version.
 */
export function impossibleTime(now: Instant, made: Instant): string | null {
  if (now >= made - A_DAY_MS) return null
  return `The clock shows ${new Date(now).toISOString()}, which is before this version of Countersign was made: nothing is judged until it is set right, by chrony or systemd-timesyncd.`
}

/** A watched clock that tells no time either while what it shows is impossible. It needs no new start once the time is right. */
export function possibleClock(clock: WatchedClock, made: Instant): WatchedClock {
  const look = (): string | null => clock.trouble() ?? impossibleTime(clock.now(), made)
  return {
    now() {
      const now = clock.now()
      const wrong = impossibleTime(now, made)
      if (wrong !== null) throw new ClockUnsafe(wrong)
      return now
    },
    check: () => clock.check(),
    trouble: look,
  }
}
