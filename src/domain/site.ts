import type { SiteId } from './id.ts'

/** A tenant: a company, an account. Every row belongs to one. */
export interface Site {
  readonly id: SiteId
  /** The name in its addresses: `/{name}/login`. Lower case letters, digits and hyphens. */
  readonly name: string
  readonly title: string
  /** Raised by every change of a setting; what `If-Match` is compared with. */
  readonly settingsVersion: number
  /** "End all sessions" raises it: a session of an older epoch is over, however many there are. */
  readonly sessionEpoch: number
  /** "Forget all devices" raises it, in the same way. */
  readonly deviceEpoch: number
}

/** First segments that can never be a site, because the server answers under them itself. */
export const RESERVED_NAMES: readonly string[] = ['healthz', 'readyz', 'metrics', 'assets', 'mailbox']

const SITE_NAME = /^[a-z0-9](?:[a-z0-9-]{0,38}[a-z0-9])?$/

export function isSiteName(name: string): boolean {
  return SITE_NAME.test(name) && !RESERVED_NAMES.includes(name)
}
