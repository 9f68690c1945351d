import { type CacheProvider, type Profile, SAML, ValidateInResponseTo } from '@node-saml/node-saml'
import type { IdentityProvider } from '#domain/identity-provider.ts'
import type { SiteAtAddress } from '#domain/site-address.ts'
import { minutes, seconds } from '#domain/time.ts'

/** How long a person may take at the provider. */
export const REQUEST_LIFE = minutes(15)
const SKEW = seconds(30)
const OLDEST_ASSERTION = minutes(5)
const SUCCESS = 'urn:oasis:names:tc:SAML:2.0:status:Success'

/** Our addresses and names towards one provider. */
export function addressesOf(site: Pick<SiteAtAddress, 'address'>, provider: string) {
  const base = `${site.address}/saml/${provider}`
  return { entityId: `${base}/metadata`, acs: `${base}/acs`, login: `${base}/login` }
}

/** Our half of SAML with one provider: everything that can be wanted signed is, and every answer answers a request of ours. */
export function serviceProvider(
  site: Pick<SiteAtAddress, 'address'>,
  provider: IdentityProvider,
  requests: CacheProvider,
): SAML {
  const { entityId, acs } = addressesOf(site, provider.name)
  return new SAML({
    issuer: entityId,
    audience: entityId,
    callbackUrl: acs,
    entryPoint: provider.config.ssoUrl,
    idpIssuer: provider.config.entityId,
    idpCert: [...provider.config.certificates],
    wantAssertionsSigned: true,
    wantAuthnResponseSigned: true,
    validateInResponseTo: ValidateInResponseTo.always,
    requestIdExpirationPeriodMs: REQUEST_LIFE,
    cacheProvider: requests,
    acceptedClockSkewMs: SKEW,
    maxAssertionAgeMs: OLDEST_ASSERTION,
    identifierFormat: null,
    disableRequestedAuthnContext: true,
    signatureAlgorithm: 'sha256',
  })
}

export type Statement =
  | { readonly kind: 'taken'; readonly subject: string; readonly multiFactor: boolean; readonly request: string }
  | { readonly kind: 'refused'; readonly why: string }

type Node = Readonly<Record<string, unknown>>

/**
 * What the verified assertion says. Checked here is what the library leaves open: who it is from, that it is for this address and this
 * request in its signed part too, that it has an end, and that there is one subject and one name for it.
 */
export function readAssertion(profile: Profile, provider: IdentityProvider, acs: string): Statement {
  const refuse = (why: string): Statement => ({ kind: 'refused', why })
  const assertion = (profile.getAssertion?.()['Assertion'] ?? {}) as Node
  if (statusOf(profile) !== SUCCESS) return refuse('the provider says that it did not succeed')
  if (profile.issuer !== provider.config.entityId) return refuse('another issuer')
  const [confirmation, ...others] = children(children(assertion, 'Subject')[0] ?? {}, 'SubjectConfirmation')
  const data = attributes(children(confirmation ?? {}, 'SubjectConfirmationData')[0])
  if (others.length > 0 || attributes(confirmation)['Method'] !== 'urn:oasis:names:tc:SAML:2.0:cm:bearer')
    return refuse('not one bearer confirmation')
  if (data['Recipient'] !== acs) return refuse('another recipient')
  const request = data['InResponseTo']
  if (request === undefined || request !== profile['inResponseTo']) return refuse('not for this request')
  const conditions = attributes(children(assertion, 'Conditions')[0])
  if (data['NotOnOrAfter'] === undefined || conditions['NotOnOrAfter'] === undefined) return refuse('no end')
  const { usernameAttribute, multiFactorContexts } = provider.config
  const named = usernameAttribute === null ? profile.nameID : attributeOf(profile, usernameAttribute)
  if (typeof named !== 'string' || named.trim() === '' || named.length > 200) return refuse('no user named')
  return { kind: 'taken', subject: named, multiFactor: saysOneOf(assertion, multiFactorContexts), request }
}

/** The library looks at the status (SAML Core 3.2.2.2) only where there is no assertion. The answer is signed: nobody else wrote it. */
function statusOf(profile: Profile): string | undefined {
  return /<(?:[\w.-]+:)?StatusCode\s[^>]*?Value\s*=\s*["'](?<value>[^"']*)/.exec(profile.getSamlResponseXml?.() ?? '')
    ?.groups?.['value']
}

/** Whether the one sign-in that it tells of was of one of these kinds. */
function saysOneOf(assertion: Node, contexts: readonly string[]): boolean {
  const [statement, ...others] = children(assertion, 'AuthnStatement')
  if (!statement || others.length > 0) return false
  const context = children(statement, 'AuthnContext')[0] ?? {}
  const classes = children(context, 'AuthnContextClassRef').map((each) => each['_'])
  return classes.length === 1 && contexts.some((each) => each === classes[0])
}

function attributeOf(profile: Profile, name: string): unknown {
  const all = (profile['attributes'] ?? {}) as Node
  return Object.hasOwn(all, name) ? all[name] : undefined
}

function children(node: Node, name: string): readonly Node[] {
  const found = Object.hasOwn(node, name) ? node[name] : undefined
  return Array.isArray(found) ? (found as Node[]) : []
}

function attributes(node: Node | undefined): Readonly<Record<string, string | undefined>> {
  return (node?.['$'] ?? {}) as Record<string, string>
}
