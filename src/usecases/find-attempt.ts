import type { AuditRow, EventName } from '#audit/event.ts'
import { readReference } from '#challenge/reference.ts'
import type { SiteId } from '#domain/id.ts'
import type { Ports } from '#ports/ports.ts'

/** Where a reference stands. */
const REFUSED: readonly EventName[] = ['auth.challenge.fail', 'auth.challenge.replayed', 'auth.stepup.fail']

const PAGE = 500
const MOST_PAGES = 20

export type FindAttemptOutcome =
  /** The refused codes of this sign-in, the newest first. */
  | { readonly kind: 'found'; readonly rows: readonly AuditRow[] }
  | { readonly kind: 'not-found' }
  | { readonly kind: 'no-reference' }

/** Finds the sign-in that a person on the phone is stuck in, by the reference on their screen. */
export async function findAttempt(
  { store }: Pick<Ports, 'store'>,
  query: { readonly site: SiteId; readonly reference: string },
): Promise<FindAttemptOutcome> {
  const reference = readReference(query.reference)
  if (reference === undefined) return { kind: 'no-reference' }
  const rows: AuditRow[] = []
  for (const ev of REFUSED) {
    let before = Number.MAX_SAFE_INTEGER
    for (let page = 0; page < MOST_PAGES; page += 1) {
      const found = await store.audit(query.site, { ev, before, limit: PAGE })
      rows.push(...found.filter(({ data }) => data['reference'] === reference))
      const last = found.at(-1)
      if (found.length < PAGE || last === undefined) break
      before = last.seq
    }
  }
  return rows.length > 0 ? { kind: 'found', rows: rows.toSorted((a, b) => b.seq - a.seq) } : { kind: 'not-found' }
}
