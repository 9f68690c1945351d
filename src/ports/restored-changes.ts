import type { SiteId } from '#domain/id.ts'
import type { Instant } from '#domain/time.ts'

/**
 * The database of a site is an older one again: whatever may have been spent or ended since it was copied counts as spent and ended.
 * Codes of apps and of tokens with a clock up to the last step that can have been accepted at `at`; sent codes by a leap of their
 * counter; pending sign-ins, enrolments, given codes, links for another password, tests of channels, waiting messages, and what OpenID Connect handed out; all
 * sessions and remembered browsers. Holds while the site is at session epoch `fromEpoch`.
 */
export type RestoredChange = {
  readonly kind: 'outlive-backup'
  readonly site: SiteId
  readonly fromEpoch: number
  readonly at: Instant
}
