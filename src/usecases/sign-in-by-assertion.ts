import { type AuditEvent, ANONYMOUS, type Origin } from '#audit/event.ts'
import type { SiteId } from '#domain/id.ts'
import type { IdentityProvider } from '#domain/identity-provider.ts'
import { canonicalUsername } from '#domain/user.ts'
import type { Ports } from '#ports/ports.ts'
import { userParty } from './act.ts'
import { spendArtifact } from './openid-artifacts.ts'
import { inRounds } from './rounds.ts'
import { signInExternally, type SignInExternallyOutcome } from './sign-in-external.ts'

/** The kind under which a request to an identity provider is kept until it is answered. */
export const SAML_REQUEST = 'SamlRequest'

export interface SignInByAssertion {
  readonly site: SiteId
  readonly provider: IdentityProvider
  /** The request that it answers: each is answered once, at whatever node. */
  readonly request: string
  /** What the provider calls the person. */
  readonly subject: string
  /** It says that it has asked for a second factor. */
  readonly multiFactor: boolean
  readonly application?: string
  readonly origin: Origin
}

export type SignInByAssertionOutcome =
  | SignInExternallyOutcome
  /** The request was answered before: whoever shows this answer again has no more than a copy of it. */
  | { readonly kind: 'answered-before' }

/**
 * A person comes with an assertion whose signatures, addressee and times have been checked. Who they are is issuer and subject together
 * a provider can vouch for the users that belong to it, and for nobody whom another one vouches for.
 */
export async function signInByAssertion(ports: Ports, input: SignInByAssertion): Promise<SignInByAssertionOutcome> {
  const { site, provider, request, subject, origin, multiFactor, application } = input
  const spent = await spendArtifact(ports, {
    site,
    kind: SAML_REQUEST,
    id: request,
    event: said('external.assertion.taken', { multi_factor: multiFactor }),
    origin,
  })
  if (spent === 'busy') return { kind: 'busy' }
  if (spent === 'spent-before') return { kind: 'answered-before' }
  const named = await findUser()
  if (named === 'busy') return { kind: 'busy' }
  return signInExternally(ports, {
    site,
    // A name nobody has: that somebody else's user was meant is written down and told like an unknown one.
    username: named.username ?? '',
    provider: provider.name,
    mode: provider.secondFactor,
    multiFactor,
    ...(application === undefined ? {} : { application }),
    origin,
  })

  /** The user who belongs to this subject; the first time, the one of this name, if nobody vouches for them yet. */
  async function findUser(): Promise<{ readonly username: string | null } | 'busy'> {
    return inRounds<{ readonly username: string | null }>(async () => {
      const known = await ports.store.externalUser(site, provider.name, subject)
      if (known) return { username: known.username }
      const at = ports.clock.now()
      const file = await ports.store.personFile(site, canonicalUsername(subject), at)
      if (!file || (await ports.store.externalIdentityOf(site, file.user.id))) return { username: null }
      const identity = { site, provider: provider.name, subject, user: file.user.id, createdAt: at }
      const committed = await ports.store.commit({
        site,
        at,
        origin,
        changes: [{ kind: 'add-external-identity', identity }],
        events: [{ ...said('external.identity.linked', {}), subject: userParty(file.user) }],
      })
      return committed === 'conflict' ? 'conflict' : { username: file.user.username }
    })
  }

  function said(ev: AuditEvent['ev'], data: AuditEvent['data']): AuditEvent {
    return { ev, actor: ANONYMOUS, subject: null, application: null, data: { provider: provider.name, ...data } }
  }
}
