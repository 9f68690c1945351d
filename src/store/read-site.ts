import { readSettings } from '#policy/settings.ts'
import type { SiteId } from '#domain/id.ts'
import type { SiteFile } from '#ports/store.ts'
import { text } from './columns.ts'
import { allSeldom, type Row, type Work } from './database.ts'
import { application, channels, role, site } from './site-rows.ts'
import { APPLICATIONS, CHANNEL_ROWS, ROLES, SITES, SITE_SETTINGS } from './statements.ts'

/** What was made of rows, by the first of the arrays they came in; good as long as the others are the same ones, too. */
const made = new WeakMap<readonly Row[], { readonly of: readonly (readonly Row[])[]; readonly file: SiteFile }>()

/** The site of an id and what belongs to it; null when there is none. */
export function siteFileById(id: SiteId): Work<SiteFile | null> {
  return readSite(SITES.byId, id)
}

export function siteFileByName(name: string): Work<SiteFile | null> {
  return readSite(SITES.byName, name)
}

/** It is read with everything that is asked about a user, and seldom changes. */
function* readSite(sql: string, key: string): Work<SiteFile | null> {
  const rows = yield* allSeldom(sql, key)
  const [row] = rows
  if (row === undefined) return null
  const id = text(row, 'id')
  const settings = yield* allSeldom(SITE_SETTINGS.all, id)
  const applications = yield* allSeldom(APPLICATIONS.all, id)
  const roles = yield* allSeldom(ROLES.all, id)
  const inForce = yield* allSeldom(CHANNEL_ROWS.inForce, id)
  const of = [settings, applications, roles, inForce]
  const known = made.get(rows)
  if (known && of.every((each, at) => each === known.of[at])) return known.file
  const stored = new Map(settings.map((each) => [text(each, 'name'), storedValue(text(each, 'value'))]))
  const unreadableRows: string[] = []
  const unread = (what: string): void => void unreadableRows.push(what)
  const file: SiteFile = {
    site: site(row),
    stored,
    ...readSettings(stored),
    applications: applications.map((each) => application(each, unread)),
    roles: roles.map((each) => role(each, unread)),
    unreadableRows,
    channels: channels(inForce),
  }
  made.set(rows, { of, file })
  return file
}

/** What is no JSON is no value of any setting either, and so is reported as unreadable. */
function storedValue(json: string): unknown {
  try {
    return JSON.parse(json) as unknown
  } catch {
    return undefined
  }
}
