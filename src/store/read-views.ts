import type { EventName } from '#audit/event.ts'
import type { SiteId } from '#domain/id.ts'
import { type Method, METHODS } from '#domain/method.ts'
import { canonicalUsername } from '#domain/user.ts'
import type { ViewsStore, EventCount, SettingOrigin } from '#ports/views-store.ts'
import type { PersonFile, SiteFile } from '#ports/store.ts'
import { integer, text, word } from './columns.ts'
import { eventCounts, peopleFound, SETTING_ORIGINS } from './views-statements.ts'
import { all, type Database, type Value, type Work, readAt } from './database.ts'
import { readPerson } from './read-person.ts'
import { siteFileById } from './read-site.ts'

/** Reads that show the state of a site, on any database that speaks our statements. */
export function viewReads(database: Database): ViewsStore {
  const read = <T>(site: SiteId, work: () => Work<T>): Promise<T> => readAt(database, site, work)
  return {
    settingOrigins: (site) => read(site, () => readOrigins(site)),
    findPeople: (site, query) =>
      read(site, function* () {
        const file = yield* siteFileById(site)
        return file ? yield* find(file, query) : []
      }),
    eventCounts: (site, query) => read(site, () => countEvents(site, query)),
  }
}

function* readOrigins(site: SiteId): Work<ReadonlyMap<string, SettingOrigin>> {
  const rows = yield* all(SETTING_ORIGINS, site)
  return new Map(
    rows.map((row) => [
      text(row, 'name'),
      { changedAt: integer(row, 'changed_at'), changedBy: text(row, 'changed_by') },
    ]),
  )
}

function* find(file: SiteFile, query: Parameters<ViewsStore['findPeople']>[1]): Work<readonly PersonFile[]> {
  const { search, kind, status, role, exempt, locked, after, limit, now } = query
  const statement = peopleFound({
    search: search !== undefined,
    kind: kind !== undefined,
    status: status !== undefined,
    role: role !== undefined,
    exempt,
    locked,
  })
  const params: readonly Value[] = [
    file.site.id,
    after === null ? '' : canonicalUsername(after),
    ...(search === undefined ? [] : Array.from({ length: 4 }, () => pattern(search))),
    ...[kind, status, role, role].filter((each): each is NonNullable<typeof each> => each !== undefined),
    ...[exempt, locked].filter((each) => each !== undefined).map(() => now),
    limit,
  ]
  const found: PersonFile[] = []
  for (const row of yield* all(statement, ...params)) {
    const person = yield* readPerson(file, row, now)
    if (person) found.push(person)
  }
  return found
}

/** Anywhere in the text, and nothing in it means more than itself. */
function pattern(search: string): string {
  return `%${canonicalUsername(search).replaceAll(/[!%_]/g, '!$&')}%`
}

function* countEvents(
  site: SiteId,
  { events, from, to }: Parameters<ViewsStore['eventCounts']>[1],
): Work<readonly EventCount[]> {
  if (events.length === 0) return []
  const rows = yield* all(eventCounts(METHODS, events.length), site, from, to, ...events)
  return rows.map((row) => ({
    day: integer(row, 'day'),
    ev: text(row, 'ev') as EventName,
    method: row['method'] === null ? null : word<Method>(row, 'method', METHODS),
    count: integer(row, 'n'),
  }))
}
