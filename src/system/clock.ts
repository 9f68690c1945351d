import type { Clock } from '#ports/system.ts'

/** The machine's clock. The only place of the program where time is taken from the platform. */
export const systemClock: Clock = { now: () => Date.now() }
