import type { Note } from './dial.ts'
import { ANYWHERE, type Reach } from './reach.ts'

/** What a message needs on its way, beside its configuration. */
export interface Way {
  /** Where it may go. */
  readonly reach: Reach
  /** Ends when the server stops: what is under way then fails at once. */
  readonly closing?: AbortSignal
  readonly note?: Note | undefined
}

export const FREELY: Way = { reach: ANYWHERE }

export const STOPPED = 'Sending was stopped because the server is shutting down.'
