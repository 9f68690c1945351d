import type { SiteId } from '#domain/id.ts'
import { all, type ChangedElsewhere, type Database, EVERY_SITE } from './database.ts'
import { id, integer } from './columns.ts'
import { AUDIT } from './statements.ts'

/** How often the heads are looked at while somebody asks, and how old a look may be before nothing kept at hand is trusted. */
const LOOK_EVERY_MS = 400
const TRUSTED_FOR_MS = 1_000

/**
 * What other nodes have written, by the heads of the audit chains: there is no change without an entry, so a site whose head has not moved
 * has not changed. The heads are looked at beside the requests, and only while there are some; what is kept at hand is at most a second
 * behind, and when the database does not answer nothing is kept at all. `now` counts milliseconds and never goes back.
 */
export function watchHeads(database: Pick<Database, 'together'>, now: () => number): ChangedElsewhere {
  let heads = new Map<SiteId, number>()
  let moved = new Set<SiteId>()
  let lookedAt = Number.NEGATIVE_INFINITY
  let looking: Promise<void> | undefined

  async function look(): Promise<void> {
    const begun = now()
    const rows = await database.together('read', () => all(AUDIT.heads), EVERY_SITE)
    const found = new Map(rows.map((row) => [id(row, 'site_id', 'site'), integer(row, 'seq')]))
    for (const site of new Set([...heads.keys(), ...found.keys()]))
      if (heads.get(site) !== found.get(site)) moved.add(site)
    heads = found
    lookedAt = begun
  }

  return () => {
    const at = now()
    if (at - lookedAt > LOOK_EVERY_MS)
      looking ??= look()
        // A database that does not answer is told to whoever reads from it; here it only means that nothing is known.
        .catch(() => undefined)
        .finally(() => {
          looking = undefined
        })
    if (at - lookedAt > TRUSTED_FOR_MS) return 'anything'
    if (moved.size === 0) return 'nothing'
    const changed = moved
    moved = new Set()
    return changed
  }
}
