import { newToken } from '#domain/id.ts'
import type { IdentityProvider } from '#domain/identity-provider.ts'
import type { Call, Handler } from '#http/call.ts'
import type { DoorName } from '#http/doors.ts'
import { readForm } from '#http/forms.ts'
import { safeNext } from '#http/next.ts'
import { problem } from '#http/problems.ts'
import type { Ports } from '#ports/ports.ts'
import { noteRefusedAssertion } from '#usecases/note-refused-assertion.ts'
import { signInByAssertion, type SignInByAssertionOutcome } from '#usecases/sign-in-by-assertion.ts'
import { openRequest, requestsOf } from './requests.ts'
import { addressesOf, readAssertion, REQUEST_LIFE, serviceProvider } from './service-provider.ts'

export type SamlDoor = Extract<DoorName, `saml.${string}`>

/** What people see of it, made by whoever makes all pages. */
export interface SamlPages {
  /** On to what the sign-in opened, or to what it still needs. */
  settled(ports: Ports, call: Call, outcome: SignInByAssertionOutcome, to: Destination): Promise<Response>
  refused(call: Call): Response
}

export interface Destination {
  readonly next: string | undefined
  readonly application: string | undefined
}

/** What stands behind the doors for identity providers. */
export function samlHandlers(ports: Ports, pages: SamlPages): Record<SamlDoor, Handler> {
  return {
    'saml.metadata': withProvider(ports, async (call, provider) => {
      const metadata = serviceProvider(call.site, provider, requestsOf(ports, call, provider.name))
      const xml = metadata.generateServiceProviderMetadata(null, null)
      return new Response(xml, { headers: { 'content-type': 'application/samlmetadata+xml; charset=utf-8' } })
    }),
    'saml.login': withProvider(ports, (call, provider) => sendThere(ports, call, provider)),
    'saml.acs': withProvider(ports, (call, provider) => takeAnswer(ports, pages, call, provider)),
  }
}

function withProvider(ports: Ports, work: (call: Call, provider: IdentityProvider) => Promise<Response>): Handler {
  return async (call) => {
    const all = await ports.store.identityProviders(call.site.id)
    const provider = all.find(({ name, enabled }) => enabled && name === call.params['idp'])
    return provider ? work(call, provider) : problem('not_found', { requestId: call.origin.request })
  }
}

/** `GET /saml/{idp}/login?next&application`: on to the provider, with a request that only this browser can come back with. */
async function sendThere(ports: Ports, call: Call, provider: IdentityProvider): Promise<Response> {
  const { searchParams } = call.url
  const browser = newToken(ports.random.bytes(32))
  const request = {
    provider: provider.name,
    next: safeNext(searchParams.get('next'), call.site.path) ?? null,
    application: searchParams.get('application'),
    browser: ports.vault.digest(browser),
  }
  const saml = serviceProvider(call.site, provider, requestsOf(ports, call, request))
  const location = await saml.getAuthorizeUrlAsync('', undefined, {})
  const seconds = REQUEST_LIFE / 1_000
  // The provider's page posts the answer from another site, and cookies come along with that only if they say so.
  const cookie = `${cookieName(call)}=${browser}; Path=${acsPath(call)}; Max-Age=${seconds}; HttpOnly; Secure; SameSite=None`
  return new Response(null, { status: 303, headers: { location, 'set-cookie': cookie } })
}

/** `POST /saml/{idp}/acs`: the answer, through the browser. */
async function takeAnswer(ports: Ports, pages: SamlPages, call: Call, provider: IdentityProvider): Promise<Response> {
  const form = await readForm(call.request)
  if (form.kind === 'refused') return form.response
  const { acs } = addressesOf(call.site, provider.name)
  const statement = await readAnswer()
  if (statement.kind === 'refused') return refuse(statement.why)
  const request = await openRequest(ports, call, statement.request)
  const browser = call.cookies.get(cookieName(call))
  if (!request || browser === undefined || ports.vault.digest(browser) !== request.browser)
    return refuse('another browser')
  const to = { next: request.next ?? undefined, application: request.application ?? undefined }
  const outcome = await signInByAssertion(ports, {
    site: call.site.id,
    provider,
    request: statement.request,
    subject: statement.subject,
    multiFactor: statement.multiFactor,
    ...(to.application === undefined ? {} : { application: to.application }),
    origin: call.origin,
  })
  if (outcome.kind === 'answered-before') return refuse('answered before')
  return pages.settled(ports, call, outcome, to)

  async function readAnswer(): Promise<ReturnType<typeof readAssertion>> {
    const answer = form.kind === 'ok' ? (form.fields.get('SAMLResponse') ?? '') : ''
    const xml = Buffer.from(answer, 'base64').toString('utf8')
    // A document that brings its own definitions says other things to other readers.
    if (/<!(?:DOCTYPE|ENTITY)/i.test(xml)) return { kind: 'refused', why: 'a document type' }
    const saml = serviceProvider(call.site, provider, requestsOf(ports, call, provider.name))
    try {
      const { profile } = await saml.validatePostResponseAsync({ SAMLResponse: answer })
      return profile ? readAssertion(profile, provider, acs) : { kind: 'refused', why: 'no assertion' }
    } catch (error) {
      return { kind: 'refused', why: error instanceof Error ? error.message.slice(0, 200) : 'unreadable' }
    }
  }

  async function refuse(why: string): Promise<Response> {
    await noteRefusedAssertion(ports, { site: call.site.id, provider: provider.name, why, origin: call.origin })
    return pages.refused(call)
  }
}

function acsPath({ site, params }: Call): string {
  return `${site.path}/saml/${params['idp'] ?? ''}/acs`
}

function cookieName({ site, params }: Call): string {
  return `cs-${site.name}-saml-${params['idp'] ?? ''}`
}
