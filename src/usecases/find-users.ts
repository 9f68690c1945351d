import type { Instant } from '#domain/time.ts'
import type { PeopleFilter } from '#ports/views-store.ts'
import type { Ports } from '#ports/ports.ts'
import type { PersonFile } from '#ports/store.ts'
import type { SiteId } from '#domain/id.ts'
import { type Standing, standingAt } from './standing.ts'

/** A user in a list, and where they stand with the second factor. */
export interface FoundUser {
  readonly person: PersonFile
  readonly standing: Standing
}

export interface FindUsers extends PeopleFilter {
  readonly site: SiteId
  /** Where somebody stands is decided, not stored: it is asked of each user in turn. */
  readonly standing?: Standing | undefined
  /** The name that the page before ended with. */
  readonly after: string | null
  readonly limit: number
}

/** Users that are looked at in one go for a question that only a decision can answer. */
const STRETCH = 500

/** A page of users by name, those that fit, each with where they stand now. `next`: the name the next page comes after. */
export async function findUsers(
  ports: Ports,
  { site, standing, after, limit, ...filter }: FindUsers,
): Promise<{ readonly found: readonly FoundUser[]; readonly next: string | null }> {
  const now = ports.clock.now()
  const found: FoundUser[] = []
  for await (const person of matching(ports, site, filter, after, standing === undefined ? limit + 1 : STRETCH, now)) {
    const own = standingAt(person, now).standing
    if (standing === undefined || own === standing) found.push({ person, standing: own })
    if (found.length > limit) break
  }
  const shown = found.slice(0, limit)
  return { found: shown, next: found.length > limit ? (shown.at(-1)?.person.user.username ?? null) : null }
}

async function* matching(
  ports: Ports,
  site: SiteId,
  filter: PeopleFilter,
  begin: string | null,
  limit: number,
  now: Instant,
): AsyncGenerator<PersonFile> {
  const asked = Object.values(filter).some((each) => each !== undefined)
  for (let after = begin; ; ) {
    const page: readonly PersonFile[] = asked
      ? await ports.store.findPeople(site, { ...filter, after, limit, now })
      : await ports.store.people(site, { after, limit, now })
    yield* page
    const last = page.at(-1)
    if (last === undefined || page.length < limit) return
    after = last.user.username
  }
}
