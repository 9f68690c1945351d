import type { SiteId } from './id.ts'

/** What a user signs in to: the web application, the manager, an OpenID client, a protected host. */
export interface Application {
  readonly site: SiteId
  readonly name: string
  readonly title: string
  /** Whether users made from now on get a second factor here; it never touches those who exist. */
  readonly defaultForNewUsers: boolean
  readonly intervalHours: number | null
  readonly recheckInSession: boolean | null
  readonly sessionHours: number | null
  readonly sessionIdleMinutes: number | null
  /** Where forward-auth stands before it: patterns of `host-pattern.ts`. */
  readonly hosts: readonly string[]
  readonly version: number
}

/** The application a sign-in is for when none is named. */
export const DEFAULT_APPLICATION = 'web'

const NAME = /^[a-z0-9][a-z0-9._-]{0,63}$/

/** A name stands in addresses, so it needs no quoting anywhere. */
export function isApplicationName(text: string): boolean {
  return NAME.test(text)
}

/** An application to which everything of the site applies. */
export function newApplication(site: SiteId, name: string, defaultForNewUsers = false): Application {
  return {
    site,
    name,
    title: `${name.charAt(0).toUpperCase()}${name.slice(1)}`,
    defaultForNewUsers,
    intervalHours: null,
    recheckInSession: null,
    sessionHours: null,
    sessionIdleMinutes: null,
    hosts: [],
    version: 1,
  }
}
