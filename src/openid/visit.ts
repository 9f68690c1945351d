import { AsyncLocalStorage } from 'node:async_hooks'
import type { Session } from '#domain/session.ts'
import type { Instant } from '#domain/time.ts'
import type { Call } from '#http/call.ts'
import type { Judgement } from '#usecases/judge-authorization.ts'

/** One request to the provider, and what its parts leave for each other. */
export interface Visit {
  readonly call: Call
  /** Our session of this browser; the provider never has another one. */
  readonly session: Session['id'] | null
  /** What the provider would keep for a browser without a session; it lives as long as the request. */
  stranger?: Readonly<Record<string, unknown>>
  /** When the person was sent to our pages for the request that goes on now. */
  since?: Instant
  judged?: Promise<Judgement>
  /** What went wrong inside, to be reported where everything is reported. */
  failure?: unknown
}

const VISITS = new AsyncLocalStorage<Visit>()

export function inVisit<T>(visit: Visit, work: () => Promise<T>): Promise<T> {
  return VISITS.run(visit, work)
}

/** The request that is being answered. */
export function currentVisit(): Visit {
  const visit = VISITS.getStore()
  if (!visit) throw new Error('the provider was called outside a request')
  return visit
}
