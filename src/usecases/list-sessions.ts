import { type Session, sessionEnd } from '#domain/session.ts'
import type { Instant } from '#domain/time.ts'
import type { Ports } from '#ports/ports.ts'
import type { ListPlace } from '#ports/store.ts'
import { sessionLimits } from './session-limits.ts'

export interface SessionLine {
  readonly session: Session
  readonly username: string
  /** By the limits of today. */
  readonly expiresAt: Instant
}

export type ListSessionsOutcome =
  | { readonly kind: 'listed'; readonly lines: readonly SessionLine[]; readonly next: ListPlace | null }
  | { readonly kind: 'unknown-site' }
  | { readonly kind: 'unknown-user' }

/** A page of the sessions that are open now, the newest first: of one user, or of the whole site. */
export async function listSessions(
  ports: Ports,
  query: {
    readonly site: string
    readonly username: string | null
    readonly before: ListPlace | null
    readonly limit: number
  },
): Promise<ListSessionsOutcome> {
  const now = ports.clock.now()
  const file = await ports.store.siteFile(query.site)
  if (!file) return { kind: 'unknown-site' }
  const person = query.username === null ? null : await ports.store.personFile(file.site.id, query.username, now)
  if (query.username !== null && !person) return { kind: 'unknown-user' }
  const { before, limit } = query
  // One more than is shown tells whether there is a next page.
  const found = await ports.store.sessions(file.site.id, {
    user: person?.user.id ?? null,
    now,
    before,
    limit: limit + 1,
  })
  const shown = found.slice(0, limit)
  const last = shown.at(-1)?.session
  const next = found.length > limit && last ? { at: last.createdAt, id: last.id } : null
  const lines = shown
    .map(({ session, username }) => ({
      session,
      username,
      expiresAt: sessionEnd(session, sessionLimits(file, session.application)),
    }))
    .filter(({ expiresAt }) => now < expiresAt)
  return { kind: 'listed', lines, next }
}
