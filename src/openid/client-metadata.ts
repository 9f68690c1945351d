import type { AdapterPayload } from 'oidc-provider'
import type { OpenIdClient } from '#domain/openid.ts'

/** A client as the provider knows it. `client_secret` is the digest of the secret: nobody but the client knows the secret itself. */
export function clientMetadata(client: OpenIdClient, presented: 'header' | 'body'): AdapterPayload {
  const { application, redirectUris, postLogoutRedirectUris, secretDigest } = client
  return {
    client_id: application,
    redirect_uris: [...redirectUris],
    post_logout_redirect_uris: [...postLogoutRedirectUris],
    application_type: 'web',
    grant_types: ['authorization_code', 'refresh_token'],
    response_types: ['code'],
    response_modes: ['query'],
    ...(secretDigest === null
      ? { token_endpoint_auth_method: 'none' }
      : {
          client_secret: secretDigest,
          token_endpoint_auth_method: presented === 'header' ? 'client_secret_basic' : 'client_secret_post',
        }),
  }
}
