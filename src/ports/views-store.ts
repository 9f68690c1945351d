import type { EventName } from '#audit/event.ts'
import type { SiteId } from '#domain/id.ts'
import type { Method } from '#domain/method.ts'
import type { Instant } from '#domain/time.ts'
import type { User, UserKind } from '#domain/user.ts'
import type { PersonFile } from './store.ts'

/** Who gave a stored setting its value, and when. */
export interface SettingOrigin {
  readonly changedAt: Instant
  readonly changedBy: string
}

/** What is asked of the users of a list; what is left out is not asked. */
export interface PeopleFilter {
  /** Stands in the name, the display name, the address or the number; large and small letters are the same. */
  readonly search?: string | undefined
  readonly kind?: UserKind | undefined
  readonly status?: User['status'] | undefined
  readonly role?: string | undefined
  /** true: an exemption holds at `now`. */
  readonly exempt?: boolean | undefined
  /** true: the second step is locked at `now`, or disabled. */
  readonly locked?: boolean | undefined
}

/** How often something happened on one day of UTC. */
export interface EventCount {
  /** Days since 1 January 1970. */
  readonly day: number
  readonly ev: EventName
  /** null: the event names none. */
  readonly method: Method | null
  readonly count: number
}

/** What is asked to show the state of a site to those who run it. */
export interface ViewsStore {
  /** Of the settings that are stored; what has its default is left out. */
  settingOrigins(site: SiteId): Promise<ReadonlyMap<string, SettingOrigin>>
  /** Users by name after `after`, only those that fit the filter, each with the file that a sign-in would read. */
  findPeople(
    site: SiteId,
    query: PeopleFilter & { readonly after: string | null; readonly limit: number; readonly now: Instant },
  ): Promise<readonly PersonFile[]>
  /** Events of these kinds from one moment on and before another, by day and method. */
  eventCounts(
    site: SiteId,
    query: { readonly events: readonly EventName[]; readonly from: Instant; readonly to: Instant },
  ): Promise<readonly EventCount[]>
}
