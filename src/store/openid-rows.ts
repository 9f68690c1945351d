import type { OpenIdArtifact, OpenIdClient, OpenIdKey } from '#domain/openid.ts'
import { id, integer, integerOrNull, json, listOf, text, textOrNull } from './columns.ts'
import type { Row, Value } from './database.ts'

// What OpenID Connect keeps, from rows and into them. The lists of values are in the order of the statements.

export function openIdClient(row: Row): OpenIdClient {
  return {
    site: id(row, 'site_id', 'site'),
    application: text(row, 'application'),
    redirectUris: listOf<string>(row, 'redirect_uris', isText),
    postLogoutRedirectUris: listOf<string>(row, 'post_logout_redirect_uris', isText),
    secretDigest: textOrNull(row, 'secret_digest'),
    version: integer(row, 'version'),
  }
}

export function openIdClientValues(each: OpenIdClient, version: number): readonly Value[] {
  return [
    JSON.stringify(each.redirectUris),
    JSON.stringify(each.postLogoutRedirectUris),
    each.secretDigest,
    version,
    each.site,
    each.application,
  ]
}

export function openIdKey(row: Row): OpenIdKey {
  return {
    site: id(row, 'site_id', 'site'),
    kid: text(row, 'kid'),
    sealedKey: text(row, 'sealed_key'),
    createdAt: integer(row, 'created_at'),
    retiredAt: integerOrNull(row, 'retired_at'),
  }
}

export function openIdKeyValues(each: OpenIdKey): readonly Value[] {
  return [each.site, each.kid, each.sealedKey, each.createdAt, each.retiredAt]
}

export function openIdArtifact(row: Row): OpenIdArtifact {
  return {
    site: id(row, 'site_id', 'site'),
    kind: text(row, 'kind'),
    digest: text(row, 'digest'),
    payload: json(row, 'payload') as OpenIdArtifact['payload'],
    grantDigest: textOrNull(row, 'grant_digest'),
    createdAt: integer(row, 'created_at'),
    expiresAt: integer(row, 'expires_at'),
    spentAt: integerOrNull(row, 'spent_at'),
  }
}

export function openIdArtifactValues(each: OpenIdArtifact): readonly Value[] {
  const { site, kind, digest, payload, grantDigest, createdAt, expiresAt, spentAt } = each
  return [site, kind, digest, JSON.stringify(payload), grantDigest, createdAt, expiresAt, spentAt]
}

function isText(value: unknown): boolean {
  return typeof value === 'string'
}
