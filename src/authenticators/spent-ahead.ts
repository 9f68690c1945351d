import { type Instant, minutes } from '#domain/time.ts'
import { totpStep } from './totp.ts'

/** A clock may be accepted one step ahead of ours (`totp.skew_steps`), so that step may have been spent already. */
const AHEAD = 1

/** What two clocks that are called right may lie apart when one is read by eye. */
const MARGIN = minutes(1)

/** The last time step that a code can have been accepted of by now, on a clock that is right; `period` in seconds. */
export function lastStepBy(at: Instant, period: number): number {
  return totpStep(at + MARGIN, period) + AHEAD
}

/**
 * Whether the last accepted step was spent in a future that has not come: the clock was ahead then, or it is behind now. Answers from when
 * on the code of another step can pass again; null: nothing is ahead.
 */
export function spentAhead(lastStep: number, period: number, now: Instant): Instant | null {
  return lastStep > lastStepBy(now, period) ? (lastStep + 1) * period * 1_000 : null
}
