import type { SiteId } from './id.ts'
import type { Method } from './method.ts'

/** A group of rights; here only what it says about the second factor. */
export interface Role {
  readonly site: SiteId
  readonly name: string
  /** Who holds a flagged role must pass a second factor; unflagged means no opinion. */
  readonly twoFactorAuth: boolean
  readonly bypassAllowed: boolean
  /** False: `delivery.when_unconfigured = allow` never opens the door for its holders. */
  readonly failOpenAllowed: boolean
  /** Narrows `methods.allowed` of the site; null: no opinion. */
  readonly methodsAllowed: readonly Method[] | null
  readonly intervalHours: number | null
  readonly graceDays: number | null
  /** CIDR blocks that count as trusted for its holders; null: no opinion. */
  readonly trustedNetworks: readonly string[] | null
  readonly version: number
}

/** A role that has no opinion on anything. */
export function newRole(site: SiteId, name: string): Role {
  return {
    site,
    name,
    twoFactorAuth: false,
    bypassAllowed: true,
    failOpenAllowed: true,
    methodsAllowed: null,
    intervalHours: null,
    graceDays: null,
    trustedNetworks: null,
    version: 1,
  }
}
