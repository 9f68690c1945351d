import type { Instant } from '#domain/time.ts'
import type { Clock } from '#ports/system.ts'

/** What may be off between two clocks that are right. */
const TOLERANCE_MS = 10_000

/** A clock that is watched: when it cannot be trusted, it says so and tells no time, because a verdict on a wrong time is one on nothing. */
export interface WatchedClock extends Clock {
  /** Compares the clocks again. */
  check(): Promise<void>
  /** What is wrong, in one sentence, or null. */
  trouble(): string | null
}

/** No verdict is given: the clocks disagree. The server answers 503 by the name of this class. */
export class ClockUnsafe extends Error {
  override readonly name = 'ClockUnsafe'
}

export interface Clocks {
  /** The time of the machine, milliseconds since 1970, which somebody may set. */
  readonly wall: () => number
  /** Milliseconds since some moment, which nobody can set. */
  readonly steady: () => number
}

/**
 * The clock of one machine. Set back by more than ten seconds it is not believed until it has caught up, or the server is started
 * again, which is how an operator says that the earlier time was the wrong one. A jump ahead is what waking up looks like.
 */
export function watchedClock({ wall, steady }: Clocks): WatchedClock {
  let offset = wall() - steady()
  let unsafe: string | null = null

  function look(): number {
    const now = wall()
    const apart = now - steady()
    const drift = apart - offset
    if (drift < -TOLERANCE_MS) {
      unsafe = `The clock of this machine was set back by ${Math.round(-drift / 1000)} seconds: nothing is judged until it is right, or the server is started again.`
    } else {
      unsafe = null
      offset = apart
    }
    return now
  }

  return {
    now() {
      const now = look()
      if (unsafe !== null) throw new ClockUnsafe(unsafe)
      return now
    },
    check() {
      look()
      return Promise.resolve()
    },
    trouble: () => unsafe,
  }
}

/**
 * The clock that all nodes of an installation share: that of their database, carried on between two looks by a count that nobody
 * can set. The machine's own time is only a witness: a jump of the database's clock is believed when the machine agrees with it.
 * `ask` answers the database's time; what it throws at the first look is thrown.
 */
export async function sharedClock(ask: () => Promise<Instant>, { wall, steady }: Clocks): Promise<WatchedClock> {
  let offset = await measure()
  let latest = Number.NEGATIVE_INFINITY
  let unsafe: string | null = null

  async function measure(): Promise<number> {
    const before = steady()
    const answered = await ask()
    return answered - (before + steady()) / 2
  }

  return {
    now() {
      if (unsafe !== null) throw new ClockUnsafe(unsafe)
      latest = Math.max(latest, Math.round(offset + steady()))
      return latest
    },
    async check() {
      const measured = await measure()
      const jump = measured - offset
      const witnessed = Math.abs(measured + steady() - wall()) <= TOLERANCE_MS
      if (Math.abs(jump) > TOLERANCE_MS && !witnessed) {
        unsafe = `The clock of the database jumped by ${Math.round(jump / 1000)} seconds, and that of this machine did not: nothing is judged until they agree.`
        return
      }
      // A correction that both clocks know of may go back; the small ones of every day do not.
      if (Math.abs(jump) > TOLERANCE_MS) latest = Number.NEGATIVE_INFINITY
      unsafe = null
      offset = measured
    },
    trouble: () => unsafe,
  }
}
