import type { SiteId } from '#domain/id.ts'
import type { OpenIdArtifact, OpenIdClient, OpenIdKey } from '#domain/openid.ts'
import type { Session } from '#domain/session.ts'
import type { Instant } from '#domain/time.ts'

/** What can be done to the part of the store that OpenID Connect needs. Joins `Change`, under the same promise. */
export type OpenIdChange =
  | { readonly kind: 'add-openid-client'; readonly client: OpenIdClient }
  | { readonly kind: 'change-openid-client'; readonly client: OpenIdClient; readonly from: number }
  | {
      readonly kind: 'remove-openid-client'
      readonly site: SiteId
      readonly application: string
      readonly from: number
    }
  | { readonly kind: 'add-openid-key'; readonly key: OpenIdKey }
  /** Holds while the key has no end, or a later one: a key is never brought back. */
  | { readonly kind: 'retire-openid-key'; readonly site: SiteId; readonly kid: string; readonly at: Instant }
  /** Takes the place of the one of this name, if there is one. */
  | { readonly kind: 'put-openid-artifact'; readonly artifact: OpenIdArtifact }
  /** Holds once: a code and a refresh token are good for one use. */
  | {
      readonly kind: 'spend-openid-artifact'
      readonly site: SiteId
      readonly artifact: Pick<OpenIdArtifact, 'kind' | 'digest'>
      readonly at: Instant
    }

/** What is asked of the store for OpenID Connect. Joins `Store`. */
export interface OpenIdStore {
  openIdClient(site: SiteId, application: string): Promise<OpenIdClient | null>
  openIdClients(site: SiteId): Promise<readonly OpenIdClient[]>
  /** Those that are published at `now`, the newest first. */
  openIdKeys(site: SiteId, now: Instant): Promise<readonly OpenIdKey[]>
  /** Also one that is spent; not one that has run out. */
  openIdArtifact(site: SiteId, kind: string, digest: string, now: Instant): Promise<OpenIdArtifact | null>
  /** A session by its id, also one that is over. */
  sessionById(site: SiteId, id: Session['id']): Promise<Session | null>

  /**
   * Keeps what is between two requests only; no event stands for it, because nothing is opened or decided by it. What has run out is
   * swept away on the occasion.
   */
  keepOpenIdArtifact(artifact: OpenIdArtifact): Promise<void>
  dropOpenIdArtifact(site: SiteId, kind: string, digest: string): Promise<void>
  /** Everything that one grant has led to, and the grant itself. */
  dropOpenIdGrant(site: SiteId, grantDigest: string): Promise<void>
}
