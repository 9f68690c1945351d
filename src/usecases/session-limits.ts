import type { SessionLimits } from '#domain/session.ts'
import type { SiteFile } from '#ports/store.ts'

/** The limits of sessions for an application: its own where it has some, else the site's. */
export function sessionLimits(file: SiteFile, application: string): SessionLimits {
  const own = file.applications.find(({ name }) => name === application)
  return {
    durationHours: own?.sessionHours ?? file.settings['session.duration_hours'],
    idleMinutes: own?.sessionIdleMinutes ?? file.settings['session.idle_minutes'],
  }
}
