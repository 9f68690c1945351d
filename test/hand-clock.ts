import type { Clock } from '#ports/system.ts'

/** A clock that a test moves by hand. Moments and durations in milliseconds; it may be set back, as real clocks are. */
export class HandClock implements Clock {
  #now: number

  constructor(start: number) {
    this.#now = start
  }

  now(): number {
    return this.#now
  }

  pass(duration: number): void {
    this.#now += duration
  }

  set(now: number): void {
    this.#now = now
  }
}
