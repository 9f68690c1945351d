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
  readonly version: number
}

/** The application a sign-in is for when none is named. */
export const DEFAULT_APPLICATION = 'web'
