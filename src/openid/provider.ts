import { timingSafeEqual } from 'node:crypto'
import { type Configuration, Provider } from 'oidc-provider'
import type { SiteAtAddress } from '#domain/site-address.ts'
import { type Instant, seconds } from '#domain/time.ts'
import type { Ports } from '#ports/ports.ts'
import type { NewKey } from '#usecases/openid-keys.ts'
import { accountOf, CLAIMS } from './account.ts'
import { adapterFor } from './adapter.ts'
import { promptsFor } from './policy.ts'
import { accessBySession } from './session.ts'
import { currentVisit } from './visit.ts'

export const CODE_SECONDS = 60
const MINUTE = 60
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR
/** A refresh token ends with the session at the latest, and never later than this after the sign-in. */
const REFRESH_SECONDS = 30 * DAY

/** Below `/{site}/oidc`; each stands in the table of doors. */
export const ROUTES = {
  authorization: '/auth',
  token: '/token',
  userinfo: '/me',
  jwks: '/jwks',
  introspection: '/token/introspection',
  revocation: '/token/revocation',
  end_session: '/session/end',
} as const

export function issuerOf(site: Pick<SiteAtAddress, 'address'>): string {
  return `${site.address}/oidc`
}

export type OpenIdProvider = InstanceType<typeof Provider>

/** The provider of one site: code with PKCE and refresh tokens, and nothing else. */
export function createProvider(ports: Ports, site: SiteAtAddress, keys: readonly NewKey[]): OpenIdProvider {
  const provider = new Provider(issuerOf(site), configuration(ports, site, keys))
  provider.silent = true
  provider.on('server_error', (_ctx, error: unknown) => {
    currentVisit().failure = error
  })
  // Only a digest of the secret is kept: what is shown is digested before the two are compared.
  provider.Client.prototype.compareClientSecret = function compareClientSecret(shown: string): boolean {
    const [known, given] = [Buffer.from(String(this.clientSecret)), Buffer.from(ports.vault.digest(shown))]
    return known.length === given.length && timingSafeEqual(known, given)
  }
  return provider
}

function configuration(ports: Ports, site: SiteAtAddress, keys: readonly NewKey[]): Configuration {
  const secure = ports.origin.startsWith('https:')
  const cookie = { httpOnly: true, sameSite: 'lax', secure, signed: false } as const
  const on = { enabled: true }
  const off = { enabled: false }
  return {
    adapter: adapterFor(ports, site),
    jwks: { keys: keys.map((key) => ({ ...key })) },
    routes: ROUTES,
    responseTypes: ['code'],
    clientAuthMethods: ['client_secret_basic', 'client_secret_post', 'none'],
    enabledJWA: {
      idTokenSigningAlgValues: ['RS256'],
      userinfoSigningAlgValues: [],
      requestObjectSigningAlgValues: [],
      introspectionSigningAlgValues: [],
      authorizationSigningAlgValues: [],
    } as never,
    pkce: { required: () => true },
    rotateRefreshToken: true,
    issueRefreshToken: async (_ctx, client) => client.grantTypeAllowed('refresh_token'),
    expiresWithSession: async () => false,
    acrValues: ['aal1', 'aal2'],
    scopes: ['openid', 'offline_access'],
    claims: CLAIMS,
    allowOmittingSingleRegisteredRedirectUri: false,
    clientBasedCORS: () => false,
    interactions: {
      policy: promptsFor(ports, site),
      url: (_ctx, interaction) => `${site.path}/oidc/interaction/${interaction.uid}`,
    },
    cookies: {
      names: {
        session: `cs-${site.name}-oidc-session`,
        interaction: `cs-${site.name}-oidc-interaction`,
        resume: `cs-${site.name}-oidc-resume`,
      },
      long: cookie,
      short: cookie,
    },
    features: {
      devInteractions: off,
      userinfo: on,
      revocation: { enabled: true, allowedPolicy: async (_ctx, client, token) => token.clientId === client.clientId },
      introspection: {
        enabled: true,
        // A public client asks about its own tokens only; whoever asks is told of no token whose session is over.
        allowedPolicy: async (_ctx, client, token) => {
          const own = token.clientId === client.clientId
          if (!own && client.clientAuthMethod === 'none') return false
          const issuedTo = token.clientId && (await ports.store.openIdClient(site.id, token.clientId))
          if (!issuedTo) return false
          const session = 'sessionUid' in token ? token.sessionUid : undefined
          return (await accessBySession(ports, site.id, { session, application: issuedTo.application })) !== null
        },
      },
      rpInitiatedLogout: {
        enabled: true,
        logoutSource: async (ctx, form) => {
          ctx.body = form
        },
        postLogoutSuccessSource: async (ctx) => {
          ctx.redirect(`${site.path}/login?after=sign-out`)
        },
      },
    },
    renderError: async (ctx, out) => {
      ctx.type = 'json'
      ctx.body = out
    },
    async findAccount(ctx, _sub, token) {
      const session = (token as { sessionUid?: unknown } | undefined)?.sessionUid ?? ctx.oidc.session?.uid
      const application = ctx.oidc.client?.clientId ?? null
      const access = await accessBySession(ports, site.id, { session, application })
      return access ? accountOf(access) : undefined
    },
    // Nobody is asked for consent: each sign-in is a grant of its own, so that taking one back touches no other.
    async loadExistingGrant(ctx) {
      const { client, account, provider } = ctx.oidc
      const grant = new provider.Grant({ clientId: client?.clientId, accountId: account?.accountId })
      grant.addOIDCScope([...ctx.oidc.requestParamScopes].join(' '))
      await grant.save()
      return grant
    },
    ttl: {
      AccessToken: () => HOUR,
      AuthorizationCode: CODE_SECONDS,
      Grant: () => REFRESH_SECONDS,
      IdToken: () => HOUR,
      Interaction: () => HOUR,
      RefreshToken: (_ctx, token) => refreshSeconds(ports.clock.now(), token.iiat),
      Session: () => DAY,
    },
  }
}

/** Rotation gives no new time: what is left is counted from the sign-in. */
function refreshSeconds(now: Instant, signedInAt: number | undefined): number {
  const since = signedInAt === undefined ? 0 : Math.floor(now / seconds(1)) - signedInAt
  return Math.max(REFRESH_SECONDS - since, 1)
}
