import { readSettings } from '#policy/settings.ts'
import type { SiteFile } from '#ports/store.ts'
import { text } from './columns.ts'
import { all, type Row, type Work } from './database.ts'
import { application, channels, role, site } from './site-rows.ts'
import { APPLICATIONS, CHANNEL_ROWS, ROLES, SITE_SETTINGS } from './statements.ts'

/** What belongs to a site, from its row on. */
export function* readSite(row: Row): Work<SiteFile> {
  const found = site(row)
  const rows = yield* all(SITE_SETTINGS.all, found.id)
  const stored = new Map(rows.map((each) => [text(each, 'name'), storedValue(text(each, 'value'))]))
  const unreadableRows: string[] = []
  const unread = (what: string): void => void unreadableRows.push(what)
  const applications = (yield* all(APPLICATIONS.all, found.id)).map((each) => application(each, unread))
  const roles = (yield* all(ROLES.all, found.id)).map((each) => role(each, unread))
  return {
    site: found,
    stored,
    ...readSettings(stored),
    unreadableRows,
    applications,
    roles,
    channels: channels(yield* all(CHANNEL_ROWS.inForce, found.id)),
  }
}

/** What is no JSON is no value of any setting either, and so is reported as unreadable. */
function storedValue(json: string): unknown {
  try {
    return JSON.parse(json) as unknown
  } catch {
    return undefined
  }
}
