import type { SiteId } from '#domain/id.ts'
import type { SiteWording } from '#domain/wording.ts'

/** What can be done to a site's own words. Joins `Change`. */
export type WordingChange =
  /** In place of what was there for this message in this language. */
  | { readonly kind: 'set-wording'; readonly wording: SiteWording }
  /** Holds while there is one. */
  | { readonly kind: 'remove-wording'; readonly wording: Pick<SiteWording, 'site' | 'message' | 'language'> }

/** Joins `Store`. */
export interface WordingStore {
  /** By message and language. */
  wordings(site: SiteId): Promise<readonly SiteWording[]>
}
