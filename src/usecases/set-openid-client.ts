import { newToken } from '#domain/id.ts'
import type { OpenIdClient } from '#domain/openid.ts'
import type { Ports } from '#ports/ports.ts'
import type { Act } from './act.ts'
import { addressProblem } from './openid-address.ts'
import { inRounds } from './rounds.ts'
import type { FieldProblem } from './user-input.ts'

export const SECRET_PREFIX = 'cs_oidc_'

export interface SetOpenIdClient extends Act {
  readonly site: string
  readonly application: string
  /** Left out: as they are; a new client has to have one. */
  readonly redirectUris?: readonly string[] | undefined
  readonly postLogoutRedirectUris?: readonly string[] | undefined
  /** A program that cannot keep a secret has none. Left out: as it is; a new client gets a secret. */
  readonly isPublic?: boolean | undefined
  /** Replaces the secret there is. */
  readonly newSecret?: boolean | undefined
}

export type SetOpenIdClientOutcome =
  /** `secret` is shown this once and stored nowhere; null: it has none, or keeps the one it has. */
  | { readonly kind: 'saved'; readonly client: OpenIdClient; readonly secret: string | null; readonly isNew: boolean }
  | { readonly kind: 'invalid'; readonly problems: readonly FieldProblem[] }
  | { readonly kind: 'unknown-application'; readonly known: readonly string[] }
  | { readonly kind: 'unknown-site' }
  | { readonly kind: 'busy' }

/** Makes an application of the site a client of OpenID Connect, or changes what it is. */
export async function setOpenIdClient(ports: Ports, order: SetOpenIdClient): Promise<SetOpenIdClientOutcome> {
  const outcome = await inRounds<SetOpenIdClientOutcome>(async () => {
    const file = await ports.store.siteFile(order.site)
    if (!file) return { kind: 'unknown-site' }
    const { site } = file
    const known = file.applications.map(({ name }) => name)
    if (!known.includes(order.application)) return { kind: 'unknown-application', known }
    const before = await ports.store.openIdClient(site.id, order.application)
    const redirectUris = order.redirectUris ?? before?.redirectUris ?? []
    const postLogoutRedirectUris = order.postLogoutRedirectUris ?? before?.postLogoutRedirectUris ?? []
    const problems = problemsOf(redirectUris, postLogoutRedirectUris)
    if (problems.length > 0) return { kind: 'invalid', problems }
    const isPublic = order.isPublic ?? (before !== null && before.secretDigest === null)
    const wantsSecret = !isPublic && (order.newSecret === true || before === null || before.secretDigest === null)
    const secret = wantsSecret ? `${SECRET_PREFIX}${newToken(ports.random.bytes(32))}` : null
    const kept = secret === null ? (before?.secretDigest ?? null) : ports.vault.digest(secret)
    const client: OpenIdClient = {
      site: site.id,
      application: order.application,
      redirectUris,
      postLogoutRedirectUris,
      secretDigest: isPublic ? null : kept,
      version: (before?.version ?? 0) + 1,
    }
    const committed = await ports.store.commit({
      site: site.id,
      at: ports.clock.now(),
      origin: order.origin,
      changes: [
        before ? { kind: 'change-openid-client', client, from: before.version } : { kind: 'add-openid-client', client },
      ],
      events: [
        {
          ev: 'openid.client.changed',
          actor: order.actor,
          subject: { type: 'application', id: order.application, name: order.application },
          application: null,
          data: { redirect_uris: redirectUris, public: isPublic, new_secret: secret !== null },
        },
      ],
    })
    return committed === 'conflict' ? 'conflict' : { kind: 'saved', client, secret, isNew: before === null }
  })
  return outcome === 'busy' ? { kind: 'busy' } : outcome
}

function problemsOf(redirectUris: readonly string[], postLogoutRedirectUris: readonly string[]): FieldProblem[] {
  const problems: FieldProblem[] = []
  if (redirectUris.length === 0) problems.push({ field: 'redirect_uris', problem: 'names at least one address' })
  for (const [field, addresses] of [
    ['redirect_uris', redirectUris],
    ['post_logout_redirect_uris', postLogoutRedirectUris],
  ] as const) {
    for (const [index, address] of addresses.entries()) {
      const problem = addressProblem(address)
      if (problem !== undefined) problems.push({ field: `${field}/${index}`, problem })
    }
  }
  return problems
}
