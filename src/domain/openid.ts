import type { SiteId } from './id.ts'
import type { Instant } from './time.ts'

/** An application that signs its users in by OpenID Connect. Its client id is the application's name. */
export interface OpenIdClient {
  readonly site: SiteId
  readonly application: string
  /** Where it may be led back to, to the letter. */
  readonly redirectUris: readonly string[]
  readonly postLogoutRedirectUris: readonly string[]
  /** Digest of its secret; null: a public client, which proves itself by PKCE alone. */
  readonly secretDigest: string | null
  readonly version: number
}

/** A key that a site signs its tokens with. */
export interface OpenIdKey {
  readonly site: SiteId
  /** The thumbprint of the public key (RFC 7638): another key never comes under the same name. */
  readonly kid: string
  /** The private key as JWK, sealed to `keySeal(site, kid)`. */
  readonly sealedKey: string
  readonly createdAt: Instant
  /** From when on it is published no more; null: it has no end. */
  readonly retiredAt: Instant | null
}

/** What a sealed signing key is bound to. */
export function keySeal(site: SiteId, kid: string): string {
  return `openid-key:${site}:${kid}`
}

/** Something the protocol keeps between two requests: an interaction, a grant, a code, a token. */
export interface OpenIdArtifact {
  readonly site: SiteId
  /** The protocol's own name for it, such as `AuthorizationCode`. */
  readonly kind: string
  readonly digest: string
  readonly payload: Readonly<Record<string, unknown>>
  readonly grantDigest: string | null
  readonly createdAt: Instant
  readonly expiresAt: Instant
  /** When it was used, if it is good once only. */
  readonly spentAt: Instant | null
}
